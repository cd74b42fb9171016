"""The pages that lead into the archive: home, lists of persons and tags, values under a search, help."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from web_pages import Builder, parsed, text, texts

from indexer import Article, Index
from searchapp import create_app
from tests.conftest import ENGINES, few_articles

LISTS = {"person": "/personnes", "tag": "/tags"}


def test_the_home_page_says_what_the_index_holds(client: FlaskClient, archive_index: Index) -> None:
    page = parsed(client.get("/"))
    found = archive_index.search(size=6, facet_size=10)
    assert text(page.xpath("//h1/label[@for='q']")[0]) == "Rechercher dans les archives"
    numbers = text(page.xpath("//figcaption")[0])
    for count in (found.total, found.values["person"], found.values["tag"]):
        assert str(count) in numbers
    assert texts(page, "//section[@aria-labelledby='h-n']//li/a") == [
        " ".join(hit.article.title.split()) for hit in found.hits
    ]
    for facet, place in (("person", "h-p"), ("tag", "h-t")):
        rows = texts(page, f"//section[@aria-labelledby='{place}']//li")
        assert [row.split()[:-2] for row in rows] == [each.label.split() for each in found.facets[facet]]
    assert len(page.xpath("//svg//rect")) == len([each for each in found.facets["date"] if each.value])
    busiest = max(each.count for each in found.facets["date"] if each.value)
    assert text(page.xpath("//p[contains(@class, 'busy')]/span[2]")[0]).endswith(f"{busiest} articles")
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://localhost/"]
    assert not page.xpath("//meta[@name='robots']")
    assert page.xpath("//a[@class='brand']/@aria-current") == ["page"]


@pytest.mark.parametrize("url", ["/", "/?lang=en", "/aide", "/aide?lang=en"])
def test_every_example_finds_what_it_says(client: FlaskClient, url: str) -> None:
    page = parsed(client.get(url))
    examples = page.xpath("//p[span][@class='line']/a[contains(@href, 'q=')] | //table//th/a")
    assert len(examples) >= 4
    for link in examples:
        results = parsed(client.get(link.get("href")))
        count = text(results.xpath("//h1/b")[0])
        assert not count.startswith("0 ")
        if link.getparent().tag == "th":
            assert count.split()[0] == text(link.getparent().getparent()[-1])


def test_examples_are_of_the_generation_that_is_live(tmp_path: Path) -> None:
    Index.rebuild(tmp_path, few_articles(), engine="memory", persons="off")
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path)}).test_client()
    before = parsed(client.get("/aide")).xpath("//table//th/a/@href")
    Index.rebuild(tmp_path, [Article(id="a", title="Une éclipse totale", tags=("astronomie",))], "memory")
    after = parsed(client.get("/aide")).xpath("//table//th/a/@href")
    assert before
    assert "/?q=tag:astronomie" in after
    assert "0 article" not in texts(parsed(client.get(after[0])), "//h1/b")


def test_an_empty_period_and_few_articles_have_a_home_page(build: Builder) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(build([Article(id="a", title="Seul")]))}).test_client()
    page = parsed(client.get("/"))
    assert text(page.xpath("//figcaption")[0]) == (
        "1 article, 0 personne et 0 tag. 1 article n’a pas de date."
    )
    assert not page.xpath("//svg")
    for url in ("/personnes", "/tags", "/aide", "/valeurs/section"):
        parsed(client.get(url))


@pytest.mark.parametrize("facet", LISTS)
@pytest.mark.parametrize("order", ["nombre", "nom"])
def test_lists_have_every_value_once(
    client: FlaskClient, archive_index: Index, facet: str, order: str
) -> None:
    wanted = archive_index.values(facet, sort={"nombre": "count", "nom": "name"}[order], size=10_000)
    url, seen = f"{LISTS[facet]}?ordre={order}", []
    while url:
        page = parsed(client.get(url))
        seen += texts(page, "//ul[@class='rank']//a")
        url = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert seen == [" ".join(value.label.split()) for value in wanted.values]


def test_letters_lead_to_the_values_that_begin_so(client: FlaskClient) -> None:
    letters = parsed(client.get("/tags")).xpath("//ul[@class='pick letters']//a")
    assert len(letters) > 10
    every = 0
    for link in letters:
        page = parsed(client.get(link.get("href")))
        shown = page.xpath("//ul[@class='rank']//a")
        assert shown, text(link)
        every += int(texts(page, "//span[@role='status']")[0].split()[0])
    assert every == int(texts(parsed(client.get("/tags")), "//span[@role='status']")[0].split()[0])


def test_a_list_keeps_what_is_typed(client: FlaskClient) -> None:
    page = parsed(client.get("/personnes?contient=HOLLANDE&ordre=nom"))
    assert "François Hollande" in texts(page, "//ul[@class='rank']//a")
    assert page.xpath("//input[@id='has']/@value") == ["HOLLANDE"]
    assert page.xpath("//form//input[@name='ordre']/@value") == ["nom"]
    assert page.xpath("//a[.='Toute la liste']/@href") == ["/personnes?ordre=nom"]
    none = parsed(client.get("/personnes?contient=zorglub"))
    assert texts(none, "//p[@class='none']") == ["Aucune valeur ne convient."]
    wrong = parsed(client.get("/personnes?ordre=beau&page=abc&du=xyz"))
    assert len(texts(wrong, "//div[@class='grasp']//dd")) == 2
    assert parsed(client.get("/tags?page=9999")).xpath("//nav[@class='pager']//a[@aria-current]")


def test_values_keep_the_search_and_toggle(client: FlaskClient) -> None:
    url = "/valeurs/tag?q=france&section=Sport&tri=anciens"
    page = parsed(client.get(url))
    first = page.xpath("//ul[@class='values']//a")[0]
    assert urlsplit(first.get("href")).path == "/valeurs/tag"
    chosen = parsed(client.get(first.get("href")))
    asked = parse_qs(urlsplit(first.get("href")).query)
    assert (asked["q"], asked["section"], asked["tri"]) == (["france"], ["Sport"], ["anciens"])
    (back,) = chosen.xpath("//ul[@class='values']//a[@aria-current]/@href")
    assert back == url
    results = chosen.xpath("//a[@class='go']")[0]
    count = text(results.getparent()[-1])
    assert text(parsed(client.get(results.get("href"))).xpath("//h1/b")[0]) == count
    assert text(first).endswith(count)
    assert client.get("/valeurs/date").status_code == 404


@pytest.fixture(scope="module", params=ENGINES)
def engine_client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, archive_index: Index
) -> tuple[FlaskClient, list[Article]]:
    """Return a client of the corpus on an engine, and all its articles."""
    ids = [each.id for each in archive_index.listed()]
    articles = [article for id in ids if (article := archive_index.article(id))]
    folder = tmp_path_factory.mktemp("engine")
    Index.rebuild(folder, articles, engine=request.param, persons="off")
    return create_app({"MANCHETTE_INDEX_DIR": str(folder)}).test_client(), articles


@pytest.mark.parametrize(("facet", "mode"), [("tag", "toustags"), ("personne", "toutespersonnes")])
@pytest.mark.parametrize("every", [False, True])
def test_counts_are_right_for_at_least_one_and_for_all(
    engine_client: tuple[FlaskClient, list[Article]], facet: str, mode: str, every: bool
) -> None:
    client, articles = engine_client
    values = [set(article.tags if facet == "tag" else article.persons) for article in articles]
    pairs = Counter(
        (one, other)
        for held in values
        for one in sorted(held)
        for other in sorted(held)
        if one < other and re.fullmatch(r"[\w ]+", one + other)
    )
    one, other = pairs.most_common(1)[0][0]
    asked = {facet: [one, other], **({mode: "1"} if every else {}), "taille": 1}
    found = client.get("/api/v1/search", query_string=asked).get_json()
    chosen = {one, other}
    kept = [held for held in values if (chosen <= held if every else chosen & held)]
    assert found["total"] == len(kept)
    counted = Counter(value for held in (kept if every else values) for value in held)
    name = {"tag": "tag", "personne": "person"}[facet]
    assert found["facets"][name]
    for value in found["facets"][name]:
        assert value["count"] == counted[value["label"]]
        if every and not value["selected"]:
            assert client.get(value["toggle"]).get_json()["total"] == value["count"]
    page = parsed(client.get("/", query_string=asked))
    modes = page.xpath("//ul[contains(@class, 'modes')]//a")
    assert [link.get("aria-current") for link in modes] == ([None, "true"] if every else ["true", None])
    again = [parsed(client.get(link.get("href"))).xpath("string(//h1/b)") for link in modes]
    either = len([held for held in values if chosen & held])
    both = len([held for held in values if chosen <= held])
    assert [int(each.split()[0]) for each in again] == [either, both]


def test_a_month_opens_into_days(engine_client: tuple[FlaskClient, list[Article]]) -> None:
    client, articles = engine_client
    months = Counter(f"{each.published:%Y-%m}" for each in articles if each.published)
    month, count = months.most_common(1)[0]
    page = parsed(client.get(f"/?du={month}&au={month}"))
    days = page.xpath("//ol[@class='days']//a")
    counts = [int(text(each.xpath("span[@class='vh']")[0]).rpartition(" : ")[2].split()[0]) for each in days]
    assert sum(counts) == count
    for link, number in zip(days, counts, strict=True):
        day = parsed(client.get(link.get("href")))
        assert day.xpath("string(//h1/b)").split()[0] == str(number)
        (chosen,) = day.xpath("//ol[@class='days']//a[@aria-current]")
        assert chosen.get("href") == page.xpath("//link[@rel='canonical']/@href")[0].removeprefix(
            "http://localhost"
        )
    assert not parsed(client.get(f"/?du={month[:4]}&au={month[:4]}")).xpath("//ol[@class='days']")


def test_how_many_articles_a_page_has(client: FlaskClient) -> None:
    page = parsed(client.get("/?tag=France&page=2"))
    sizes = page.xpath("//nav[@aria-label='Articles par page']//a")
    assert [text(each) for each in sizes] == ["10", "20", "50"]
    assert sizes[1].get("href") == "/?tag=France&taille=20"
    assert len(parsed(client.get(sizes[1].get("href"))).xpath("//article")) == 20


def test_the_mode_goes_with_its_last_value(client: FlaskClient) -> None:
    page = parsed(client.get("/?tag=France&toustags=1"))
    (chosen,) = page.xpath("//section[@aria-labelledby='f-tag']//ul[@class='values']//a[@aria-current]")
    assert chosen.get("href") == "/?tri=recents"
    other = page.xpath("//section[@aria-labelledby='f-tag']//ul[@class='values']//a[not(@aria-current)]")[0]
    assert other.get("href").endswith("&toustags=1")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("acces@exemple.fr", ["mailto:acces@exemple.fr"]),
        ("https://exemple.fr/ecrire", ["https://exemple.fr/ecrire"]),
        ("le 01 23 45 67 89", []),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_whom_to_tell_of_a_fault(archive: Path, contact: str, link: list[str]) -> None:
    app = create_app({"MANCHETTE_INDEX_DIR": str(archive), "MANCHETTE_CONTACT": contact})
    page = parsed(app.test_client().get("/accessibilite"))
    report = page.xpath("//section[@aria-labelledby='x-s']")[0]
    assert report.xpath(".//a/@href") == link
    assert contact in text(report)


def test_pages_link_to_each_other(client: FlaskClient) -> None:
    for url in ("/", "/personnes", "/?q=espace", "/aide"):
        footer = parsed(client.get(url)).xpath("//footer//a/@href")
        assert {"/aide", "/personnes", "/tags", "/accessibilite"} <= set(footer)
