"""The citation of an article: the sentence, BibTeX, RIS, and the short address that all of them name."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_pages import Builder, parsed, text, texts

from indexer import Article, Index
from indexer.codes import LONG, SHORT, code_of, number_of, numbers_of
from searchapp import create_app
from searchapp.citation import Source, bibtex, ris

PARIS = ZoneInfo("Europe/Paris")
ACCORD = Article(
    id="climat/accord.bib",
    title="L’accord à 100 % {enfin} : 5 & 6_7 #1 \\o/ 3~4^2 $",
    lede="Un chapô\nsur deux lignes.",
    body="Le texte.",
    published=datetime(2015, 12, 12, 19, 27, tzinfo=PARIS),
    section="Monde",
    tags=("COP21", "climat"),
    author="Claire Vasseur et Agence France-Presse",
    source="Le Matin",
)
BARE = Article(id="bref", title="En bref")


def source(article: Article) -> Source:
    day = article.published.date() if article.published else None
    return Source(article, day, "https://exemple.fr/a/7w8kyhccng", "7w8kyhccng", "Archives")


@pytest.fixture
def client(build: Builder) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(build([ACCORD, BARE])), "TESTING": True}).test_client()


def test_bibtex() -> None:
    assert bibtex(source(ACCORD)) == (
        "@article{vasseur2015accord-7w8k,\n"
        "  author   = {Claire Vasseur and Agence France-Presse},\n"
        r"  title    = {{L’accord à 100 \% \textbraceleft{}enfin\textbraceright{} : 5 \& 6\_7 \#1 "
        r"\textbackslash{}o/ 3\textasciitilde{}4\textasciicircum{}2 \$}},"
        "\n"
        "  journal  = {Le Matin},\n"
        "  date     = {2015-12-12},\n"
        "  url      = {https://exemple.fr/a/7w8kyhccng},\n"
        "  keywords = {COP21, climat},\n"
        "  langid   = {french}\n"
        "}\n"
    )


def test_ris() -> None:
    assert ris(source(ACCORD)).split("\r\n") == [
        "TY  - NEWS",
        f"TI  - {ACCORD.title}",
        "AU  - Vasseur, Claire",
        "AU  - Agence France-Presse",
        "T2  - Le Matin",
        "PY  - 2015",
        "DA  - 2015/12/12",
        "SE  - Monde",
        "AB  - Un chapô sur deux lignes.",
        "KW  - COP21",
        "KW  - climat",
        "LA  - fr",
        "DB  - Archives",
        "UR  - https://exemple.fr/a/7w8kyhccng",
        "ER  - ",
        "",
    ]


def test_of_an_article_of_which_little_is_known() -> None:
    entry = bibtex(source(BARE))
    assert entry.startswith(
        "@article{archivesbref-7w8k,\n  title    = {{En bref}},\n  journal  = {Archives},"
    )
    assert "author" not in entry
    assert "date" not in entry
    assert "\r\nPY" not in ris(source(BARE))


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_no_value_ends_before_its_time(title: str, author: str) -> None:
    """Braces balance at every place, and a record of RIS has as many lines as it has values."""
    cited = source(Article(id="x", title=title, author=author, published=datetime(2020, 1, 1, tzinfo=PARIS)))
    depth = 0
    entry = bibtex(cited)
    for char in entry.strip()[:-1]:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 1
    lines = ris(cited).split("\r\n")
    assert all(line == "" or line[2:6] == "  - " for line in lines)
    assert lines == [*ris(cited).splitlines(), ""]


def test_files(client: FlaskClient) -> None:
    page = parsed(client.get("/article/climat/accord.bib"))
    links = page.xpath("//section[@class='cite']//a[@download]")
    assert [text(each) for each in links] == ["BibTeX", "RIS"]
    for each, ending in zip(links, ("bib", "ris"), strict=True):
        answer = client.get(each.get("href"))
        assert answer.status_code == 200
        assert answer.mimetype == each.get("type")
        assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "http://localhost/a/" in answer.text
    assert client.get(links[0].get("href")).text == page.xpath("string(//section[@class='cite']//pre)")


@pytest.mark.parametrize("address", ["/citation/bref", "/citation/bref?format=docx"])
def test_an_unknown_format_is_400(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.get_json()["parameter"] == "format"
    assert client.get("/citation/aucun?format=ris").status_code == 404


def test_the_sentence(client: FlaskClient) -> None:
    page = parsed(client.get("/article/climat/accord.bib"))
    (sentence,) = texts(page, "//p[@class='quote']")
    code = number_code("climat/accord.bib")
    assert sentence == (
        f"Claire Vasseur et Agence France-Presse, « {ACCORD.title} », Le Matin, 12 décembre 2015, "
        f"http://localhost/a/{code}"
    )
    english = parsed(client.get("/article/bref?lang=en"))
    assert texts(english, "//p[@class='quote']")[0].startswith("“En bref”, Manchette, http")


def number_code(id: str) -> str:
    return code_of(number_of(id))


def test_the_short_address_leads_to_the_article(client: FlaskClient) -> None:
    for article in (ACCORD, BARE):
        page = parsed(client.get(client.get(f"/a/{number_code(article.id)}").headers["Location"]))
        (short,) = page.xpath("//link[@rel='shortlink']/@href")
        assert short == f"http://localhost/a/{number_code(article.id)}"
        moved = client.get(short.upper().replace("HTTP://LOCALHOST/A/", "/a/"))
        assert moved.status_code == 301
        assert client.get(moved.headers["Location"]).status_code == 200
    for wrong in ("0000000000", "abc", "é" * SHORT, "zzzzzzzzzzzz"):
        parsed(client.get(f"/a/{wrong}"), 404)


def test_codes_are_those_of_the_beginning() -> None:
    """They stand in the printed world: none may ever change."""
    assert number_code("climat/accord.bib") == code_of(number_of("climat/accord.bib"), LONG)[:SHORT]
    assert number_code("pages/sciences/20161118-pesquet-decolle-de-baikonour") == "7w8kyhccng"
    assert list(numbers_of(code_of(5, LONG))) == [5]
    assert len(numbers_of("7w8kyhccng")) == 1024
    assert not numbers_of("7w8kyhccnu")
    assert numbers_of("O1IL000000") == numbers_of("0111000000")


def test_two_articles_with_the_same_ten_letters(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one published first keeps the short one, the other gets two letters more."""
    numbers = {"alpha": 5 << 10, "beta": (5 << 10) + 7}
    monkeypatch.setattr("indexer.catalogue_writer.number_of", numbers.__getitem__)
    monkeypatch.setattr("indexer.articles.number_of", numbers.__getitem__)
    late = Article(id="alpha", title="A", published=datetime(2020, 1, 1, tzinfo=PARIS))
    early = Article(id="beta", title="B", published=datetime(2010, 1, 1, tzinfo=PARIS))
    index = Index.open(build([late, early]))
    assert index.code("beta") == "0000000005"
    assert index.code("alpha") == "000000000500"
    assert [index.coded(index.code(id)) for id in numbers] == list(numbers)
    index.close()


def test_schema_org(client: FlaskClient) -> None:
    page = parsed(client.get("/article/climat/accord.bib"))
    (block,) = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(block.text)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == ACCORD.title
    assert data["datePublished"] == "2015-12-12T19:27:00+01:00"
    assert data["keywords"] == ["COP21", "climat"]
    assert data["url"] == page.xpath("string(//link[@rel='canonical']/@href)")
    properties = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert properties["og:title"] == ACCORD.title
    assert properties["og:type"] == "article"
    assert properties["article:section"] == "Monde"
    assert page.xpath("//meta[@property='article:tag']/@content") == ["COP21", "climat"]
    bare = json.loads(parsed(client.get("/article/bref")).xpath("//script[not(@src)]")[0].text)
    assert not {"datePublished", "author", "description", "keywords"} & bare.keys()


@pytest.mark.parametrize(
    "title", ["</script><b>x</b>", "<!--<script>", "a\u2028b", '"}\\', "{{ 7*7 }} &amp;"]
)
def test_no_title_ends_the_block(build: Builder, title: str) -> None:
    evil = Article(id="évil", title=title, lede=title, tags=(title,), author=title)
    client = create_app({"MANCHETTE_INDEX_DIR": str(build([evil]))}).test_client()
    page = parsed(client.get("/article/évil"))
    (block,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(block.text)["headline"] == title
    assert not page.xpath("//b[.='x']")


def test_days_alone_are_days() -> None:
    assert source(ACCORD).day == date(2015, 12, 12)
    assert source(BARE).day is None
