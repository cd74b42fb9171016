"""The kit for hosts: hooks, settings of a mount, pieces in other pages, the command, proxies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Blueprint, Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import Babel
from reserved import OPEN, RESERVED
from web_pages import Builder, check, parsed, text, texts
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from indexer import Index
from searchapp import (
    ArticleViewed,
    Display,
    Hooks,
    SearchAsked,
    SearchDone,
    SearchState,
    create_blueprint,
)


@pytest.fixture
def small(build: Builder) -> Path:
    return build([*OPEN, *RESERVED])


def app_of(blueprint: Blueprint, prefix: str = "") -> FlaskClient:
    app = Flask("host")
    app.testing = True
    app.register_blueprint(blueprint, url_prefix=prefix or None)
    return app.test_client()


def test_hooks_are_told_of_searches_and_articles(small: Path) -> None:
    asked: list[SearchAsked] = []
    done: list[SearchDone] = []
    viewed: list[ArticleViewed] = []
    hooks = Hooks(asked.append, done.append, viewed.append)
    client = app_of(create_blueprint(small, name="press", hooks=hooks))
    for path in ("/?q=loire", "/feed.atom?q=loire", "/search.csv?q=loire", "/api/v1/search?q=loire"):
        client.get(path)
    for path in ("/api/v1/facets/tag?q=loire", "/valeurs/tag?q=loire", "/", "/tags", "/aide"):
        assert client.get(path).status_code == 200
    views = ["search", "feed", "table", "api_search", "api_values", "values"]
    assert [each.view for each in asked] == views
    assert {(each.name, each.state.words) for each in asked} == {("press", "loire")}
    assert [(each.view, each.results.total) for each in done] == [
        ("search", 11),
        ("feed", 11),
        ("table", 11),
        ("api_search", 11),
    ]
    client.get("/article/libre-1?q=loire")
    client.get("/api/v1/articles/libre-1")
    client.get("/article/nul")
    assert [(each.view, each.article.id) for each in viewed] == [
        ("article", "libre-1"),
        ("api_article", "libre-1"),
    ]
    assert viewed[0].state.words == "loire"
    tag = client.get("/?q=loire").headers["ETag"]
    done.clear()
    assert client.get("/?q=loire", headers={"If-None-Match": tag}).status_code == 304
    assert done == []


def test_before_search_may_put_another_search_in_its_place(small: Path) -> None:
    def narrowed(asked: SearchAsked) -> SearchState | None:
        return asked.state.toggled("section", "Régions") if asked.state.words else None

    client = app_of(create_blueprint(small, hooks=Hooks(before_search=narrowed)))
    assert client.get("/api/v1/search").get_json()["total"] == 11
    assert client.get("/api/v1/search?q=loire").get_json()["total"] == 6
    assert client.get("/api/v1/facets/tag?q=loire").get_json()["articles"] == 6
    assert "6 articles" in text(parsed(client.get("/valeurs/tag?q=loire")).xpath("//main")[0])
    page = parsed(client.get("/?q=loire"))
    assert text(page.xpath("//h1/b")[0]) == "6 articles"
    assert any("Régions" in each for each in texts(page, "//ul[@class='chips']/li"))


def test_what_a_hook_raises_is_not_caught(small: Path) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("of the host")

    for hooks, path in (
        (Hooks(before_search=broken), "/?q=loire"),
        (Hooks(after_search=broken), "/api/v1/search"),
        (Hooks(article_viewed=broken), "/article/libre-1"),
    ):
        with pytest.raises(RuntimeError, match="of the host"):
            app_of(create_blueprint(small, hooks=hooks)).get(path)
    wrong = Hooks(before_search=lambda _: "loire")  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError, match="SearchState"):
        app_of(create_blueprint(small, hooks=wrong)).get("/?q=loire")


def test_the_size_of_a_page_is_that_of_the_mount(small: Path) -> None:
    client = app_of(create_blueprint(small, display=Display(size=4)))
    page = parsed(client.get("/?tri=recents"))
    assert len(page.xpath("//ol[@class='hits']/li")) == 4
    urls = page.xpath("//nav[@class='pager']//a/@href")
    assert "/?tri=recents&page=3" in urls
    assert len(parsed(client.get("/?tri=recents&page=3")).xpath("//ol[@class='hits']/li")) == 3
    ten = parsed(client.get("/?taille=10"))
    assert len(ten.xpath("//ol[@class='hits']/li")) == 10
    assert "/?page=2&taille=10" in ten.xpath("//nav[@class='pager']//a/@href")
    assert client.get("/").headers["ETag"] != client.get("/?taille=10").headers["ETag"]
    assert page.xpath("//p[starts-with(@class, 'feeds')]//a[text()='JSON']/@href") == [
        "/api/v1/search?tri=recents&taille=4"
    ]


def test_facets_are_those_of_the_mount_in_its_order(small: Path) -> None:
    client = app_of(create_blueprint(small, display=Display(facets=("section", "date", "tag"))))
    page = parsed(client.get("/?tri=recents"))
    assert texts(page, "//aside[@id='filters']//h3") == ["Sections", "Date", "Tags"]


def test_theme_and_listing_are_those_of_the_mount(small: Path) -> None:
    client = app_of(create_blueprint(small, display=Display(theme="dark", indexed=False)))
    assert parsed(client.get("/")).xpath("//html/@data-theme") == ["dark"]
    assert client.get("/article/libre-1").headers["X-Robots-Tag"] == "noindex"
    usual = app_of(create_blueprint(small))
    assert not parsed(usual.get("/")).xpath("//@data-theme")
    assert "X-Robots-Tag" not in usual.get("/").headers


def test_a_mount_without_feeds_offers_none(small: Path) -> None:
    client = app_of(create_blueprint(small, display=Display(feeds=False)))
    for path in (
        "/",
        "/?q=loire",
        "/tags",
        "/tag/crue",
        "/article/libre-1",
        "/opensearch.xml",
        "/api/v1/search",
        "/api/v1/openapi.json",
    ):
        assert "feed.atom" not in client.get(path).text, path
    assert client.get("/feed.atom").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"size": 0}, {"size": 101}, {"facets": ("tags",)}, {"facets": ("tag", "tag")}, {"theme": "blue"}],
)
def test_what_a_display_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Display(**wrong)  # type: ignore[arg-type]


PAGE = """<!doctype html><html lang="fr"><title>T</title><head>
{% from "searchapp/embed.html" import head, search_box, result_list %}
{{ head(name) }}</head><main><h1>T</h1><h2>U</h2>{{ search_box(name, tags=["crue"], id="box") }}
{{ result_list(manchette_search("loire", name=name, size=3)) }}
{{ result_list(manchette_search("zorglub", name=name)) }}
{{ result_list(manchette_search(sections=["Régions"], name=name, size=2), full=true) }}</main></html>"""


@pytest.mark.parametrize("name", ["", "outer.press"])
def test_pieces_stand_in_any_page_of_the_host(small: Path, name: str) -> None:
    outer = Blueprint("outer", __name__)
    outer.register_blueprint(create_blueprint(small, name="press"), url_prefix="/p")
    app = Flask("host")
    app.register_blueprint(outer, url_prefix="/o")
    app.add_url_rule("/", view_func=lambda: render_template_string(PAGE, name=name))
    client = app.test_client()
    page = parsed(client.get("/?lang=en"))
    assert page.xpath("//form/@action") == ["/o/p/?lang=en"]
    assert page.xpath("//input[@id='box']/@data-suggest") == ["/o/p/suggest?lang=en"]
    hidden = [(each.get("name"), each.get("value")) for each in page.xpath("//input[@type='hidden']")]
    assert hidden == [("tag", "crue"), ("lang", "en")]
    assert texts(page, "//form//button") == ["Search"]
    assert len(page.xpath("//ul[@class='list']/li")) == 3
    assert len(page.xpath("//ol[@class='hits']/li")) == 2
    for url in page.xpath("//main//a/@href | //head/link/@href"):
        assert url.startswith("/o/p/")
        with client.get(url) as answer:
            assert answer.status_code == 200
    assert "0 articles" in text(page.xpath("//main")[0])
    assert texts(parsed(client.get("/")), "//form//button") == ["Chercher"]


def test_pieces_name_the_mount_that_is_meant(small: Path) -> None:
    app = Flask("host")
    app.testing = True
    app.register_blueprint(create_blueprint(small, name="one"), url_prefix="/one")
    app.register_blueprint(create_blueprint(small, name="two"), url_prefix="/two")
    for name, message in (("", "name one: one, two"), ("three", "'three': one, two")):
        with app.test_request_context("/"), pytest.raises(LookupError, match=message):
            render_template_string(PAGE, name=name)


def run(folder: Path, host: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "host.py").write_text(host, encoding="utf-8")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "flask", "--app", "host", "index", *arguments]
    environ = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{folder}"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environ, check=False)


HOST = """
from flask import Blueprint, Flask
from searchapp import create_blueprint
app = Flask(__name__)
outer = Blueprint("outer", __name__)
outer.register_blueprint(create_blueprint("b", name="culture"), url_prefix="/b")
app.register_blueprint(outer)
"""
SECOND = HOST + 'app.register_blueprint(create_blueprint("a"), url_prefix="/a")\n'


def test_the_command_of_the_host_builds_the_index_that_is_mounted(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"id": "x", "title": "Un titre", "body": "Un corps."}\n')
    done = run(tmp_path, HOST, "rebuild", "corpus.jsonl", "--engine", "memory", "--persons", "off", "-q")
    assert done.returncode == 0, done.stderr
    assert Index.open(tmp_path / "b").info().articles == 1
    vague = run(tmp_path, SECOND, "rebuild", "corpus.jsonl")
    assert vague.returncode == 2
    assert "--name: outer.culture, search" in vague.stderr
    wrong = run(tmp_path, SECOND, "--name", "a", "info")
    assert wrong.returncode == 2
    assert "'a'" in wrong.stderr
    done = run(tmp_path, SECOND, "--name", "outer.culture", "search", "titre", "--json")
    assert '"total": 1' in done.stdout, done.stderr
    missing = run(tmp_path, SECOND, "--name", "search", "info")
    assert missing.returncode == 1
    assert missing.stderr.startswith("index: ")
    assert "rebuild" in run(tmp_path, SECOND, "--help").stdout


PAGES = (
    "/",
    "/?q=loire",
    "/?q=zorglub",
    "/?tag=crue&du=2018-04-01&au=2018-04-30",
    "/article/libre-1?q=loire",
    "/histoire/libre-0",
    "/personne/Ana Lee",
    "/tag/crue",
    "/personnes",
    "/tags",
    "/valeurs/tag?q=loire",
    "/aide",
    "/accessibilite",
    "/api/",
)


def links_of(answer: TestResponse) -> list[str]:
    page = parsed(answer)
    links: list[str] = page.xpath(
        "//a[not(starts-with(@href, '#'))]/@href | //form/@action | //input/@data-suggest"
    )
    return [*links, *page.xpath("//link[not(@rel='canonical')]/@href | //script/@src")]


def test_below_a_prefix_of_a_proxy(small: Path) -> None:
    client = app_of(create_blueprint(small), "/archives")
    app = client.application
    app.wsgi_app = ProxyFix(app.wsgi_app, x_prefix=1, x_host=1, x_proto=1)  # type: ignore[method-assign]
    headers = {
        "X-Forwarded-Prefix": "/journal",
        "X-Forwarded-Host": "exemple.fr",
        "X-Forwarded-Proto": "https",
    }
    for path in (f"/archives{page}" for page in PAGES):
        answer = client.get(path, headers=headers)
        assert not [url for url in whole_urls(answer) if not url.startswith("exemple.fr/journal/archives")]
        local = [
            url for url in links_of(answer) if not url.startswith("https://exemple.fr/journal/archives/")
        ]
        assert all(url.startswith("/journal/archives/") for url in local), path
    canonical = parsed(client.get("/archives/article/libre-1", headers=headers)).xpath(
        "//link[@rel='canonical']/@href"
    )
    assert canonical == ["https://exemple.fr/journal/archives/article/libre-1"]
    assert (
        client.get("/archives/").headers["ETag"] != client.get("/archives/", headers=headers).headers["ETag"]
    )


def test_below_a_prefix_of_another_wsgi_app(small: Path) -> None:
    app = app_of(create_blueprint(small), "/archives").application
    client = Client(DispatcherMiddleware(Response("root"), {"/app": app}), Response)
    for path in (f"/app/archives{page}" for page in PAGES):
        local = [
            url for url in links_of(client.get(path)) if not url.startswith("http://localhost/app/archives/")
        ]
        assert local
        assert all(url.startswith("/app/archives/") for url in local), path


def test_nested_in_a_blueprint_below_a_prefix(small: Path) -> None:
    outer = Blueprint("outer", __name__)
    outer.register_blueprint(create_blueprint(small, name="press"), url_prefix="/p")
    app = Flask("host")
    app.register_blueprint(outer, url_prefix="/o")
    client = app.test_client()
    root = {"SCRIPT_NAME": "/journal"}
    for path in (f"/o/p{page}" for page in PAGES):
        answer = client.get(path, environ_overrides=root)
        local = [url for url in links_of(answer) if not url.startswith("http://")]
        assert all(url.startswith("/journal/o/p/") for url in local), path
        assert not [url for url in whole_urls(answer) if not url.startswith("localhost/journal/o/p")], path
    short = client.get("/o/p/article/libre-1", environ_overrides=root).text.partition("/journal/o/p/a/")[2]
    answer = client.get(f"/o/p/a/{short[:10]}", environ_overrides=root)
    assert answer.location == "/journal/o/p/article/libre-1"


def whole_urls(answer: TestResponse) -> list[str]:
    """Return the URLs of the page that name its host, in links as in what is for machines."""
    return re.findall(r"https?://((?:localhost|exemple\.fr)[^\"<> ]*)", answer.text)


def test_the_policy_of_the_host_stays(small: Path) -> None:
    client = app_of(create_blueprint(small))
    app = client.application
    strict = "default-src 'none'; style-src 'self'; script-src 'self' 'nonce-x'"

    @app.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = strict
        return response

    for path in (*PAGES, "/api/v1/search", "/feed.atom", "/citation/libre-1?format=ris"):
        answer = client.get(path)
        assert answer.headers.get_all("Content-Security-Policy") == [strict]
    for path in PAGES:
        check(parsed(client.get(path)))


def test_the_language_of_the_babel_of_the_host(small: Path) -> None:
    client = app_of(create_blueprint(small))
    client.application.add_url_rule(
        "/own", view_func=lambda: render_template_string(PAGE, name="search"), endpoint="own"
    )
    Babel(client.application, locale_selector=lambda: "en")
    for path in PAGES:
        page = parsed(client.get(path))
        assert page.get("lang") == "en"
        assert "Accessibility" in text(page), path
    assert texts(parsed(client.get("/own")), "//form//button") == ["Search"]
