"""Blueprints in other apps: several, nested, each with its index, layout, templates and prefix."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from flask import Blueprint, Flask, render_template_string
from flask.testing import FlaskClient
from web_pages import Builder, check, parsed, text, texts
from werkzeug.test import Client
from werkzeug.wrappers import Response

from indexer import Article, Index, SettingsError
from searchapp import create_app, create_blueprint
from searchapp.__main__ import main
from searchapp.assets import version_of

HOST = Path(__file__).parents[2] / "examples" / "newspaper"

ARCHIVE = [
    Article(
        id=f"archive/{n}",
        title=f"Sommet {n}",
        body="Un accord.",
        tags=("climat", f"t{n}"),
        persons=("Ana Lee",),
    )
    for n in range(25)
]
RESERVED = Article(id="reserve", title="Le pollen", body="Une enquête.", section="Environnement")
VALLEYS = [
    Article(id=f"vallee/{n}", title=f"Neige {n}", body="Le col.", tags=("neige",), read_also=("Neige 3",))
    for n in range(12)
]


def module_of(folder: Path) -> ModuleType:
    spec = spec_from_file_location(f"{folder.name}_app", folder / "app.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # Flask looks there for the folder of its templates
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def host(build: Builder) -> FlaskClient:
    app: Flask = module_of(HOST).create_host(build([*ARCHIVE, RESERVED]), build(VALLEYS))
    app.testing = True
    return app.test_client()


def test_the_front_page_of_the_host_shows_both_searches(host: FlaskClient) -> None:
    page = parsed(host.get("/"))
    assert page.xpath("//form[@role='search']/@action") == ["/archives/", "/vallees/recherche/"]
    links = page.xpath("//main//a/@href")
    assert "/archives/article/archive/0" in links
    assert any(link.startswith("/vallees/recherche/article/vallee/") for link in links)
    for link in links:
        parsed(host.get(link))
    assert "Sommet 0 (1)" in texts(parsed(host.get("/")), "//main//li")


def test_some_of_the_archive_of_the_host_is_for_subscribers(host: FlaskClient) -> None:
    address, found = "/archives/article/reserve", "/archives/?q=pollen"
    assert host.get(address).status_code == 404
    assert text(parsed(host.get(found)).xpath("//h1/b")[0]) == "0 article"
    assert host.application.extensions["echo"]["unfound"] == {"pollen": 1}
    host.post("/abonnement")
    assert "Vous êtes abonné." in host.get(address).text
    assert "Le pollen (1)" in texts(parsed(host.get("/")), "//main//li")
    assert text(parsed(host.get(found)).xpath("//h1/b")[0]) == "1 article"
    host.post("/abonnement")
    assert host.get(address).status_code == 404
    assert "pollen" not in host.get("/").text


def test_each_mount_of_the_host_has_a_display_of_its_own(host: FlaskClient) -> None:
    page = parsed(host.get("/vallees/recherche/?q=neige"))
    assert len(page.xpath("//ol[@class='hits']/li")) == 5
    assert page.xpath("//div[@class='nq']/@data-theme") == ["light"]
    assert host.get("/vallees/recherche/feed.atom").status_code == 404
    assert host.get("/archives/feed.atom").status_code == 200


def test_the_minimal_host(build: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "var").mkdir()
    build(ARCHIVE).rename(tmp_path / "var" / "index")
    monkeypatch.chdir(tmp_path)
    client = module_of(HOST.parent / "minimal").app.test_client()
    page = parsed(client.get("/"))
    assert page.xpath("//form/@action") == ["/archives/"]
    assert len(page.xpath("//ul[@class='list']/li")) == 5
    for link in page.xpath("//main//a/@href"):
        parsed(client.get(link))


@pytest.mark.parametrize(
    ("prefix", "word", "other"),
    [("/archives/", "accord", "neige"), ("/vallees/recherche/", "neige", "accord")],
)
def test_each_blueprint_serves_its_own_index_in_the_layout_of_the_host(
    host: FlaskClient, prefix: str, word: str, other: str
) -> None:
    page = parsed(host.get(f"{prefix}?q={word}"))
    assert text(page.xpath("//header//p[@class='brand']")[0]) == "L’Écho des Alpes"
    assert page.xpath("//main/div[@class='nq']//h1")
    assert page.xpath("//head/link[@rel='stylesheet']/@href") == [
        "/static/host.css",
        f"{prefix}assets/search.css?v={version_of('search.css')}",
    ]
    assert text(parsed(host.get(f"{prefix}?q={other}")).xpath("//h1/b")[0]) == "0 article"


def test_the_host_tells_search_engines_about_both(host: FlaskClient) -> None:
    lines = host.get("/robots.txt").text.splitlines()
    for prefix in ("/archives/", "/vallees/recherche/"):
        assert f"Disallow: {prefix}*?" in lines
        assert f"Sitemap: http://localhost{prefix}sitemap.xml" in lines
        assert host.get(f"{prefix}sitemap-1.xml").status_code == 200
        parsed(host.get(f"{prefix}api/"))


@pytest.mark.parametrize("prefix", ["/archives/", "/vallees/recherche/"])
def test_no_link_of_a_blueprint_leaves_it(host: FlaskClient, prefix: str) -> None:
    results = parsed(host.get(f"{prefix}?taille=5&page=2"))
    article = parsed(host.get(results.xpath("//h3/a/@href")[0]))
    nothing = parsed(host.get(f"{prefix}?q=zorglub&tag=neige"))
    for page in (results, article, nothing):
        inside = page.xpath("//div[@class='nq']")[0]
        for url in inside.xpath(".//a/@href | .//form/@action | .//input/@data-suggest"):
            assert url.startswith((prefix, "#")), url
            if url.startswith(prefix):
                assert host.get(url, follow_redirects=True).status_code == 200, url
    body = host.get(f"{prefix}api/v1/search").get_json()
    assert body["links"]["self"].startswith(prefix)
    assert body["hits"][0]["links"]["html"].startswith(prefix)
    with host.get(f"{prefix}assets/search.css") as answer:
        assert answer.status_code == 200


def test_a_template_of_one_blueprint_changes_that_one_alone(host: FlaskClient) -> None:
    line = "Les nouvelles des vallées seulement."
    assert line in host.get("/vallees/recherche/?tri=recents").text
    assert line not in host.get("/archives/?tri=recents").text


def test_a_template_of_the_host_changes_all(build: Builder, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "searchapp"
    folder.mkdir(parents=True)
    (folder / "understood.html").write_text("<p class='mine'>{{ manchette.page.total }} en tout</p>")
    app = Flask("host", template_folder=str(tmp_path / "templates"))
    app.register_blueprint(create_blueprint(build(ARCHIVE), name="one"), url_prefix="/one")
    app.register_blueprint(create_blueprint(build(VALLEYS), name="two"), url_prefix="/two")
    client = app.test_client()
    assert texts(parsed(client.get("/one/?tri=recents")), "//p[@class='mine']") == ["25 en tout"]
    assert texts(parsed(client.get("/two/?tri=recents")), "//p[@class='mine']") == ["12 en tout"]


def test_templates_get_no_name_that_a_host_may_use(build: Builder, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "mine.html").write_text(
        "<html lang=fr><title>{{ page }} {{ title }} {{ m }}</title>"
        "<main>{% block content %}{% endblock %}</main></html>"
    )
    app = Flask("host", template_folder=str(tmp_path / "templates"))
    app.context_processor(lambda: {"page": "P", "title": "T", "m": "M"})
    app.register_blueprint(create_blueprint(build(ARCHIVE), layout="mine.html"))
    page = parsed(app.test_client().get("/"))
    assert page.xpath("string(//title)") == "P T M"


def test_twice_nested_and_an_open_index(build: Builder) -> None:
    index = Index.open(build(ARCHIVE))
    inner, outer = Blueprint("inner", __name__), Blueprint("outer", __name__)
    inner.register_blueprint(create_blueprint(index), url_prefix="/c")
    outer.register_blueprint(inner, url_prefix="/b")
    app = Flask("host")
    app.register_blueprint(outer, url_prefix="/a")
    client = app.test_client()
    page = parsed(client.get("/a/b/c/"))
    assert all(url.startswith("/a/b/c/") for url in page.xpath("//h3/a/@href"))
    assert parsed(client.get("/a/b/c/article/nul"), 404) is not None


def test_one_index_at_two_places_of_an_app(build: Builder) -> None:
    blueprint = create_blueprint(build(ARCHIVE))
    app = Flask("host")
    app.register_blueprint(blueprint, url_prefix="/a")
    app.register_blueprint(blueprint, url_prefix="/b", name="again")
    client = app.test_client()
    for prefix in ("/a/", "/b/"):
        page = parsed(client.get(prefix))
        assert all(url.startswith(prefix) for url in page.xpath("//h3/a/@href"))


def test_behind_a_proxy_prefix(build: Builder) -> None:
    app = create_app({"MANCHETTE_INDEX_DIR": str(build(ARCHIVE))})
    client = Client(app, Response)
    answer = client.get("/", base_url="http://exemple.fr/journal/")
    page = parsed(answer)
    assert all(url.startswith("/journal/") for url in page.xpath("//h3/a/@href"))
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://exemple.fr/journal/"]


def test_the_policy_is_sent_and_can_be_left_to_the_host(build: Builder) -> None:
    folder = build(ARCHIVE)
    app = Flask("host")
    app.register_blueprint(create_blueprint(folder, name="strict"), url_prefix="/strict")
    app.register_blueprint(create_blueprint(folder, name="free", policy=None), url_prefix="/free")
    app.add_url_rule("/own", view_func=lambda: render_template_string("mine"))
    client = app.test_client()
    policy = "Content-Security-Policy"
    for path in ("/strict/", "/strict/article/x", "/strict/api/v1/search", "/strict/assets/search.js"):
        with client.get(path) as answer:
            assert answer.headers[policy] == "default-src 'self'"
    assert policy not in client.get("/free/").headers
    assert policy not in client.get("/own").headers


def test_the_title_and_layout_of_an_app_are_settings(build: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANCHETTE_INDEX_DIR", str(build(ARCHIVE)))
    monkeypatch.setenv("MANCHETTE_TITLE", "Les archives")
    client = create_app().test_client()
    page = parsed(client.get("/"))
    assert text(page.xpath("//a[@class='brand']")[0]) == "Les archives"
    missing = parsed(client.get("/rien/du/tout"), 404)
    check(missing)
    assert missing.xpath("//form[@role='search']/@action") == ["/"]
    assert client.get("/rien").headers["Content-Security-Policy"] == "default-src 'self'"
    free = create_app({"MANCHETTE_POLICY": ""}).test_client()
    assert "Content-Security-Policy" not in free.get("/").headers
    assert "Content-Security-Policy" not in free.get("/rien").headers


def test_the_index_is_that_of_the_command_unless_said_otherwise(
    build: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANCHETTE_INDEX_DIR", raising=False)
    (tmp_path / "index.toml").write_text(f"index_dir = '{build(ARCHIVE)}'\n")
    monkeypatch.chdir(tmp_path)
    assert create_app().test_client().get("/healthz").get_json()["articles"] == 25
    (tmp_path / "index.toml").write_text("engin = 'whoosh'\n")
    with pytest.raises(SettingsError):
        create_app()
    assert main([]) == 1
