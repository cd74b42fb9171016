"""HTML pages: what is stated for machines, the main text, and nothing of the site around it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import read

TITLE = "Le marais poitevin retrouve ses batelières"
LEDE = "Trois jeunes femmes ont repris les barques de Coulon, que plus personne ne voulait conduire."
FIRST = (
    "La saison commence à Pâques. Les plates glissent sous les frênes têtards, à la perche, sans moteur. " * 2
)
SECOND = (
    "Le parc naturel régional a financé six barques neuves, construites à Magné par le dernier charpentier. "
    * 2
)
ALSO = "La loutre est de retour sur la Sèvre"


def read_html(folder: Path, html: str | bytes, name: str = "page.html") -> Article | ReadError:
    path = folder / name
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    (item,) = read([path])
    return item


def article_of(
    folder: Path, head: str = "", within: str = "", below: str = "", lang: str = ' lang="fr"'
) -> Article:
    """Read a page with these parts in its head, in its article above the text, and below the text."""
    item = read_html(
        folder,
        f"<!doctype html><html{lang}><head><meta charset=utf-8>{head}</head><body>"
        "<nav><ul><li><a href=/>Accueil</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
        f"<main><article><h1>{TITLE}</h1>{within}<p>{FIRST}</p><p>{SECOND}</p>{below}</article></main>"
        "<footer><p>Mentions légales du Courrier du marais</p></footer></body></html>",
    )
    assert isinstance(item, Article), item
    return item


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_body_is_the_text_alone(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"<title>{TITLE} – Le Courrier</title>")
    assert article.title == TITLE
    assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"
    assert (article.lede, article.tags, article.read_also, article.published) == ("", (), (), None)
    assert (article.id, article.language, article.warnings) == ("page", "fr", ())


NEWS = f"""{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2019-04-20T07:30:00+02:00",
  "articleSection": ["Régions", "France"], "keywords": ["marais", "Coulon (Deux-Sèvres)", "marais"],
  "author": [{{"@type": "Person", "name": "Par Aline Roy"}}, {{"@id": "#2"}}],
  "publisher": {{"@type": "Organization", "name": "Le Courrier"}}, "url": "https://courrier.example/marais.html"}}"""
PERSON = '{"@type": "Person", "@id": "#2", "name": "Luc Morin"}'
SITE = '{"@type": "WebPage", "headline": "Accueil", "datePublished": "1999-01-01"}'


@pytest.mark.parametrize(
    "head",
    [
        ld(f'{{"@context": "https://schema.org", "@graph": [{SITE}, {PERSON}, {NEWS}]}}'),
        ld(f"[{SITE}, {NEWS}, {PERSON}]"),
        ld(PERSON) + ld(SITE) + ld(f"<!-- {NEWS} -->"),
        ld(PERSON) + ld(f'{{"@type": "WebPage", "mainEntity": {NEWS}}}'),
        ld(PERSON) + ld(f"//<![CDATA[\n{NEWS}\n//]]>"),
    ],
    ids=["graph", "list", "comment", "main entity", "cdata"],
)
def test_json_ld(tmp_path: Path, head: str) -> None:
    article = article_of(tmp_path, head)
    assert article.published is not None
    assert article.published.isoformat() == "2019-04-20T07:30:00+02:00"
    assert (article.section, article.author, article.source) == (
        "Régions",
        "Aline Roy, Luc Morin",
        "Le Courrier",
    )
    assert article.tags == ("marais", "Coulon (Deux-Sèvres)")
    assert article.url == "https://courrier.example/marais.html"
    assert article.warnings == ()


def test_broken_json_ld_is_passed_over_and_said(tmp_path: Path) -> None:
    article = article_of(
        tmp_path, ld('{"@type": "NewsArticle", ') + '<meta property="article:section" content="Régions">'
    )
    assert article.section == "Régions"
    assert article.warnings == ("broken JSON-LD in the page was passed over",)


def test_open_graph(tmp_path: Path) -> None:
    head = f"""<meta property="og:title" content="{TITLE} | Le Courrier">
    <meta property="og:site_name" content="Le Courrier"><meta property="article:section" content="Régions">
    <meta property="og:url" content="https://courrier.example/a"><meta property="og:locale" content="br_FR">
    <meta property="article:published_time" content="2019-04-20">
    <meta property="article:tag" content="marais"><meta property="article:tag" content="tourisme, vert">
    <meta name="keywords" content="courrier, actualités"><meta name="author" content="Aline Roy">"""
    article = article_of(tmp_path, head, lang="")
    assert article.published is not None
    assert article.published.isoformat() == "2019-04-20T00:00:00+02:00"
    assert (article.title, article.source, article.section) == (TITLE, "Le Courrier", "Régions")
    assert (article.tags, article.author) == (("marais", "tourisme, vert"), "Aline Roy")
    assert (article.url, article.language) == ("https://courrier.example/a", "br")


KEYS = '<meta name="keywords" content="%s">'
LINK = "<a rel=tag href=x>%s</a>"


@pytest.mark.parametrize(
    ("head", "below", "tags"),
    [
        (
            f"{KEYS % 'marais, Niort'}{KEYS % 'a, b'}".replace("keywords", "news_keywords", 1),
            "",
            ("marais", "Niort"),
        ),
        (KEYS % "marais, Coulon (79, Vendée), marais", "", ("marais", "Coulon (79, Vendée)")),
        (KEYS % "marais; Niort", "", ("marais", "Niort")),
        ("", f"<ul class=tags><li>{LINK % 'marais'}</li><li>{LINK % 'Niort'}</li></ul>", ("marais", "Niort")),
        (KEYS % "a, b, c, d", f"<p>{LINK % 'marais'}</p>", ("marais",)),
    ],
)
def test_tags(tmp_path: Path, head: str, below: str, tags: tuple[str, ...]) -> None:
    article = article_of(tmp_path, head, below=below)
    assert article.tags == tags
    assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} – Le Courrier</title>",
        f"<title>{TITLE} | Le Courrier</title>",
        f"<title>{TITLE}</title>",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(tmp_path: Path, head: str) -> None:
    html = (
        f"<html><head>{head}<meta property=og:site_name content='Le Courrier'></head><p>{FIRST}{SECOND}</p>"
    )
    article = read_html(tmp_path, html)
    assert isinstance(article, Article)
    assert article.title == TITLE


@pytest.mark.parametrize(
    ("heading", "stated"),
    [
        (TITLE, f"Info Courrier : {TITLE}"),
        (f"Abonnés {TITLE}", TITLE),
        (TITLE, "Le marais autrement"),
        ("Régions", TITLE),
    ],
)
def test_the_headline_is_what_the_page_shows(tmp_path: Path, heading: str, stated: str) -> None:
    html = f'<meta property="og:title" content="{stated}"><h1>{heading}</h1><p>{FIRST}{SECOND}</p>'
    article = read_html(tmp_path, html)
    assert isinstance(article, Article)
    assert article.title == TITLE


def test_a_dash_of_the_headline_stays(tmp_path: Path) -> None:
    html = f"<title>Marais : la barque – et la perche</title><p>{FIRST}{SECOND}</p>"
    article = read_html(tmp_path, html)
    assert isinstance(article, Article)
    assert article.title == "Marais : la barque – et la perche"


@pytest.mark.parametrize(
    "block",
    [
        f"<aside><h2>À lire aussi</h2><ul><li><a href=x>{ALSO}</a></li></ul></aside>",
        f"<section><h3>Sur le même sujet</h3><div><a href=x>{ALSO}</a></div></section>",
        f"<div><span>A lire aussi</span><div><div>Nature</div><p><a href=x>{ALSO}</a></p></div></div>",
        f"<p><strong>Lire aussi :</strong> <a href=x>{ALSO}</a></p>",
        f"<p>» LIRE AUSSI - <a href=x>{ALSO}</a></p>",
        f"<h2>Lire aussi\u202f:</h2><p><a href=x>{ALSO}</a></p>",
        f"<ul><li>Lire aussi : <a href=x>{ALSO}</a></li></ul>",
    ],
)
def test_read_also(tmp_path: Path, block: str) -> None:
    for parts in ({"within": block}, {"below": block}):
        article = article_of(tmp_path, **parts)
        assert article.read_also == (ALSO,)
        assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"


@pytest.mark.parametrize(
    ("head", "within"),
    [
        ("", f"<p class=chapo>{LEDE}</p>"),
        ("", f'<div class="article__standfirst"><p>{LEDE}</p></div>'),
        (f'<meta name=description content="{LEDE}">', f"<p><strong>{LEDE}</strong></p>"),
        (ld(f'{{"@type": "Article", "description": "{LEDE}"}}'), f"<h2>{LEDE}</h2>"),
    ],
)
def test_the_standfirst_is_the_lede_and_not_repeated(tmp_path: Path, head: str, within: str) -> None:
    article = article_of(tmp_path, head, within)
    assert article.lede == LEDE
    assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"


def test_a_description_that_the_page_does_not_show_is_no_lede(tmp_path: Path) -> None:
    assert article_of(tmp_path, f'<meta name=description content="{LEDE}">').lede == ""


CAPTION = "La Sèvre à Coulon."
CREDIT = "Lucie Marchand / Agence"


@pytest.mark.parametrize(
    "picture",
    [
        f"<figure><figcaption>{CAPTION} <span class=credit>{CREDIT}</span></figcaption></figure>",
        f"<figure><figcaption>{CAPTION} © {CREDIT}</figcaption></figure>",
        f"<figure><figcaption>{CAPTION} (Photo {CREDIT})</figcaption></figure>",
        f"<figure><figcaption>{CAPTION}</figcaption><p class=copyright>Crédit : {CREDIT}</p></figure>",
        f"<div><div class=caption-title>{CAPTION}</div><div class=caption-copyright>©{CREDIT}</div></div>",
    ],
)
def test_caption_and_credit(tmp_path: Path, picture: str) -> None:
    other = "<figure><figcaption>Une autre image</figcaption></figure>"
    article = article_of(tmp_path, within=picture, below=other)
    assert (article.caption, article.credit) == (CAPTION, CREDIT)
    assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"


@pytest.mark.parametrize(
    ("head", "within", "day"),
    [
        ("", "<p>Publié le <time datetime='2019-04-20T07:30'>samedi à 7 h 30</time></p>", "2019-04-20"),
        (
            "",
            "<p><time datetime='2019-05-01' class=modified>1</time><time datetime='2019-04-20'>2</time></p>",
            "2019-04-20",
        ),
        ("", '<meta itemprop="datePublished" content="2019-04-20">', "2019-04-20"),
        ('<link rel=canonical href="https://courrier.example/2019/04/20/marais.html">', "", "2019-04-20"),
        ('<link rel=canonical href="https://courrier.example/201904201038953391-marais/">', "", "2019-04-20"),
        ("", "<p class=date>Publié le 20 avril 2019 à 7 h 30</p>", "2019-04-20"),
        ("", "<p>Publié le samedi 20 avril 2019, mis à jour le 21/04/2019 à 8h</p>", "2019-04-20"),
        ("", "<div class=date>20/04/2019</div><ul class=comments><li>1er mai 2019</li></ul>", "2019-04-20"),
        ("", "<div class=date>20/04/2019</div><div class=date>21/04/2019</div>", None),
        ("", "<div class=date>Mis à jour le 20/04/2019</div>", None),
        ("", "<aside><time datetime='2019-04-20'>un autre article</time></aside>", None),
        (
            '<meta name=date content="hier"><link rel=canonical href="https://courrier.example/marais-1884">',
            "",
            None,
        ),
    ],
)
def test_dates_are_stated_or_unknown(tmp_path: Path, head: str, within: str, day: str | None) -> None:
    article = article_of(tmp_path, head, within)
    assert (article.published and article.published.date().isoformat()) == day
    assert article.body == f"{FIRST.strip()}\n\n{SECOND.strip()}"


def test_the_day_in_the_file_name(tmp_path: Path) -> None:
    article = read_html(tmp_path, f"<title>{TITLE}</title><p>{FIRST}{SECOND}</p>", "20190420-marais.html")
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.isoformat() == "2019-04-20T00:00:00+02:00"


def test_a_declared_encoding(tmp_path: Path) -> None:
    html = f"<html><head><meta charset=iso-8859-1><title>{TITLE}</title></head><p>{FIRST}{SECOND}</p>"
    article = read_html(tmp_path, html.encode("cp1252"))
    assert isinstance(article, Article)
    assert (article.title, article.warnings) == (TITLE, ())
    wrong = read_html(tmp_path, html.replace("iso-8859-1", "utf-8").encode("cp1252"))
    assert isinstance(wrong, Article)
    assert (wrong.title, wrong.warnings) == (TITLE, ("encoding guessed: cp1252",))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"<html><h1>{TITLE}</h1><nav><a href=x>Accueil</a></nav></html>", "no main text in the page"),
        (f"<html><p>{FIRST}{SECOND}</p></html>", "no headline in the page"),
        ("<!-- nothing -->", "the HTML cannot be parsed (Document is empty)"),
        (f"<h1>{TITLE}</h1>" + "<div>" * 10_000 + f"<p>{FIRST}</p>", "no main text in the page"),
    ],
    ids=["no text", "no headline", "empty", "nested"],
)
def test_what_is_no_article(tmp_path: Path, html: str, reason: str) -> None:
    item = read_html(tmp_path, html)
    assert isinstance(item, ReadError)
    assert item.reason == reason


def test_the_extractor_is_loaded_with_the_first_page_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "title": "T"}\n', encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from indexer.readers import read; "
        "assert len(list(read([Path(sys.argv[1])]))) == 1; print('trafilatura' in sys.modules)"
    )
    run = [sys.executable, "-c", program, str(tmp_path / "a.jsonl")]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "False"
