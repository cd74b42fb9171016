"""The pages of persons and tags, and the feed of a search."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer import Index
from searchapp import create_app
from tests.conftest import make_article
from tests.searchapp.web_pages import parsed, text, texts

ATOM = {"a": "http://www.w3.org/2005/Atom"}
AWKWARD = "Jean <b>Dupont</b> / & Cie"


@pytest.fixture
def named(tmp_path: Path) -> FlaskClient:
    given = {"persons": ("Anne Hidalgo",), "tags": ("Paris", AWKWARD), "author": "Une plume"}
    articles = [
        make_article(f"a{n}", f"Titre {n}", "Un corps.", f"201{n}-0{n + 1}-05", **given) for n in range(8)
    ]
    articles.append(make_article("b", "Un <i>titre</i> & un \x0b signe", "Corps", tags=("Paris",)))
    Index.rebuild(tmp_path, articles, engine="memory", persons="tags")
    return create_app({"MANCHETTE_INDEX_DIR": str(tmp_path), "TESTING": True}).test_client()


def test_the_page_of_a_person(named: FlaskClient) -> None:
    page = parsed(named.get("/personne/anne%20hidalgo"))
    assert text(page.xpath("//h1")[0]) == "Anne Hidalgo"
    assert text(page.xpath("//*[@role='status']")[0]) == "8 articles"
    assert len(page.xpath("//svg//rect")) == 8
    rows = page.xpath("//table[@class='grid']/tbody/tr")
    assert [text(row.xpath("th")[0]) for row in rows] == [f"201{n}" for n in range(8)]
    assert [text(cell) for cell in rows[2].xpath("td")] == [*"001000000000", "1"]
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["/feed.atom?personne=Anne%20Hidalgo"]
    assert texts(page, "//section[@aria-labelledby='p-t']//li/a") == [AWKWARD, "Paris"]


def test_a_tag_with_any_letters_has_a_page_that_its_own_links_reach(named: FlaskClient) -> None:
    page = parsed(named.get("/personne/Anne%20Hidalgo"))
    address = page.xpath("//section[@aria-labelledby='p-t']//li[1]/a/@href")[0]
    assert text(parsed(named.get(address)).xpath("//h1")[0]) == AWKWARD


@pytest.mark.parametrize("path", ["/personne/Jean%20Personne", "/tag/rien"])
def test_who_is_not_in_the_archive_has_no_page(named: FlaskClient, path: str) -> None:
    answer = named.get(path)
    assert answer.status_code == 404
    assert "Aucun article" in answer.text


def test_the_feed_has_the_newest_first(named: FlaskClient) -> None:
    answer = named.get("/feed.atom?tag=Paris")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.findtext("a:updated", namespaces=ATOM) == "2017-08-04T22:00:00Z"
    entries = feed.findall("a:entry", ATOM)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in entries]
    assert titles == [*(f"Titre {n}" for n in reversed(range(8))), "Un <i>titre</i> & un  signe"]
    assert {entry.findtext("a:author/a:name", namespaces=ATOM) for entry in entries} == {"Une plume", None}
    assert all(entry.find("a:updated", ATOM) is not None for entry in entries)
