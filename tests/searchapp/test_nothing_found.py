"""The page where nothing was found: spellings, each word alone, any of them, fewer filters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from lxml import html
from web_pages import parsed, text, texts

from indexer import Article, Index
from searchapp import create_app

PARIS = ZoneInfo("Europe/Paris")

ARTICLES = [
    *(
        Article(
            id=f"sonde/{n}",
            title=f"La sonde Rosetta, jour {n}",
            body="Un atterrissage réussi.",
            published=datetime(2014, 11, n, tzinfo=PARIS),
            tags=("espace",),
            section="Sciences",
            persons=("Jean-Pierre Bibring",),
        )
        for n in range(1, 4)
    ),
    Article(id="venus", title="Vénus au matin", body="Un atterrissage raté.", tags=("planètes",)),
    Article(id="but", title="Un but à Paris", published=datetime(2018, 7, 1, tzinfo=PARIS), section="Sport"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("space")
    Index.rebuild(folder, ARTICLES, engine="memory", persons="off")
    return folder


@pytest.fixture
def space(folder: Path) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(folder), "TESTING": True}).test_client()


def section(page: html.HtmlElement, name: str) -> list[tuple[str, list[str]]]:
    """Return the rows of a section of the page, each with its links."""
    rows = page.xpath(f"//section[@aria-labelledby='{name}']//*[self::li or self::tr or self::p]")
    return [(text(row), row.xpath(".//a/@href")) for row in rows]


def test_spellings_within_quotes_and_fields_are_offered(space: FlaskClient) -> None:
    page = parsed(space.get('/?q="atterrisage réussi"&telquel=1'))
    assert text(page.xpath("//h1")[0]).startswith("0 article")
    assert section(page, "n-c") == [
        ('"atterrissage réussi" 3 articles', ["/?q=%22atterrissage%20r%C3%A9ussi%22"])
    ]
    assert texts(page, "//section[@aria-labelledby='n-c']//b") == ["atterrissage"]
    page = parsed(space.get("/?q=titre:rosseta"))
    assert section(page, "n-c") == [("titre:Rosetta 3 articles", ["/?q=titre:Rosetta"])]


def test_a_spelling_that_only_helps_without_filters_says_so(space: FlaskClient) -> None:
    page = parsed(space.get('/?q="atterrisage"&section=Sport'))
    assert section(page, "n-c") == [
        ('"atterrissage" 0 article avec vos filtres, 4 sans', ["/?q=%22atterrissage%22"])
    ]


def test_where_the_whole_search_stays_empty_the_word_alone_is_offered(space: FlaskClient) -> None:
    page = parsed(space.get('/?q="atterrisage zorglub"'))
    assert section(page, "n-c") == [("atterrissage 4 articles", ["/?q=atterrissage"])]


def test_all_misspelt_words_are_mended_together(space: FlaskClient) -> None:
    page = parsed(space.get('/?q="atterrisage" titre:rosseta'))
    assert section(page, "n-c") == [
        ('"atterrissage" titre:Rosetta 3 articles', ["/?q=%22atterrissage%22%20titre:Rosetta"])
    ]


def test_no_spelling_is_offered_where_there_is_none(space: FlaskClient) -> None:
    page = parsed(space.get('/?q="zorglub"'))
    assert section(page, "n-c") == []
    assert section(page, "n-w") == []


def test_each_word_alone_and_any_of_them(space: FlaskClient) -> None:
    page = parsed(space.get("/?q=Vénus ET Rosetta&tag=planètes"))
    assert section(page, "n-w") == [
        ("Mot cherchéSans filtreAvec vos filtres", []),
        ("Vénus11", ["/?q=V%C3%A9nus"]),
        ("Rosetta30", ["/?q=Rosetta"]),
        (
            "Chercher au moins un de ces mots 1 article",
            ["/?q=V%C3%A9nus%20OU%20Rosetta&tag=plan%C3%A8tes"],
        ),
    ]
    for _, links in section(page, "n-w"):
        for link in links:
            assert "0 article" not in text(parsed(space.get(link)).xpath("//h1")[0])


def test_a_word_that_is_read_as_another_is_counted_as_it_was_typed(space: FlaskClient) -> None:
    page = parsed(space.get("/?q=atterrisage ET Rosetta&tag=planètes"))
    assert [row for row, _ in section(page, "n-w")][1:] == [
        "atterrisage00",
        "Rosetta30",
        "Chercher au moins un de ces mots 1 article",
    ]


def test_every_filter_can_go_each_with_what_that_gives(space: FlaskClient) -> None:
    query = "/?q=rosetta&personne=Jean-Pierre Bibring&tag=espace&section=Sport&du=2018&au=2018&sansdate=1"
    page = parsed(space.get(query))
    assert [row for row, _ in section(page, "n-f")] == [
        "Retirer le filtre Personne : Jean-Pierre Bibring × 0 article",
        "Retirer le filtre Tag : espace × 0 article",
        "Retirer le filtre Section : Sport × 0 article",
        "Retirer le filtre Date : 2018 × 0 article",
        "Retirer le filtre Date : sans date × 0 article",
        "Tout effacer 3 articles",
    ]
    page = parsed(space.get("/?q=rosetta&tag=espace&section=Sport"))
    rows = section(page, "n-f")
    assert [row for row, _ in rows] == [
        "Retirer le filtre Tag : espace × 0 article",
        "Retirer le filtre Section : Sport × 3 articles",
        "Tout effacer 3 articles",
    ]
    for row, (link,) in rows:
        found = text(parsed(space.get(link)).xpath("//h1/b")[0])
        assert row.endswith(found)


def test_no_filter_is_left_out_however_many(space: FlaskClient) -> None:
    tags = "".join(f"&tag=t{n}" for n in range(20))
    page = parsed(space.get(f"/?q=zorglub{tags}"))
    assert len(section(page, "n-f")) == 21
