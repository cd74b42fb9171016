"""ETags and 304: per generation, query, template and whatever a host adds; errors have none."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from web_pages import Builder

from indexer import Article, Index
from searchapp import create_app, create_blueprint
from searchapp.assets import FOREVER, version_of
from searchapp.validators import CACHE_CONTROL

ARTICLES = [
    Article(id=f"a{n}", title=f"Sommet {n}", body="Un accord.", tags=("climat",), persons=("Ana Lee",))
    for n in range(15)
]

ADDRESSES = [
    "/",
    "/?q=sommet",
    "/?q=zorglub",
    "/?q=sommet&tag=climat&page=2&taille=5",
    "/?page=99",
    "/article/a1",
    "/article/a1?q=accord",
    "/article/a1?q=accord&surligner=0",
    "/citation/a1?format=ris",
    "/personne/Ana%20Lee",
    "/tag/climat",
    "/feed.atom",
    "/feed.atom?tag=climat",
    "/suggest?q=som",
    "/api/v1/search?q=sommet",
    "/api/v1/articles/a1",
    "/api/v1/articles/a1/related",
    "/api/v1/articles/a1/story",
]


@pytest.fixture
def folder(build: Builder) -> Path:
    return build(ARTICLES)


@pytest.fixture
def reader(folder: Path) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(folder)}).test_client()


def tag_of(client: FlaskClient, url: str, **more: str) -> str:
    answer = client.get(url, headers=more)
    assert answer.status_code == 200
    return answer.headers["ETag"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_what_is_known_already_is_not_sent_again(reader: FlaskClient, url: str) -> None:
    first = reader.get(url)
    assert first.status_code == 200
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers["Cache-Control"] == CACHE_CONTROL
    assert "Accept-Encoding" in first.headers["Vary"]
    for known in (first.headers["ETag"], f'"other", {first.headers["ETag"]}', "*"):
        again = reader.get(url, headers={"If-None-Match": known})
        assert again.status_code == 304
        assert again.data == b""
        for header in ("ETag", "Cache-Control", "Vary"):
            assert again.headers[header] == first.headers[header]
    assert reader.get(url, headers={"If-None-Match": '"other"'}).data == first.data


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_304_costs_no_search(reader: FlaskClient, url: str) -> None:
    tag = tag_of(reader, url)
    names = ("search", "article", "profile", "complete", "related", "story")
    patches = [patch.object(Index, name, side_effect=AssertionError(name)) for name in names]
    for each in patches:
        each.start()
    try:
        assert reader.get(url, headers={"If-None-Match": tag}).status_code == 304
    finally:
        for each in patches:
            each.stop()


@pytest.mark.parametrize("url", ADDRESSES)
def test_head_says_what_get_says(reader: FlaskClient, url: str) -> None:
    got, headed = reader.get(url), reader.head(url)
    assert headed.status_code == 200
    assert headed.data == b""
    for header in ("ETag", "Cache-Control", "Vary", "Content-Type", "Content-Length"):
        assert headed.headers[header] == got.headers[header]
    assert reader.head(url, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


def test_tags_differ_by_address_and_not_by_the_order_of_parameters(reader: FlaskClient) -> None:
    tags = {url: tag_of(reader, url) for url in ADDRESSES}
    assert len(set(tags.values())) == len(tags)
    assert tag_of(reader, "/?q=sommet&tag=climat") == tag_of(reader, "/?tag=climat&q=sommet&page=1")
    assert tag_of(reader, "/?q=sommet&tri=hasard") != tags["/?q=sommet"]
    assert tag_of(reader, "/?q=sommet&autre=1") != tags["/?q=sommet"]
    assert tag_of(reader, "/", Host="exemple.fr") != tags["/"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_another_generation_is_another_tag(reader: FlaskClient, folder: Path, url: str) -> None:
    tag = tag_of(reader, url)
    Index.rebuild(folder, ARTICLES[:14], engine="memory", persons="off")
    answer = reader.get(url, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_generation_that_goes_live_meanwhile_leaves_the_page_untagged(
    reader: FlaskClient, folder: Path
) -> None:
    search = Index.search

    def swapped(index: Index, *words: str, **more: object) -> object:
        Index.rebuild(folder, ARTICLES[:14], engine="memory", persons="off")
        return search(index, *words, **more)  # type: ignore[arg-type]

    with patch.object(Index, "search", swapped):
        answer = reader.get("/api/v1/search?q=sommet")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_other_synonyms_are_another_tag(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "synonyms.toml"
    file.write_text('[[group]]\nwords = ["sommet", "cime"]\n')
    app = Flask("host")
    app.register_blueprint(create_blueprint(Index.open(folder, synonyms=file)))
    client = app.test_client()
    before = tag_of(client, "/?q=cime")
    file.write_text('[[group]]\nwords = ["sommet", "cime", "faîte"]\n')
    assert tag_of(client, "/?q=cime") != before


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/article/aucun", 404),
        ("/api/v1/articles/aucun", 404),
        ("/rien", 404),
        ("/api/v1/search?page=x", 400),
    ],
)
def test_errors_have_no_tag(reader: FlaskClient, url: str, status: int) -> None:
    for known in ("*", '"x"'):
        answer = reader.get(url, headers={"If-None-Match": known})
        assert answer.status_code == status
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_index_that_is_not_there_has_no_tag(tmp_path: Path, url: str) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path / "none")}).test_client()
    answer = client.get(url, headers={"If-None-Match": "*"})
    assert answer.status_code == 503
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_is_always_asked_anew(reader: FlaskClient) -> None:
    answer = reader.get("/healthz")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_host_says_what_else_its_pages_depend_on(folder: Path) -> None:
    app = Flask("host")
    app.register_blueprint(
        create_blueprint(folder, variant=lambda: request.headers.get("X-Reader", "")), url_prefix="/a"
    )
    app.register_blueprint(create_blueprint(folder, name="none", variant=lambda: None), url_prefix="/b")
    app.add_url_rule("/own", view_func=lambda: "mine")
    client = app.test_client()
    anna = tag_of(client, "/a/", **{"X-Reader": "Anna"})
    assert anna == tag_of(client, "/a/", **{"X-Reader": "Anna"})
    assert anna != tag_of(client, "/a/", **{"X-Reader": "Ben"})
    for path in ("/b/", "/own"):
        headers = client.get(path, headers={"If-None-Match": "*"}).headers
        assert "ETag" not in headers
        assert "Cache-Control" not in headers


def test_other_templates_are_another_tag(folder: Path, tmp_path: Path) -> None:
    def served(part: str) -> str:
        (tmp_path / "part.html").write_text(part)
        (tmp_path / "mine.html").write_text(
            "<title>T</title>{% include 'part.html' %}<main>{% block content %}{% endblock %}</main>"
        )
        app = Flask("host", template_folder=str(tmp_path))
        app.register_blueprint(create_blueprint(folder, layout="mine.html"))
        return tag_of(app.test_client(), "/")

    assert served("one") == served("one") != served("two")


def test_while_templates_are_worked_on_there_are_no_tags(folder: Path) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(folder), "TEMPLATES_AUTO_RELOAD": True}).test_client()
    assert "ETag" not in client.get("/").headers


@pytest.mark.parametrize("file", ["search.css", "search.js", "icon.svg"])
def test_files_are_kept_for_ever_under_the_address_of_their_version(reader: FlaskClient, file: str) -> None:
    address = f"/assets/{file}?v={version_of(file)}"
    assert address in reader.get("/").text
    with reader.get(address) as answer:
        assert answer.headers["Cache-Control"] == FOREVER
        tag = answer.headers["ETag"]
    for other in (f"/assets/{file}", f"/assets/{file}?v=old"):
        with reader.get(other) as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
        with reader.get(other, headers={"If-None-Match": tag}) as answer:
            assert answer.status_code == 304
    with reader.get("/assets/none.css?v=") as answer:
        assert answer.status_code == 404
