"""Access: nothing of a hidden article shows at any address, whatever its route."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string, session
from flask.testing import FlaskClient
from reserved import LEAKS, OPEN, SECRET
from web_pages import Builder

from indexer import Index, Visible
from searchapp import create_blueprint

HIDDEN = tuple(article.id for article in SECRET)
RULE = Visible(not_sections=("enquetes",))

SEARCHES = (
    "",
    "q=loire",
    "q=loire&page=2&taille=2",
    "q=loire&page=99",
    "q=barrag",
    "q=molybdne",
    "q=zinc",
    "q=xylophones+orleans",
    'q="barrage de Villerest"~',
    "q=molyb*",
    "q=personne:quark",
    "q=date:2021",
    "q=-loire",
    "tag=crue",
    "tag=crue&tag=Loire&toustags=1",
    "tag=crue&du=2018-04-01&au=2018-04-30",
    "personne=Ana+Lee",
    "personne=Ana+Lee&toutespersonnes=1&section=Régions",
    "du=2021-01-01",
    "sansdate=1",
    "tri=anciens&taille=100",
    "tri=recents",
    "lang=en",
)
TYPED = ("vil", "ot", "qua", "mol", "zi", "xyl", "lo", "cru", "or", "an", "crue de la")
IDS = ("libre-0", "libre-2")

ADDRESSES: dict[str, tuple[str, ...]] = {
    "search": tuple(f"/?{search}" for search in SEARCHES),
    "feed": tuple(f"/feed.atom?{search}" for search in SEARCHES),
    "table": tuple(f"/search.csv?{search}" for search in SEARCHES),
    "opensearch": ("/opensearch.xml", "/opensearch.xml?tag=crue"),
    "api_search": tuple(f"/api/v1/search?{search}" for search in SEARCHES),
    "persons": ("/personnes", "/personnes?commence=z", "/personnes?contient=qua", "/personnes?page=2"),
    "tags": ("/tags", "/tags?ordre=nom", "/tags?commence=v", "/tags?contient=in"),
    "values": tuple(
        f"/valeurs/{facet}?{search}" for facet in ("personne", "tag", "section") for search in SEARCHES
    ),
    "api_values": tuple(
        f"/api/v1/facets/{facet}?{search}"
        for facet in ("person", "tag", "section", "date")
        for search in ("", "q=loire", "tag=crue", "prefix=v", "contains=in", "taille=1&page=2")
    ),
    "help": ("/aide",),
    "accessibility": ("/accessibilite",),
    "article": tuple(f"/article/{id}?{search}" for id in IDS for search in ("", "q=loire", "tri=recents")),
    "story": ("/histoire/libre-0",),
    "citation": tuple(f"/citation/{id}?format={form}" for id in IDS for form in ("bibtex", "ris")),
    "api_article": tuple(f"/api/v1/articles/{id}" for id in IDS),
    "api_related": tuple(f"/api/v1/articles/{id}/related" for id in IDS),
    "api_story": tuple(f"/api/v1/articles/{id}/story" for id in IDS),
    "person": ("/personne/Ana%20Lee", "/personne/ANA%20lee"),
    "tag": ("/tag/crue", "/tag/Loire"),
    "suggest": tuple(f"/suggest?q={typed}" for typed in TYPED),
    "api_suggestions": tuple(f"/api/v1/suggestions?q={typed}" for typed in TYPED),
    "opensearch_suggestions": tuple(f"/opensearch/suggestions?q={typed}" for typed in TYPED),
    "sitemap": ("/sitemap.xml",),
    "sitemap_part": ("/sitemap-1.xml",),
    "healthz": ("/healthz",),
    "api": ("/api/",),
    "api_document": ("/api/v1/openapi.json",),
}
"""For each endpoint the addresses that a reader may try; a new route has to be listed here."""

ABSENT: dict[str, tuple[str, ...]] = {
    "article": tuple(f"/article/{id}?q=loire" for id in HIDDEN),
    "story": tuple(f"/histoire/{id}" for id in HIDDEN),
    "citation": tuple(f"/citation/{id}?format=ris" for id in HIDDEN),
    "api_article": tuple(f"/api/v1/articles/{id}" for id in HIDDEN),
    "api_related": tuple(f"/api/v1/articles/{id}/related" for id in HIDDEN),
    "api_story": tuple(f"/api/v1/articles/{id}/story" for id in HIDDEN),
    "person": ("/personne/Otto%20Quark", "/personne/Zoé%20Xhemal"),
    "tag": ("/tag/Villerest", "/tag/Zinc"),
    "sitemap_part": ("/sitemap-2.xml",),
    "values": ("/valeurs/autre",),
    "api_root": ("/api/v1/",),
    "api_unknown": ("/api/v1/rien",),
}
"""For each endpoint addresses that are answered as if there was nothing, with 404."""

WEIGHED = ("story", "api_story", "api_related")
"""The endpoints whose articles are chosen by how rare their words are in the whole index."""

ASKED = ("search", "feed", "table", "api_search", "values", "article", "api_values")
"""The endpoints that repeat what was typed, so that words in the address are no leak."""


@pytest.fixture
def folder(tmp_path: Path, engine: str) -> Path:
    Index.rebuild(tmp_path / "index", [*OPEN, *SECRET], engine=engine, persons="off")
    return tmp_path / "index"


@pytest.fixture
def guarded(folder: Path) -> FlaskClient:
    """Give a reader of a host that shows everything to subscribers alone."""
    return client_of(folder, lambda: Visible() if session.get("subscriber") else RULE)


@pytest.fixture
def poorer(tmp_path: Path, engine: str) -> FlaskClient:
    """Give a reader of an index that never had the hidden articles."""
    Index.rebuild(tmp_path / "poorer", OPEN, engine=engine, persons="off")
    return client_of(tmp_path / "poorer")


def client_of(folder: Path, allowed: Callable[[], Visible] | None = None) -> FlaskClient:
    app = Flask("host")
    app.secret_key = "k"
    app.register_blueprint(create_blueprint(folder, allowed=allowed, compress=False))

    @app.get("/subscribe")
    def subscribe() -> str:
        session["subscriber"] = True
        return "ok"

    @app.get("/front")
    def front() -> str:
        return render_template_string(
            '{% from "searchapp/embed.html" import result_list %}'
            '{{ result_list(manchette_search("loire", size=50), true) }}'
        )

    return app.test_client()


def body(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.text


def every(addresses: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    return ((endpoint, path) for endpoint, paths in addresses.items() for path in paths)


def codes(folder: Path, ids: tuple[str, ...]) -> list[str]:
    index = Index.open(folder)
    found = [index.code(id) for id in ids]
    index.close()
    return found


def test_every_route_is_tried(guarded: FlaskClient) -> None:
    rules = {rule.endpoint for rule in guarded.application.url_map.iter_rules()}
    routes = {name.removeprefix("search.") for name in rules if name.startswith("search.")}
    assert routes - {"static"} == {*ADDRESSES, *ABSENT, "short"}, "list the route in ADDRESSES or ABSENT"
    adapter = guarded.application.url_map.bind("localhost")
    for endpoint, path in (*every(ADDRESSES), *every(ABSENT)):
        assert adapter.match(path.partition("?")[0])[0] == f"search.{endpoint}", path


def test_nothing_of_a_hidden_article_shows_at_any_address(guarded: FlaskClient, folder: Path) -> None:
    leaks = (*LEAKS, *codes(folder, HIDDEN))
    for endpoint, path in every(ADDRESSES):
        shown = body(guarded, path)
        if endpoint in {"article", "api_article"}:  # what the article itself says, which is not linked
            shown = shown.replace("Le barrage de Villerest", "")
        if endpoint in ASKED:
            asked = re.split(r"[^\w-]+", path)
            typed = [leak for leak in leaks if any(leak in each for each in asked)]
            assert not [leak for leak in leaks if leak in shown and leak not in typed], path
        else:
            assert not [leak for leak in leaks if leak in shown], path
    for _, path in every(ABSENT):
        body(guarded, path, 404)
    assert not [leak for leak in leaks if leak in body(guarded, "/front")]


def test_every_answer_is_that_of_an_index_without_the_hidden(
    guarded: FlaskClient, poorer: FlaskClient
) -> None:
    for endpoint, path in (*every(ADDRESSES), ("front", "/front")):
        if endpoint in WEIGHED:
            continue
        assert same(endpoint, body(guarded, path)) == same(endpoint, body(poorer, path)), path
    for endpoint, path in every(ABSENT):
        assert same(endpoint, body(guarded, path, 404)) == same(endpoint, body(poorer, path, 404)), path


def same(endpoint: str, text: str) -> str:
    """Return an answer without what differs between two indexes of the same articles: name and scores."""
    if endpoint == "feed":
        return re.sub("<updated>[^<]+", "", text, count=1)  # now, where nothing was found
    if endpoint == "table":
        return re.sub(r",[\d.]*\r\n", "", text)
    if endpoint == "article":
        text = re.sub(r'<section [^>]*aria-labelledby="a-[rs]">.*?</section>', "", text, flags=re.DOTALL)
    text = re.sub(r'"generation": "[^"]*"', "", text)
    return re.sub(r'"score": [\d.]+|score [\d,.]+', "", text)


def test_related_articles_and_stories_are_of_what_may_be_seen(guarded: FlaskClient) -> None:
    for id in IDS:
        for kind in ("related", "story"):
            found = guarded.get(f"/api/v1/articles/{id}/{kind}").get_json()
            assert {each["id"] for each in found} <= {article.id for article in OPEN}
        assert guarded.get(f"/api/v1/articles/{id}/related").get_json()


def test_short_addresses_of_hidden_articles_lead_nowhere(guarded: FlaskClient, folder: Path) -> None:
    for code in codes(folder, HIDDEN):
        answer = guarded.get(f"/a/{code}")
        assert answer.status_code == 404
        assert "reserve" not in answer.text
    (code,) = codes(folder, ("libre-1",))
    answer = guarded.get(f"/a/{code}")
    assert answer.location == "/article/libre-1"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_subscribers_see_everything_and_no_304_tells_others(guarded: FlaskClient) -> None:
    paths = [path for endpoint, path in every(ADDRESSES) if endpoint != "healthz"]
    before = {path: guarded.get(path).headers.get("ETag") for path in paths}
    assert [path for path, tag in before.items() if not tag] == []
    guarded.get("/subscribe")
    assert guarded.get("/api/v1/search?q=molybdène").get_json()["total"] == 5
    body(guarded, "/article/reserve-1")
    for path in ("/", "/feed.atom", "/search.csv", "/sitemap-1.xml", "/api/v1/facets/tag", "/personnes"):
        assert [leak for leak in LEAKS if leak in body(guarded, path)], path
    for path, tag in before.items():
        answer = guarded.get(path, headers={"If-None-Match": tag or ""})
        assert answer.status_code == 200, path
        assert answer.headers["ETag"] != tag, path
    other = guarded.application.test_client()
    for path, status in (("/article/reserve-1", 404), ("/?q=loire", 200)):
        tag = guarded.get(path).headers["ETag"]
        assert other.get(path, headers={"If-None-Match": tag}).status_code == status


def test_nobody_in_between_keeps_what_is_for_some(guarded: FlaskClient) -> None:
    for _, path in every(ADDRESSES):
        control = guarded.get(path).headers["Cache-Control"]
        assert "private" in control or "no-store" in control, path
    for _, path in every(ABSENT):
        assert guarded.get(path).headers["Cache-Control"] == "no-store", path


def test_the_host_is_asked_once_a_request_and_in_each(build: Builder) -> None:
    asked: list[str] = []

    def allowed() -> Visible:
        asked.append("")
        return RULE if len(asked) % 2 else Visible()

    client = client_of(build([*OPEN, *SECRET]), allowed)
    assert asked == []
    # All these requests share one context of the app, as in a script or a test of the host.
    with client.application.app_context():
        totals = [client.get("/api/v1/search?q=loire").get_json()["total"] for _ in range(4)]
    assert totals == [6, 13, 6, 13]
    for place, (_, path) in enumerate(every(ADDRESSES), 5):
        client.get(path)
        assert len(asked) == place, path


def test_a_forgotten_return_shows_nothing(folder: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(folder, allowed=lambda: None))  # type: ignore[arg-type]
    app.testing = True
    for _, path in every(ADDRESSES):
        if not path.startswith(("/accessibilite", "/opensearch.xml")):
            with pytest.raises(TypeError, match="Visible"):
                app.test_client().get(path)
