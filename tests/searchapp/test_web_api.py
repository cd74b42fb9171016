"""The JSON API: its shapes, its errors, and that it never fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Index, results_row
from searchapp import create_app
from searchapp.parameters import NAMES


def test_a_search(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=pesquet&tag=espace&taille=2")
    assert answer.content_type == "application/json"
    body = answer.get_json()
    assert {"total", "hits", "facets", "notices"} <= set(body)
    assert body["total"] >= 2
    assert len(body["hits"]) == 2
    hit = body["hits"][0]
    assert {"id", "title", "published", "score", "tags", "persons", "section", "snippet"} <= set(hit)
    assert "<mark>" in hit["snippet"] + hit["title_html"]
    assert {"tag", "person", "section", "date"} == set(body["facets"])
    assert body["facets"]["tag"][0] == {
        "value": "espace",
        "label": "espace",
        "count": body["facets"]["tag"][0]["count"],
        "selected": True,
        "toggle": "/api/v1/search?q=pesquet&taille=2",
    }
    assert all(len(month["value"]) in (0, 7) for month in body["facets"]["date"])


def test_a_search_has_all_that_the_command_prints(client: FlaskClient, archive_index: Index) -> None:
    body = client.get("/api/v1/search?q=pesquet").get_json()
    row = results_row(archive_index.search("pesquet", facet_size=8))
    assert set(row) <= set(body)
    assert row["total"] == body["total"]
    for mine, theirs in zip(body["hits"], row["hits"], strict=True):
        assert theirs.items() <= mine.items()
    for facet, values in row["facets"].items():
        for mine, theirs in zip(body["facets"][facet], values, strict=True):
            assert theirs.items() <= mine.items()


def test_pages_follow_one_another(client: FlaskClient) -> None:
    url, seen = "/api/v1/search?q=france&taille=5", []
    while url:
        body = client.get(url).get_json()
        seen += [hit["id"] for hit in body["hits"]]
        url = body["links"].get("next", "")
    assert len(seen) == len(set(seen)) == body["total"]
    assert "prev" in body["links"]


def test_notices_are_data(client: FlaskClient) -> None:
    (notice,) = client.get("/api/v1/search?q=le+climat").get_json()["notices"]
    assert notice["kind"] == "ignored"
    assert notice["words"] == ["le"]
    assert notice["message"]


def test_an_article_and_its_related_ones(client: FlaskClient, archive_index: Index) -> None:
    article = archive_index.search("pesquet", size=1).hits[0].article
    body = client.get(f"/api/v1/articles/{article.id}").get_json()
    links = body.pop("links")
    assert body == json.loads(json.dumps(article.to_dict()))
    related = client.get(links["related"]).get_json()
    assert related
    assert {"id", "title", "score", "reason"} <= set(related[0])
    assert client.get(links["html"]).status_code == 200
    story = client.get(links["story"]).get_json()
    assert [each["id"] for each in story if each["current"]] in ([], [article.id])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=abc", "page"),
        ("page=1000000000", "page"),
        ("taille=0", "taille"),
        ("size=0", "size"),
        ("du=31/02/2018", "du"),
        ("sort=random", "sort"),
        ("tri=hasard", "tri"),
        ("&".join(f"tag={n}" for n in range(21)), "tag"),
    ],
)
def test_bad_parameters_are_problems(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == 400
    assert body["parameter"] == parameter
    assert body["errors"][0]["parameter"] == parameter
    assert {"type", "title", "detail"} <= set(body)


@pytest.mark.parametrize("path", ["articles/aucun", "articles/aucun/related", "articles/aucun/story", "rien"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_suggestions_name_their_kind_and_lead_on(client: FlaskClient) -> None:
    items = client.get("/suggest?q=pesq").get_json()
    assert items[0]["text"] == "Thomas Pesquet"
    assert items[0]["kind"] == "personne"
    assert items[0]["n"] >= 1
    assert items[0]["href"] == "/?personne=Thomas%20Pesquet"
    by_kind = {item["kind"]: item for item in reversed(client.get("/suggest?q=esp").get_json())}
    assert set(by_kind) == {"tag", "mot", "article"}
    assert set(by_kind["tag"]) == {"text", "kind", "n", "href"}
    assert set(by_kind["mot"]) == {"text", "kind", "n"}
    assert set(by_kind["article"]) == {"text", "kind", "href"}
    assert by_kind["tag"]["href"].startswith("/?tag=")
    assert client.get(by_kind["article"]["href"]).status_code == 200
    assert client.get("/suggest?q=e").get_json() == client.get("/suggest").get_json() == []


def test_health(client: FlaskClient, archive_index: Index) -> None:
    body = client.get("/healthz").get_json()
    assert body["status"] == "ok"
    assert body["engine"] == "memory"
    assert body["generation"] == archive_index.info().generation


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([alias for names in NAMES.values() for alias in names]),
            st.one_of(st.text(st.characters(codec="utf-8"), max_size=20), st.integers().map(str)),
        ),
        max_size=6,
    )
)
def test_any_query_string_gives_an_answer_or_a_problem(
    client: FlaskClient, pairs: list[tuple[str, str]]
) -> None:
    answer = client.get("/api/v1/search", query_string=pairs)
    assert answer.status_code in (200, 400)
    assert isinstance(answer.get_json(), dict) or answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "url", ["/", "/article/a", "/api/v1/search", "/api/v1/articles/a", "/suggest?q=abc", "/healthz"]
)
def test_an_index_that_cannot_be_opened_is_503_with_what_to_do(tmp_path: Path, url: str) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path / "nowhere")}).test_client()
    answer = client.get(url)
    assert answer.status_code == 503
    assert "index rebuild" in answer.text
    wanted = "text/html; charset=utf-8" if url in ("/", "/article/a") else "application/problem+json"
    assert answer.content_type == wanted
