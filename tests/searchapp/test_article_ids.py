"""Ids of any kind come back from the URL that leads to them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from web_pages import Builder

from indexer import Article
from searchapp import create_app
from searchapp.ids import id_to_path, path_to_id

ODD = [
    "a/b/c",
    "a//b",
    "/a",
    "a/",
    "a/../b",
    "./a",
    "..",
    "pages/été à l’Élysée",
    "100 % sûr ?",
    "a?b=c&d#e",
    "50%25",
    "~7E",
    "a/related",
    "a/story",
    "related",
    "https://exemple.fr/2018/11/18/titre.html?x=1",
    "retour\nà la ligne",
    "tab\tet \\ barre",
    "+plus+",
    'guillemet"<b>',
    "{{ 7*7 }}",
]


def test_simple_ids_stay_as_they_are() -> None:
    assert id_to_path("pages/2018/étude.txt") == "pages/2018/étude.txt"


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@example("//../~/related")
def test_a_path_stands_for_its_id_alone(id: str) -> None:
    path = id_to_path(id)
    assert path_to_id(path) == id
    assert "//" not in path
    assert not path.startswith("/")
    assert not path.endswith("/")
    assert not {".", ".."} & set(path.split("/"))


def test_all_pages_of_odd_ids_are_reached_from_their_links(build: Builder) -> None:
    articles = [Article(id=id, title=f"Titre {place}", body="mot") for place, id in enumerate(ODD)]
    client = create_app({"MANCHETTE_INDEX_DIR": str(build(articles))}).test_client()
    page = html.document_fromstring(client.get("/?q=mot&taille=100").text)
    links = page.xpath("//h3/a")
    assert len(links) == len(ODD)
    for link in links:
        answer = client.get(link.get("href"))
        assert answer.status_code == 200, link.get("href")
        assert html.document_fromstring(answer.text).xpath("string(//h1)") == link.text_content()


@pytest.mark.parametrize("id", ODD)
def test_the_api_reaches_odd_ids(build: Builder, id: str) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(build([Article(id=id, title="T")]))}).test_client()
    (hit,) = client.get("/api/v1/search").get_json()["hits"]
    assert hit["id"] == id
    body = client.get(hit["links"]["self"]).get_json()
    assert body["id"] == id
    assert client.get(body["links"]["related"]).get_json() == []
