"""Hostile requests: every route with every bad input of a table, over hostile articles."""

from __future__ import annotations

import tomllib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hostile_articles import articles, check_answer
from werkzeug.test import TestResponse

from indexer import Index
from searchapp import create_app

TABLE = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text(encoding="utf-8"))

PAGES = ["/", "/valeurs/tag", "/personnes", "/tags", "/aide", "/accessibilite", "/api/"]
PAGES += ["/article/beside%20html", "/personne/inconnu", "/tag/inconnu", "/histoire/inconnu"]
PROGRAMS = ["/api/v1/search", "/search.csv", "/feed.atom", "/opensearch.xml"]
PROGRAMS += ["/api/v1/facets/person", "/api/v1/suggestions", "/opensearch/suggestions", "/suggest"]
PROGRAMS += ["/api/v1/articles/beside%20html", "/api/v1/articles/beside%20html/related"]
PROGRAMS += ["/api/v1/openapi.json", "/citation/beside%20html", "/sitemap.xml"]
STILL = {"/aide", "/accessibilite", "/api/", "/api/v1/openapi.json", "/sitemap.xml"}
"""What reads nothing of a URL but its language."""
NOWHERE = {"/personne/inconnu", "/tag/inconnu", "/histoire/inconnu"}

NAMES = {
    "q": ("q",),
    "value": ("tag", "personne", "section", "commence", "contient"),
    "number": ("page", "taille"),
    "day": ("du", "au"),
    "word": ("tri", "telquel", "synonymes", "lang", "ordre", "toustags", "format", "unknown"),
}
LARGEST = 2_000_000
"""Bytes of an answer: the 800 kB of the largest URL stand once in the link to the other language."""


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(f"hostile-{request.param}")
    Index.rebuild(folder, articles(), engine=request.param, persons="off")
    return request.param, folder


@pytest.fixture(scope="module")
def client(hostile: tuple[str, Path]) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(hostile[1]), "TESTING": True}).test_client()


def query(case: dict[str, Any], place: str) -> str:
    if "numbered" in case:
        return "&".join(f"{name}=n{number}" for number in range(case["numbered"]) for name in NAMES[place])
    text = case["raw"] if "raw" in case else quote(case["text"] * case.get("times", 1), safe="")
    return "&".join(f"{name}={text}" for name in NAMES[place])


def allowed(expected: int | list[int]) -> list[int]:
    return [expected] if isinstance(expected, int) else expected


def hold(answer: TestResponse) -> None:
    assert len(answer.data) <= LARGEST
    assert answer.status_code < 500
    check_answer(answer)


@pytest.mark.parametrize("case", TABLE["input"], ids=[case["name"] for case in TABLE["input"]])
def test_every_route_with_every_bad_input(
    client: FlaskClient, hostile: tuple[str, Path], case: dict[str, Any]
) -> None:
    for place in case["where"]:
        asked = query(case, place)
        if hostile[0] != "memory" and place != "q":
            continue  # what is no search is the same on each engine
        pages, programs = (PAGES, PROGRAMS) if hostile[0] == "memory" else (PAGES[:2], PROGRAMS[:3])
        pages, programs = (
            [path for path in paths if path not in STILL or place == "word"] for paths in (pages, programs)
        )
        for path in pages:
            answer = client.get(f"{path}?{asked}")
            assert (
                answer.status_code == 404 if path in NOWHERE else answer.status_code in allowed(case["pages"])
            )
            hold(answer)
        for path in programs:
            answer = client.get(f"{path}?{asked}")
            exact = path == "/api/v1/search"
            assert answer.status_code in (allowed(case["programs"]) if exact else [200, 400]), (path, place)
            hold(answer)


@pytest.mark.parametrize("case", TABLE["path"], ids=[case["path"] for case in TABLE["path"]])
def test_paths(client: FlaskClient, case: dict[str, Any]) -> None:
    answer = client.get(case["path"])
    assert answer.status_code in allowed(case["status"])
    hold(answer)
    assert "attaque" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("case", TABLE["header"], ids=[case["name"] for case in TABLE["header"]])
def test_headers(client: FlaskClient, case: dict[str, Any]) -> None:
    for path in ("/", "/?q=corps", "/article/beside%20html", "/feed.atom", "/api/v1/search", "/search.csv"):
        answer = client.get(path, headers={case["name"]: case["value"]})
        assert answer.status_code in {200, 206, 304}
        if "Content-Encoding" not in answer.headers:
            hold(answer)
        assert b"intrus" not in answer.data


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "é"])
def test_methods(client: FlaskClient, method: str) -> None:
    for path in ("/", "/api/v1/search", "/article/beside%20html", "/assets/search.css", "/suggest"):
        assert client.open(path, method=method, data=b"x" * 100_000).status_code == 405


def test_a_hostile_request_takes_little_memory(client: FlaskClient) -> None:
    client.get("/?q=corps")
    tracemalloc.start()
    try:
        for case in TABLE["input"]:
            client.get(f"/?{query(case, 'q')}")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def links(client: FlaskClient) -> Iterator[str]:
    """Yield the addresses that the sitemap has of every article, and what lies beside each."""
    from lxml import etree

    root = etree.fromstring(client.get("/sitemap-1.xml").data)
    for place in root.iter("{*}loc"):
        path = place.text.removeprefix("http://localhost")
        yield path
        id = path.removeprefix("/article/")
        for more in ("", "/related", "/story"):
            yield f"/api/v1/articles/{id}{more}"
        yield f"/histoire/{id}"
        yield f"/citation/{id}?format=bibtex"
        yield f"/citation/{id}?format=ris"


def test_every_form_of_a_hostile_article(client: FlaskClient) -> None:
    seen = 0
    for path in links(client):
        answer = client.get(path)
        seen += answer.status_code == 200
        assert answer.status_code == 200 or path.startswith("/histoire/")
        check_answer(answer)
    assert seen > 200
    for path in (
        "/",
        "/?tri=recents&taille=50",
        "/?q=corps&taille=100",
        "/personnes",
        "/tags",
        "/valeurs/tag",
    ):
        check_answer(client.get(path))
    for path in ("/search.csv", "/feed.atom", "/opensearch.xml", "/api/v1/search?size=100"):
        check_answer(client.get(path))


def test_pages_of_hostile_values(client: FlaskClient) -> None:
    for facet, path in (("tag", "/tag"), ("person", "/personne")):
        for value in client.get(f"/api/v1/facets/{facet}?size=100").get_json()["values"]:
            answer = client.get(f"{path}/{quote(value['value'], safe='')}")
            assert answer.status_code in {200, 308, 404}
            assert not answer.headers.get("Location", "").removeprefix("http://localhost").startswith("//")
            check_answer(answer)


def test_no_cookie_is_ever_set(client: FlaskClient) -> None:
    for path in (*PAGES, *PROGRAMS, "/healthz", "/readyz", "/robots.txt", "/assets/search.css"):
        with client.get(path, headers={"Cookie": "session=x"}) as answer:
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
            assert "'unsafe" not in answer.headers["Content-Security-Policy"]
            assert "Cookie" not in answer.headers.get("Vary", "")
