"""One state, five faces: the same parameters as a page, JSON, Atom, CSV and an OpenSearch description."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from web_pages import Builder, parsed, text, texts

from indexer import Article, Index
from searchapp import create_app, create_blueprint, table
from searchapp.table import COLUMNS, cell

SEARCHES = [
    "",
    "q=espace",
    "q=pesquet&tag=espace",
    "personne=Thomas+Pesquet",
    "du=2016&au=2016&tri=anciens",
    "sansdate=1",
    "tags=espace&sort=newest",
    "q=zorglub",
]
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    with client.get(f"/search.csv?{query}") as answer:
        assert answer.status_code == 200
        assert answer.content_type == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="manchette.csv"'
        body = answer.data.decode()
    assert body.startswith("\ufeffid,")
    assert not re.search(r"(?<!\r)\n\Z", body)
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("query", SEARCHES)
def test_all_faces_show_the_same_articles(client: FlaskClient, query: str) -> None:
    body = client.get(f"/api/v1/search?{query}&taille=100").get_json()
    ids = [hit["id"] for hit in body["hits"]]
    page = parsed(client.get(f"/?{query}&taille=100"))
    assert [href.partition("?")[0] for href in page.xpath("//h3/a/@href")] == [f"/article/{id}" for id in ids]
    assert [row["id"] for row in rows(client, query)][: len(ids)] == ids
    assert len(rows(client, query)) == body["total"]
    feed = etree.fromstring(client.get(f"/feed.atom?{query}").data)
    newest = client.get(f"/api/v1/search?{query}&tri=recents&taille=30").get_json()["hits"]
    assert [each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")] == [
        f"http://localhost/article/{hit['id']}" for hit in newest
    ]


@pytest.mark.parametrize("query", SEARCHES)
def test_a_page_names_its_other_faces_and_they_answer(client: FlaskClient, query: str) -> None:
    page = parsed(client.get(f"/?{query or 'tri=recents'}"))
    found = {each.get("type"): each.get("href") for each in page.xpath("//link[@rel='alternate'][@type]")}
    assert list(found) == ["application/atom+xml", "text/csv", "application/json"]
    for kind, href in found.items():
        with client.get(href) as answer:
            assert (answer.status_code, answer.mimetype) == (200, kind)
    links = client.get(found["application/json"]).get_json()["links"]
    assert (links["atom"], links["csv"]) == (found["application/atom+xml"], found["text/csv"])
    if shown := page.xpath("//p[starts-with(@class, 'feeds')]"):
        assert text(shown[0]) == "Ces résultats en Atom · CSV · JSON"
        assert shown[0].xpath(".//a/@href") == list(found.values())


@pytest.mark.parametrize("path", ["/search.csv", "/feed.atom", "/opensearch.xml"])
@pytest.mark.parametrize("query", ["page=x", "du=31/02/2018", "tri=hasard"])
def test_a_face_for_programs_refuses_what_it_cannot_read(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json()["errors"][0]["parameter"] == query.partition("=")[0]


CELLS = [
    ("=1+1", "'=1+1"),
    ("+33 1", "'+33 1"),
    ("-12", "'-12"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("\x00=1", "'=1"),
    ("\ufeff=1", "'=1"),
    ("a\x07b\x85c", "abc"),
    ("« L’été »", "« L’été »"),
    ("a=1", "a=1"),
    ("", ""),
    ("une ligne\nune autre", "une ligne\nune autre"),
]


@pytest.mark.parametrize(("given_text", "shown"), CELLS)
def test_a_cell_is_no_formula(given_text: str, shown: str) -> None:
    assert cell(given_text) == shown


@given(st.text())
def test_no_text_makes_a_formula_or_breaks_the_table(given_text: str) -> None:
    shown = cell(given_text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    lines = io.StringIO()
    csv.writer(lines).writerow([shown, "next"])
    assert next(csv.reader(io.StringIO(lines.getvalue().encode().decode(), newline=""))) == [shown, "next"]


def test_every_column_of_a_table(build: Builder) -> None:
    at = datetime(2018, 7, 1, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
    article = Article(
        id="a/é",
        title='=HYPERLINK("http://x")',
        published=at,
        section="@sport",
        tags=("-un, deux", "trois"),
        persons=("Ana Lee",),
        body="Le texte n’y est pas.",
    )
    client = create_app(
        {"MANCHETTE_INDEX_DIR": str(build([article, Article(id="b", title="B")]))}
    ).test_client()
    first, second = rows(client, "")
    assert tuple(first) == COLUMNS
    assert first == {
        "id": "a/é",
        "title": '\'=HYPERLINK("http://x")',
        "published": "2018-07-01T18:30:00+02:00",
        "section": "'@sport",
        "tags": "'-un, deux | trois",
        "persons": "Ana Lee",
        "url": "http://localhost/article/a/%C3%A9",
        "score": "0.0",
    }
    assert (second["published"], second["tags"]) == ("", "")


def test_a_table_ends_at_its_last_row(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 20)
    monkeypatch.setattr(table, "_AT_ONCE", 10)
    found = rows(client, "page=3&taille=5")
    hits = client.get("/api/v1/search?taille=20").get_json()["hits"]
    assert [row["id"] for row in found] == [hit["id"] for hit in hits]


def urls(answer: bytes) -> dict[str, tuple[str, str]]:
    root = etree.fromstring(answer)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    return {
        each.get("type"): (each.get("rel"), each.get("template")) for each in root.iter(f"{OPENSEARCH}Url")
    }


@pytest.mark.parametrize(
    "query", ["", "?tag=espace", "?q=ignor%C3%A9&page=4&tag=%7Bx%7D&personne=Thomas+Pesquet"]
)
def test_a_browser_searches_by_the_description(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/opensearch.xml{query}")
    assert answer.content_type == "application/opensearchdescription+xml"
    found = urls(answer.data)
    assert [rel for rel, _ in found.values()] == ["results", "results", "results", "suggestions", "self"]
    for kind, (rel, template) in found.items():
        assert template.startswith("http://localhost/")
        url = template.replace("{searchTerms}", quote("pesquet espace")).replace("{startPage?}", "1")
        assert "{" not in url
        with client.get(url) as reply:
            assert (reply.status_code, reply.mimetype) == (200, kind), url
        if rel == "results" and kind == "application/json":
            state = client.get(url).get_json()["links"]["self"]
            assert ("tag=" in state) == ("tag=" in query)
            assert "q=pesquet%20espace" in state
    root = etree.fromstring(answer.data)
    assert len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16


def test_every_page_names_the_description(client: FlaskClient) -> None:
    for url in ("/", "/?q=espace", "/article/aucun", "/api/", "/tag/espace"):
        page = parsed(client.get(url), 404 if url == "/article/aucun" else 200)
        [link] = page.xpath("//link[@rel='search']")
        assert link.get("href") == "/opensearch.xml"
        assert link.get("type") == "application/opensearchdescription+xml"


def test_a_mounted_description_has_whole_urls_below_its_prefix(build: Builder) -> None:
    app = Flask("host")
    folder = build([Article(id="a", title="Un")])
    app.register_blueprint(create_blueprint(Index.open(folder)), url_prefix="/archives")
    answer = app.test_client().get("/archives/opensearch.xml", base_url="https://journal.fr/app")
    assert all(
        template.startswith("https://journal.fr/app/archives/") for _, template in urls(answer.data).values()
    )
    served = (
        app.test_client().get("/archives/api/v1/openapi.json", base_url="https://journal.fr/app").get_json()
    )
    assert served["servers"] == [{"url": "https://journal.fr/app/archives"}]


def test_suggestions_of_a_browser(client: FlaskClient) -> None:
    answer = client.get("/opensearch/suggestions?q=pesq")
    assert answer.content_type == "application/x-suggestions+json"
    typed, found, kinds, addresses = answer.get_json()
    assert typed == "pesq"
    assert found[0] == "Thomas Pesquet"
    assert len(found) == len(kinds) == len(addresses)
    for address in addresses:
        assert client.get(address).status_code == 200
    assert client.get("/opensearch/suggestions").get_json() == ["", [], [], []]
    assert client.get(f"/opensearch/suggestions?q={'x' * 201}").status_code == 400


def test_the_foot_leads_to_the_api(client: FlaskClient) -> None:
    assert "API" in texts(parsed(client.get("/")), "//footer//a[@href='/api/']")
