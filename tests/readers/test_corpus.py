"""The articles that ship with the project: all are read without a warning, with all that they say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.readers import read

CORPUS = Path(__file__).parents[2] / "corpus"


def plain(text: str) -> str:
    """Return a title as one that was typed again: without typographic spaces and apostrophes."""
    return " ".join(text.replace("’", "'").split())


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    items = list(read([CORPUS]))
    assert [str(item) for item in items if not isinstance(item, Article)] == []
    return [item for item in items if isinstance(item, Article)]


def test_all_are_read_without_a_warning(articles: list[Article]) -> None:
    assert {article.id: article.warnings for article in articles if article.warnings} == {}
    assert len(articles) >= 150


def test_ids_and_titles_are_unique(articles: list[Article]) -> None:
    for texts in ([article.id for article in articles], [article.title for article in articles]):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_no_part_is_lost(articles: list[Article]) -> None:
    for article in articles:
        assert article.lede, article.id
        assert len(article.body.split()) > 60, article.id
        assert article.section, article.id
        assert article.tags, article.id
        assert article.language == "fr"


def test_the_site_is_in_no_field(articles: list[Article]) -> None:
    furniture = (
        "Ecoutez Radio",
        "URL courte",
        "Règles de conduite",
        "Commenter via",
        "Lire aussi",
        "lire aussi",
    )
    furniture += ("Tags:", "newsletter", "Mentions légales", "Partager")
    for article in articles:
        row = str(article.to_dict())
        assert [words for words in furniture if words in row] == [], article.id


def test_what_is_read_also_is_in_the_corpus(articles: list[Article]) -> None:
    titles = {plain(article.title) for article in articles}
    loose = [(a.id, title) for a in articles for title in a.read_also if plain(title) not in titles]
    assert loose == []
    assert sum(bool(article.read_also) for article in articles) > 50


def test_undated_articles_are_few(articles: list[Article]) -> None:
    undated = [article.id for article in articles if article.published is None]
    assert 5 <= len(undated) <= 10
    days = sorted(article.published for article in articles if article.published is not None)
    assert days[-1].year - days[0].year >= 10
