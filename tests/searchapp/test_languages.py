"""French and English: what decides, what a page says in each, and that the two are never mixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from lxml import html
from web_pages import Builder, parsed, text, texts

from indexer import Article, SettingsError
from searchapp import create_app, create_blueprint
from searchapp.language import current
from tests.searchapp.test_catalogues import HOLE, forms, messages

ARTICLE = "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour"
PAGES = [
    "/",
    "/?page=2",
    "/?q=espace+mission&tag=espace&du=2016&au=2021",
    "/?q=la+atterisage+espace+zorglub+lieu:paris&personne=Thomas+Pesquet&sansdate=1",
    "/?q=espace&telquel=1&synonymes=non&page=900&taille=0&tri=rien&du=rien&au=2018-02&tag=espace",
    "/?q=ONU+accords&section=Monde&du=2015-11-18&au=2015-11-18",
    "/?q=%22Rosetta+atterisage%22+zorglub&section=Sport&du=2014&tag=espace",
    "/?q=climat+(rosseta+tag:Anne+Hidalgo+m*+date:31/02/2018&du=2020&au=2010",
    ARTICLE,
    f"{ARTICLE}?q=espace+station",
    "/personne/Emmanuel%20Macron",
    "/tag/espace",
    "/api/",
    "/article/aucun",
    "/personne/aucune",
    "/tag/aucun",
    "/rien/du/tout",
]
SHOWN = ("aria-label", "title", "data-label", "data-none", "data-one", "data-many")


def interface(page: html.HtmlElement) -> list[str]:
    """Return the texts of a page that are the interface's own words."""
    language = page.get("lang")
    # What newspapers wrote, and what readers typed: the words of the search, its links and explanations.
    others = f"//*[@lang and @lang != '{language}'] | //title | //script | //link | //mark | //dt | //th"
    others += " | //article[@class='text']/header | //div[@class='body'] | //h3 | //p[@class='snip'] | //code"
    others += " | //*[@class='t'] | //ol[@class='story']//a | //div[@class='refs']//a | //figcaption"
    others += " | //summary/span[@class='vh'] | //pre | //nav[@class='turn']//b"
    for other in page.xpath(others):
        other.drop_tree()
    attributes = [value for name in SHOWN for value in page.xpath(f"//@{name}")]
    return [*(each.strip() for each in page.xpath("//text()")), *attributes]


def words_of(language: str) -> re.Pattern[str]:
    """Return what finds the texts of one language of the catalogue that the other does not have."""
    both = {side: set[str]() for side in ("fr", "en")}
    for message in messages("en"):
        for side, said in (("fr", message.id), ("en", message.string)):
            for form in forms(said):
                both[side] |= {part.strip(" .,;:«»“”()").lower() for part in HOLE.split(form)}
    other = " | ".join(both["en" if language == "fr" else "fr"])
    own = {part for part in both[language] if len(part) > 3 and part not in other}
    assert len(own) > 100
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, own))})\b", re.IGNORECASE)


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_has_words_of_the_other_language(client: FlaskClient, url: str, language: str) -> None:
    answer = client.get(url, headers={"Accept-Language": language})
    page = parsed(answer, answer.status_code)
    assert page.get("lang") == answer.headers["Content-Language"] == language
    said = interface(page)
    assert len(said) > 10
    wrong = words_of("en" if language == "fr" else "fr")
    assert [each for each in said if wrong.search(each)] == []
    if language == "en":
        assert [each for each in said if re.search("[àâçéèêîôûœÀÉÈ«»’]", each)] == []


@pytest.mark.parametrize("url", PAGES)
def test_no_french_mark_stands_behind_a_plain_space(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    said = "\n".join(interface(parsed(answer, answer.status_code)))
    assert re.findall(r".* [;!?:»%](?:\s.*|$)|.*« .*|.*\w[;!?»].*", said) == []
    assert re.findall(r".*\d (?:article|sans|mot|min|fois|actif|suggestion|h |de plus).*", said) == []


@pytest.mark.parametrize(
    ("wish", "url", "language", "vary"),
    [
        (None, "/", "fr", True),
        ("en", "/", "en", True),
        ("en-US,en;q=0.9,fr;q=0.1", "/", "en", True),
        ("de,fr;q=0.5,en;q=0.2", "/", "fr", True),
        ("de, *;q=0.1", "/", "fr", True),
        ("en", "/?lang=fr", "fr", False),
        ("fr", "/?lang=en", "en", False),
        ("fr", "/?lang=EN_gb", "en", False),
        ("en", "/?lang=de", "en", True),
        ("en", "/api/v1/articles/aucun", "en", True),
        ("en", "/api/rien", "en", True),
        ("fr", "/rien?lang=en", "en", False),
    ],
)
def test_the_url_decides_then_the_browser(
    client: FlaskClient, wish: str | None, url: str, language: str, vary: bool
) -> None:
    answer = client.get(url, headers={"Accept-Language": wish} if wish else {})
    assert answer.headers["Content-Language"] == language
    assert ("Accept-Language" in answer.vary) is vary
    assert current().code == "fr"


def test_an_unknown_language_is_said(client: FlaskClient) -> None:
    page = parsed(client.get("/?lang=de&q=espace"))
    assert "« de » : langue inconnue, ce peut être fr, en." in texts(page, "//div[@class='grasp']//dd")
    assert client.get("/api/v1/search?lang=de").get_json()["parameter"] == "lang"


@pytest.fixture
def folder(build: Builder) -> Path:
    return build([Article(id="un", title="Un titre", body="Un corps.", tags=("été",))])


def test_the_mount_decides_before_all_others(folder: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(folder, name="a", language="en"), url_prefix="/a")
    asked = iter(["fr", "en_GB", "de", None])
    mount = create_blueprint(folder, name="b", language=lambda: next(asked))
    app.register_blueprint(mount, url_prefix="/b")
    client = app.test_client()
    french = {"Accept-Language": "fr"}
    for url in ("/a/?lang=fr", "/a/article/un", "/a/article/nul"):
        answer = client.get(url, headers=french)
        page = parsed(answer, answer.status_code)
        assert page.get("lang") == "en"
        assert not page.xpath("//link[@hreflang] | //a[@hreflang]")
        assert "Accept-Language" not in answer.vary
    codes = [client.get("/b/", headers={"Accept-Language": "en"}).headers["Content-Language"] for _ in "1234"]
    assert codes == ["fr", "en", "en", "en"]


def test_a_language_that_the_interface_does_not_speak_is_an_error(folder: Path) -> None:
    with pytest.raises(ValueError, match="fr and en"):
        create_blueprint(folder, language="de")
    with pytest.raises(SettingsError, match="MANCHETTE_LANGUAGE"):
        create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_LANGUAGE": "de"})
    app = create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_LANGUAGE": "en"})
    client = app.test_client()
    assert parsed(client.get("/", headers={"Accept-Language": "fr"})).get("lang") == "en"
    assert parsed(client.get("/rien"), 404).get("lang") == "en"


def test_flask_babel_decides_where_the_host_has_it(folder: Path) -> None:
    hosts = ["en"]
    app = Flask("host")
    Babel(app, locale_selector=lambda: hosts[0])
    app.register_blueprint(create_blueprint(folder, name="a"), url_prefix="/a")
    app.register_blueprint(create_blueprint(folder, name="b", language="fr"), url_prefix="/b")
    client = app.test_client()
    answer = client.get("/a/", headers={"Accept-Language": "fr"})
    assert parsed(answer).get("lang") == "en"
    assert "Accept-Language" not in answer.vary
    assert parsed(client.get("/a/?lang=fr")).get("lang") == "fr"
    assert parsed(client.get("/b/")).get("lang") == "fr"
    hosts[0] = "de"
    assert parsed(client.get("/a/", headers={"Accept-Language": "en"})).get("lang") == "en"


def links(page: html.HtmlElement) -> Iterator[str]:
    yield from page.xpath("//a[not(@hreflang) and starts-with(@href, '/')]/@href")
    yield from page.xpath("//input/@data-suggest | //link[@rel='canonical']/@href")


@pytest.mark.parametrize("url", [page for page in PAGES if page != "/rien/du/tout"])
def test_a_language_that_the_url_named_stays_in_every_link(client: FlaskClient, url: str) -> None:
    answer = client.get(f"{url}{'&' if '?' in url else '?'}lang=en", headers={"Accept-Language": "fr"})
    page = parsed(answer, answer.status_code)
    found = list(links(page))
    assert found
    # A short address is for those to whom it is given, whatever they read.
    kept = [link for link in found if not link.startswith("/a/")]
    assert [link for link in kept if not link.endswith(("?lang=en", "&lang=en"))] == []
    for form in page.xpath("//form"):
        assert form.xpath("input[@name='lang']/@value") == ["en"]
    plain = client.get(url, headers={"Accept-Language": "en"})
    assert "lang=en" not in "".join(links(parsed(plain, plain.status_code)))


def test_each_page_leads_to_itself_in_the_other_language(client: FlaskClient) -> None:
    url = "/?q=a%26b+%C3%A9t%C3%A9&tag=espace&page=1"
    for _ in range(2):
        page = parsed(client.get(url))
        french, english = page.xpath("//footer//a[@hreflang]")
        assert [text(french), text(english)] == ["Français", "English"]
        assert [french.get("lang"), english.get("hreflang")] == ["fr", "en"]
        assert page.xpath("string(//input[@name='q']/@value)") == "a&b été"
        url = english.get("href")
    assert english.get("aria-current") == "true"
    missing = parsed(client.get("/rien%20%3F/x"), 404)
    assert missing.xpath("//footer//a[@hreflang]/@href")[1] == "/rien%20%3F/x?lang=en"


def test_search_engines_are_told_of_both(client: FlaskClient) -> None:
    page = parsed(client.get("/tag/espace?lang=en"))
    assert {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")} == {
        "fr": "http://localhost/tag/espace?lang=fr",
        "en": "http://localhost/tag/espace?lang=en",
        "x-default": "http://localhost/tag/espace",
    }
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://localhost/tag/espace?lang=en"]
    assert not parsed(client.get("/?q=espace")).xpath("//link[@hreflang]")


def test_what_newspapers_wrote_stays_french(client: FlaskClient) -> None:
    results = parsed(client.get("/?q=espace&lang=en"))
    assert {each.get("lang") for each in results.xpath("//h3[a] | //p[@class='snip']")} == {"fr"}
    assert results.xpath("//section[@aria-labelledby='f-tag']//li//span[@lang='fr']")
    article = parsed(client.get(f"{ARTICLE}?lang=en"))
    for path in ("//h1", "//div[@class='body']", "//a[@class='t']"):
        assert {each.get("lang") for each in article.xpath(path)} == {"fr"}, path
    french = parsed(client.get(ARTICLE))
    assert not french.xpath("//main//@lang")


def test_an_article_in_english_is_marked_on_a_french_page_alone(build: Builder) -> None:
    folder = build([Article(id="en", title="A title", body="A body.", language="en")])
    client = create_app({"MANCHETTE_INDEX_DIR": str(folder)}).test_client()
    for url, path in (("/?tri=recents", "//h3"), ("/article/en?", "//h1")):
        assert parsed(client.get(url)).xpath(f"{path}/@lang") == ["en"]
        assert not parsed(client.get(f"{url}&lang=en")).xpath(f"{path}/@lang")


def test_a_host_with_a_layout_of_its_own_is_told_the_language(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text(
        "<html lang=fr><title>T</title><main>{% block content %}{% endblock %}</main></html>"
    )
    app = Flask("host", template_folder=str(tmp_path))
    app.register_blueprint(create_blueprint(folder, layout="mine.html", language="en"))
    page = parsed(app.test_client().get("/"))
    assert page.xpath("//main/div[@class='nq']/@lang") == ["en"]


def test_the_script_gets_its_words_from_the_page(client: FlaskClient) -> None:
    def words(url: str) -> list[str]:
        box = parsed(client.get(url)).xpath("//input[@data-suggest]")[0]
        return [box.get(f"data-{name}") for name in ("label", "none", "one", "many")]

    assert words("/") == [
        "Suggestions",
        "Aucune suggestion",
        "1\u00a0suggestion",
        "{n}\u00a0suggestions",
    ]
    assert words("/?lang=en")[1:] == ["No suggestions", "1\u00a0suggestion", "{n}\u00a0suggestions"]
    kinds = {item["kind"] for item in client.get("/suggest?q=esp&lang=en").get_json()}
    assert kinds == {"tag", "word", "article"}


def test_programs_are_answered_in_their_language(client: FlaskClient) -> None:
    missing = {code: client.get(f"/api/v1/articles/aucun?lang={code}").get_json() for code in ("fr", "en")}
    assert (missing["fr"]["title"], missing["en"]["title"]) == ("Introuvable", "Not Found")
    assert missing["en"]["detail"] == "No article has this identifier."
    wrong = client.get("/api/v1/search?page=abc&lang=en").get_json()
    assert wrong["title"] == "Unreadable parameters"
    assert wrong["detail"] == "page: Expected a number from 1 to 10,000."
    assert client.post("/api/v1/search?lang=en").get_json()["title"] == "Method Not Allowed"
    typed = client.get(f"/api/v1/suggestions?q={'x' * 201}&lang=en").get_json()
    assert typed["detail"] == "q: At most 200\u00a0characters."
    notices = client.get("/api/v1/search?q=le+climat&lang=en").get_json()["notices"]
    assert [each["message"] for each in notices] == ["Ignored word: “le”."]
    related = client.get("/api/v1/articles/" + ARTICLE.removeprefix("/article/") + "/related?lang=en")
    assert all(re.match("same|word", each["reason"]) for each in related.get_json())
    assert "<" not in "".join(each["reason"] for each in related.get_json())


def test_other_forms_of_a_search_are_answered_in_their_language(client: FlaskClient) -> None:
    def description(language: str) -> str | None:
        root = ElementTree.fromstring(client.get(f"/opensearch.xml?lang={language}").data)
        suggestions = root.findall(".//{*}Url[@rel='suggestions']")
        assert suggestions[0].get("template", "").endswith(f"&lang={language}")
        return root.findtext("{*}Description")

    def kinds(language: str) -> set[str]:
        return set(client.get(f"/opensearch/suggestions?q=esp&lang={language}").get_json()[2])

    def month(language: str) -> str:
        url = f"/api/v1/facets/date?commence=2016-11&lang={language}"
        label: str = client.get(url).get_json()["values"][0]["label"].replace("\u00a0", " ")
        return label

    def columns(language: str) -> str:
        with client.get(f"/search.csv?lang={language}") as answer:
            return answer.text.partition("\r\n")[0]

    assert [description(code) for code in ("fr", "en")] == ["Chercher dans Manchette", "Search Manchette"]
    assert [kinds(code) for code in ("fr", "en")] == [{"tag", "mot", "article"}, {"tag", "word", "article"}]
    assert [month(code) for code in ("fr", "en")] == ["novembre 2016", "November 2016"]
    assert columns("fr") == columns("en")


def test_an_entry_of_a_feed_is_the_same_in_any_language(client: FlaskClient) -> None:
    found = [
        [
            each.text
            for each in ElementTree.fromstring(client.get(f"/feed.atom?{query}").data).iter()
            if each.tag.endswith("}id")
        ]
        for query in ("", "lang=en", "lang=fr")
    ]
    assert found[0] == found[1] == found[2]


def test_an_index_that_cannot_be_opened_is_said_in_english(tmp_path: Path) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path / "nowhere")}).test_client()
    page = parsed(client.get("/?lang=en"), 503)
    assert text(page.xpath("//h1")[0]) == "The search is not answering"
    assert client.get("/api/v1/search?lang=en").get_json()["title"] == "The index is not answering"


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, "0 article", "0 articles"), (1, "1 article", "1 article"), (2, "2 articles", "2 articles")],
)
def test_nought_is_singular_in_french_alone(build: Builder, count: int, french: str, english: str) -> None:
    folder = build([Article(id=f"{n}", title="Le mot" if n < count else "Rien") for n in range(3)])
    client = create_app({"MANCHETTE_INDEX_DIR": str(folder)}).test_client()
    assert text(parsed(client.get("/?q=mot")).xpath("//h1/b")[0]) == french
    assert text(parsed(client.get("/?q=mot&lang=en")).xpath("//h1/b")[0]) == english


def test_the_titles_of_pages_are_escaped_once(folder: Path) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(folder)}).test_client()
    page = parsed(client.get("/?q=a%26b+%3Ci%3E&lang=en"))
    assert page.xpath("string(//title)").strip() == "a&b <i>: 0\u00a0articles – Manchette"
