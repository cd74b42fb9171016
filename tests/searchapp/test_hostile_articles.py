"""Articles and searches full of HTML and template syntax come out as plain text."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from web_pages import Builder, check, parsed

from indexer import Article
from searchapp import create_app
from searchapp.article_page import safe_address

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*'7' }}{% raw %}&amp;"


@pytest.fixture
def client(build: Builder) -> FlaskClient:
    evil = Article(
        id=f"évil/{EVIL}",
        title=f"Titre {EVIL}",
        lede=f"Chapô {EVIL}",
        body=f"Corps {EVIL}\n\n{EVIL}",
        section=f"Section {EVIL}",
        tags=(f"tag {EVIL}",),
        persons=(f"Personne {EVIL}",),
        author=EVIL,
        source=EVIL,
        url="javascript:alert(1)",
        caption=EVIL,
        credit=EVIL,
        read_also=(EVIL,),
        language='"><script>',
    )
    twin = Article(id="b", title="Titre", body=f"Corps {EVIL}", tags=(f"tag {EVIL}",), persons=evil.persons)
    return create_app({"MANCHETTE_INDEX_DIR": str(build([evil, twin])), "TESTING": True}).test_client()


def clean(client: FlaskClient, url: str, query: dict[str, str] | None = None) -> str:
    answer = client.get(url, query_string=query)
    page = parsed(answer)
    check(page)
    assert len(page.xpath("//script[@src]")) == 1
    assert not page.xpath("//img")
    assert "7777777" not in answer.text
    return answer.text


def test_results(client: FlaskClient) -> None:
    clean(client, "/")
    html = clean(client, "/", {"tri": "recents"})
    for url in ("/personnes", "/tags", "/aide", "/valeurs/tag"):
        clean(client, url)
    assert "{{ 7*&#39;7&#39; }}" in html
    clean(client, "/", {"q": EVIL, "tag": EVIL, "personne": EVIL, "section": EVIL, "du": EVIL, "tri": EVIL})
    clean(client, "/", {"q": "corps script alert", "tag": f"tag {EVIL}"})


def test_article(client: FlaskClient) -> None:
    page = parsed(client.get("/?q=Chap%C3%B4"))
    link = page.xpath("//h3/a/@href")[0]
    html = clean(client, link)
    assert "javascript:" not in html
    clean(client, link.partition("?")[0], {"q": f"corps script {EVIL}"})


def test_suggestions_are_json_whatever_is_typed(client: FlaskClient) -> None:
    for typed in ("", EVIL, "tag", "\x00", "x" * 5000):
        answer = client.get("/suggest", query_string={"q": typed})
        assert answer.status_code == 200
        assert answer.content_type == "application/json"
        assert isinstance(answer.get_json(), list)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://exemple.fr/a?b=c", True),
        ("http://exemple.fr", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)//https://", False),
        ("data:text/html,x", False),
        ("//exemple.fr/a", False),
        ("exemple.fr/a", False),
        ("https:", False),
        ("http://[::1", False),
        (" javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str, safe: bool) -> None:
    assert bool(safe_address(url)) is safe
