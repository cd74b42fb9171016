"""What search engines meet: pages they may keep, links they may follow, the sitemap, robots.txt."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.robotparser import RobotFileParser
from zoneinfo import ZoneInfo

import pytest
from flask import Blueprint, Flask, Response
from flask.testing import FlaskClient
from lxml import etree
from web_pages import Builder, parsed

from indexer import Article, Index
from searchapp import create_app, create_blueprint, robots_lines, sitemap
from searchapp.parameters import NAMES

ARTICLE = "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

PAGES = [
    # URL, whether search engines may keep it, its canonical URL
    ("/", True, "/"),
    ("/?utm_source=x", True, "/"),
    ("/?q=", True, "/"),
    ("/?page=2", False, "/?page=2"),
    ("/?page=99", False, "/?page=16"),
    ("/?tri=anciens", False, "/?tri=anciens"),
    ("/?taille=20", False, "/?taille=20"),
    ("/?q=espace", False, "/?q=espace"),
    ("/?tag=espace", False, "/?tag=espace"),
    ("/?tag=espace&q=pesquet", False, "/?q=pesquet&tag=espace"),
    ("/?query=pesquet&tags=espace", False, "/?q=pesquet&tag=espace"),
    ("/?sort=oldest&from=2018&to=2018", False, "/?du=2018-01-01&au=2018-12-31&tri=anciens"),
    ("/?size=20&page=2", False, "/?page=2&taille=20"),
    ("/?person=Thomas+Pesquet&persons=ESA", False, "/?personne=Thomas%20Pesquet&personne=ESA"),
    ("/?q=zorglub&section=Sport", False, "/?q=zorglub&section=Sport"),
    (ARTICLE, True, ARTICLE),
    (f"{ARTICLE}?q=espace&tag=espace", True, ARTICLE),
    ("/personne/Thomas%20Pesquet", True, "/personne/Thomas%20Pesquet"),
    ("/personne/thomas%20pesquet", True, "/personne/Thomas%20Pesquet"),
    ("/tag/espace", True, "/tag/espace"),
    ("/?tri=recents", False, "/?tri=recents"),
    ("/personnes", True, "/personnes"),
    ("/tags?page=2", True, "/tags?page=2"),
    ("/tags?ordre=nom", False, "/tags?ordre=nom"),
    ("/aide", True, "/aide"),
    ("/accessibilite", True, "/accessibilite"),
]


@pytest.mark.parametrize(("url", "kept", "canonical"), PAGES)
def test_which_pages_are_kept(client: FlaskClient, url: str, kept: bool, canonical: str) -> None:
    page = parsed(client.get(url))
    robots = page.xpath("//meta[@name='robots']/@content")
    assert robots == ([] if kept else ["noindex, follow"])
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{canonical}"]


@pytest.mark.parametrize("url", [*(url for url, _, _ in PAGES), "/?q=hidlago", "/?q=%22le+zorglub+espace%22"])
def test_no_link_to_a_search_is_followed_but_those_from_page_to_page(client: FlaskClient, url: str) -> None:
    page = parsed(client.get(url))
    for link in page.xpath("//a[not(ancestor::nav[@class='pager'])]"):
        parts = urlsplit(link.get("href"))
        if parts.path in ("/", "/feed.atom", "/search.csv", "/api/v1/search") and parts.query:
            assert "nofollow" in link.get("rel", ""), link.get("href")
    for link in page.xpath("//nav[@class='pager']//a"):
        assert "nofollow" not in link.get("rel", "")


@pytest.mark.parametrize("url", ["/?q=pesquet&tag=espace&page=2&taille=5", "/?du=2018&tri=anciens"])
def test_every_link_has_its_parameters_in_one_order_under_new_names(client: FlaskClient, url: str) -> None:
    order = list(NAMES)
    links = parsed(client.get(url)).xpath("//a/@href | //link[not(contains(@href, '/assets/'))]/@href")
    checked = [list(parse_qs(urlsplit(link).query)) for link in links if urlsplit(link).query]
    assert checked
    for names in checked:
        assert names == sorted(names, key=order.index)


@pytest.mark.parametrize("name", NAMES)
def test_old_names_are_read_as_the_new_ones(client: FlaskClient, name: str) -> None:
    value = {"q": "espace", "tag": "espace", "section": "Sciences", "personne": "Thomas Pesquet"}.get(name)
    value = value or {"du": "2016", "au": "2018", "tri": "oldest", "page": "2", "taille": "5"}.get(name, "1")
    new, *old = NAMES[name]
    wanted = client.get("/api/v1/search", query_string={new: value}).get_json()
    for alias in old:
        assert client.get("/api/v1/search", query_string={alias: value}).get_json() == wanted


@pytest.mark.parametrize(
    "path",
    ["/api/v1/search", "/search.csv", "/feed.atom", "/opensearch.xml", "/opensearch/suggestions", "/suggest"],
)
def test_forms_for_programs_are_not_kept(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.headers["X-Robots-Tag"] == "noindex"


def locations(answer: Response) -> list[str]:
    assert answer.status_code == 200
    assert answer.content_type == "application/xml"
    return [each.text or "" for each in etree.fromstring(answer.data).iter(f"{MAP}loc")]


def test_the_sitemap_has_every_article_once(client: FlaskClient, archive_index: Index) -> None:
    parts = locations(client.get("/sitemap.xml"))  # type: ignore[arg-type]
    assert parts == ["http://localhost/sitemap-1.xml"]
    found = locations(client.get(parts[0]))  # type: ignore[arg-type]
    assert len(found) == len(set(found)) == archive_index.info().articles
    for url in found[::40]:
        assert parsed(client.get(url)).xpath("//link[@rel='canonical']/@href") == [url]
    for part in (0, 2):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_sitemap_has_parts_and_says_when_articles_came(
    build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2018, 7, 1, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
    articles = [
        Article(id="a", title="Avec l’heure", published=at),
        Article(id="b & <c>", title="Le jour", published=at.replace(hour=0, minute=0)),
        Article(id="d//é", title="Sans date"),
    ]
    monkeypatch.setattr(sitemap, "PART", 2)
    client = create_app({"MANCHETTE_INDEX_DIR": str(build(articles))}).test_client()
    parts = locations(client.get("/sitemap.xml"))  # type: ignore[arg-type]
    assert parts == ["http://localhost/sitemap-1.xml", "http://localhost/sitemap-2.xml"]
    found = [etree.fromstring(client.get(part).data) for part in parts]
    rows = [[each.text for each in url] for part in found for url in part]
    assert rows == [
        ["http://localhost/article/a", "2018-07-01T18:30:00+02:00"],
        ["http://localhost/article/b%20&%20%3Cc%3E", "2018-07-01"],
        ["http://localhost/article/d/~2F%C3%A9"],
    ]


def matcher(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*"))


def allowed(lines: list[str], path: str) -> bool:
    """Tell whether RFC 9309 lets a path be fetched: the longest rule that matches has it."""
    rules = [line.split(": ") for line in lines if line.startswith(("Allow", "Disallow"))]
    found = [(len(pattern), kind) for kind, pattern in rules if matcher(pattern).match(path)]
    return not found or max(found)[1] == "Allow"


FETCHED = [
    ("/", True),
    ("/?page=2", True),
    (ARTICLE, True),
    (f"{ARTICLE}?page=2", True),
    ("/personne/Thomas%20Pesquet", True),
    ("/sitemap-1.xml", True),
    ("/assets/search.css", True),
    ("/?tag=espace", False),
    ("/?q=espace&tag=espace&tri=anciens", False),
    ("/search.csv?q=a", False),
    ("/api/v1/articles/x", False),
    ("/api/", False),
    (f"/histoire/{ARTICLE}", True),
    ("/citation/x?format=ris", False),
    ("/valeurs/tag", False),
    ("/suggest?q=es", False),
    ("/opensearch/suggestions", False),
]


@pytest.mark.parametrize(("path", "fetched"), FETCHED)
def test_robots_txt(client: FlaskClient, path: str, fetched: bool) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"
    assert allowed(lines, path) is fetched
    plain = RobotFileParser()
    plain.parse(lines)
    assert plain.site_maps() == ["http://localhost/sitemap.xml"]


def test_a_host_takes_the_lines_of_each_blueprint(build: Builder) -> None:
    folder: Path = build([Article(id="a", title="Un")])
    app = Flask("host")
    region = Blueprint("region", "region", url_prefix="/region")
    region.register_blueprint(create_blueprint(folder, name="inner"), url_prefix="/archives")
    app.register_blueprint(region)
    app.register_blueprint(create_blueprint(folder, name="outer"), url_prefix="/suche")

    @app.get("/robots.txt")
    def robots() -> str:
        return "\n".join(["User-agent: *", *robots_lines("region.inner"), *robots_lines("outer")])

    lines = app.test_client().get("/robots.txt").text.splitlines()
    assert not allowed(lines, "/region/archives/?tag=a")
    assert allowed(lines, "/region/archives/?page=2")
    assert not allowed(lines, "/suche/api/v1/search")
    assert allowed(lines, "/api/v1/search")
    assert "Sitemap: http://localhost/region/archives/sitemap.xml" in lines
    assert "Sitemap: http://localhost/suche/sitemap.xml" in lines
    assert app.test_client().get("/suche/robots.txt").status_code == 404
