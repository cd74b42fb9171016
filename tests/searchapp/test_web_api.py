"""The JSON API: its shapes, its errors, and that it never fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Index, fold_key, results_row
from searchapp import create_app, create_blueprint
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


LISTS = [
    # facet and query, labels of the first values, their number in all
    ("tag?q=pesquet&taille=2&commence=esp", ["espace"], 1),
    ("tag?contains=station&sort=name", None, None),
    ("person?q=pesquet&contient=pesq&taille=1", ["Thomas Pesquet"], 1),
    ("person?prefix=thomas+pes", ["Thomas Pesquet"], 1),
    ("section?tri=nom", None, None),
    ("date?commence=2016-1&taille=3", ["octobre 2016", "novembre 2016"], 2),
    ("tag?q=zorglub", [], 0),
]


@pytest.mark.parametrize(("query", "labels", "total"), LISTS)
def test_values_of_a_facet(
    client: FlaskClient, query: str, labels: list[str] | None, total: int | None
) -> None:
    body = client.get(f"/api/v1/facets/{query}").get_json()
    found = [item["label"].replace("\u00a0", " ") for item in body["values"]]
    if labels is not None:
        assert found == labels
    if total is not None:
        assert body["total"] == total
    for item in body["values"]:
        assert set(item) == {"value", "label", "count", "selected", "toggle"}
        # The search that a value leads to has as many articles as the value says.
        assert client.get(item["toggle"]).get_json()["total"] == item["count"]
    assert client.get(body["links"]["search"]).get_json()["total"] == body["articles"]
    if body["sort"] == "name" and body["facet"] != "date":
        assert [fold_key(label) for label in found] == sorted(fold_key(label) for label in found)


@pytest.mark.parametrize("query", ["tag", "person?q=france&tri=nom", "date?taille=40", "section?taille=2"])
def test_pages_of_values_follow_one_another(client: FlaskClient, query: str) -> None:
    url, seen = f"/api/v1/facets/{query}", []
    first = last = ""
    while url:
        body = client.get(url).get_json()
        seen += [item["value"] for item in body["values"]]
        first, last = body["links"]["first"], body["links"]["last"]
        assert client.get(body["links"]["self"]).get_json() == body
        assert ("prev" in body["links"]) == (body["page"] > 1)
        url = body["links"].get("next", "")
    assert len(seen) == len(set(seen)) == body["total"]
    assert body["page"] == body["pages"]
    assert client.get(last).get_json() == body
    assert client.get(first).get_json()["page"] == 1


def test_a_chosen_value_is_let_go_by_its_toggle(client: FlaskClient) -> None:
    for query in ("tag=espace", "personne=Thomas+Pesquet", "du=2016-11&au=2016-11", "sansdate=1"):
        facets = client.get(f"/api/v1/search?{query}").get_json()["facets"]
        chosen = [item for items in facets.values() for item in items if item["selected"]]
        assert [item["toggle"] for item in chosen] == ["/api/v1/search"]


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("facets/colour", 404, None),
        ("facets/tag?tri=hasard", 400, "tri"),
        ("facets/tag?sort=relevance", 400, "sort"),
        ("facets/tag?page=0", 400, "page"),
        ("facets/tag?du=hier", 400, "du"),
        (f"facets/tag?contient={'x' * 201}", 400, "contient"),
        (f"facets/tag?prefix={'x' * 201}", 400, "prefix"),
        (f"suggestions?q={'x' * 201}", 400, "q"),
        ("", 404, None),
        ("search/", 404, None),
        ("../v2/search", 404, None),
    ],
)
def test_problems_say_where_and_what(
    client: FlaskClient, path: str, status: int, parameter: str | None
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    body = answer.get_json()
    assert body["instance"].startswith("/api/")
    assert body["type"] == ("about:blank" if status == 404 else "http://localhost/api/#probleme-parametres")
    assert body.get("parameter") == parameter


def test_problems_in_a_host_app(tmp_path: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(tmp_path / "nowhere"), url_prefix="/archives")
    for path, status in (("nothing", 404), ("search", 503), ("search?page=x", 400)):
        answer = app.test_client().get(f"/archives/api/v1/{path}")
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
        assert answer.get_json()["instance"] == f"/archives/api/v1/{path.partition('?')[0]}"
    assert app.test_client().post("/archives/api/v1/search").status_code == 405


def test_suggestions_of_the_api(client: FlaskClient) -> None:
    body = client.get("/api/v1/suggestions?q=esp").get_json()
    assert body["q"] == "esp"
    by_kind = {each["kind"]: each for each in reversed(body["suggestions"])}
    assert set(by_kind) == {"tag", "word", "title"}
    for each in by_kind.values():
        assert each["articles"] >= 1
        assert client.get(each["links"]["self"]).content_type == "application/json"
        assert client.get(each["links"]["html"]).status_code == 200
    assert client.get("/api/v1/suggestions").get_json() == {"q": "", "suggestions": []}


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
    assert client.get("/healthz").get_json() == {"status": "ok"}
    body = client.get("/readyz").get_json()
    assert body["status"] == "ok"
    assert 0 <= body["age_seconds"] < 3600
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


@pytest.mark.parametrize("url", ["/", "/article/a", "/api/v1/search", "/api/v1/articles/a", "/suggest?q=abc"])
def test_an_index_that_cannot_be_opened_is_503_with_what_to_do(tmp_path: Path, url: str) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path / "nowhere")}).test_client()
    answer = client.get(url)
    assert answer.status_code == 503
    assert "index rebuild" in answer.text
    wanted = "text/html; charset=utf-8" if url in ("/", "/article/a") else "application/problem+json"
    assert answer.content_type == wanted
