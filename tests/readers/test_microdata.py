"""Microdata of schema.org: read where nothing else of a page says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Article
from indexer.readers import read

TEXT = "La saison commence à Pâques. Les plates glissent sous les frênes têtards, à la perche. " * 3
PERSON = '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
ARTICLE = f"""<article itemscope itemtype="https://schema.org/NewsArticle">
<meta itemprop="mainEntityOfPage" content="https://courrier.example/marais.html">
<h2 itemprop="headline">Le marais poitevin retrouve ses batelières</h2>
<p>Par {PERSON}<span itemprop="name">Aline Roy</span></span>
et {PERSON}<b itemprop="name">Luc Morin</b></span></p>
<time itemprop="datePublished" datetime="2019-04-20T07:30:00+02:00">samedi</time>
<span itemprop="articleSection">Régions</span>
<meta itemprop="keywords" content="marais, Coulon (Deux-Sèvres)">
<div itemprop="publisher" itemscope><meta itemprop="name" content="Le Courrier"></div>
<div itemprop="articleBody"><p>{TEXT}</p></div>
<div itemprop="comment" itemscope><span itemprop="author">Un lecteur</span></div>
</article>"""
OTHER = '<div itemscope itemtype="https://schema.org/Article"><a href="/x">Un autre article</a></div>'


def read_html(folder: Path, html: str) -> Article:
    (folder / "page.html").write_text(f"<!doctype html><html lang=fr>{html}", encoding="utf-8")
    (article,) = read([folder / "page.html"])
    assert isinstance(article, Article), article
    return article


def test_an_article_in_microdata(tmp_path: Path) -> None:
    article = read_html(tmp_path, f"<body>{OTHER}{ARTICLE}")
    assert article.title == "Le marais poitevin retrouve ses batelières"
    assert article.published is not None
    assert article.published.isoformat() == "2019-04-20T07:30:00+02:00"
    assert (article.section, article.tags) == ("Régions", ("marais", "Coulon (Deux-Sèvres)"))
    assert (article.author, article.source) == ("Aline Roy, Luc Morin", "Le Courrier")
    assert article.url == "https://courrier.example/marais.html"
    assert TEXT.strip() in article.body


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ('<meta property="og:site_name" content="Le Marais">', "source", "Le Marais"),
        ('<meta property="article:section" content="Nature">', "section", "Nature"),
        ('<meta property="article:tag" content="barques">', "tags", ("barques",)),
        ('<meta name="author" content="Paul Astier">', "author", "Paul Astier"),
    ],
)
def test_what_the_head_says_comes_first(tmp_path: Path, head: str, name: str, value: object) -> None:
    assert getattr(read_html(tmp_path, f"<head>{head}</head><body>{ARTICLE}"), name) == value
