"""The results before and after an article, and the page of its story."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from web_pages import Builder, parsed, text, texts

from indexer import Article
from searchapp import create_app

PARIS = ZoneInfo("Europe/Paris")
SERIES = [
    Article(
        id=f"n{day:02}",
        title=f"Marée du {day}",
        body="La marée monte.",
        published=datetime(2020, 3, day, tzinfo=PARIS),
        tags=("mer",),
    )
    for day in range(1, 26)
]


@pytest.fixture
def client(build: Builder) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(build(SERIES)), "TESTING": True}).test_client()


def test_every_result_leads_to_the_next_across_pages(client: FlaskClient) -> None:
    """From the first to the last and back: as the list has them, each with its page."""
    state = "tag=mer&tri=anciens"
    link = parsed(client.get(f"/?{state}")).xpath("//h3/a/@href")[0]
    met = []
    while True:
        page = parsed(client.get(link))
        met.append(text(page.xpath("//h1")[0]))
        place = len(met)
        assert texts(page, "//nav[@class='trail']/span") == [f"article {place} sur 25"]
        back = page.xpath("string(//nav[@class='trail']/a/@href)")
        assert back == f"/?{state}" + (f"&page={(place - 1) // 10 + 1}" if place > 10 else "")
        assert texts(page, "//a[@rel='prev']/span") == (
            [f"Résultat précédent, {place - 1} sur 25"] if place > 1 else []
        )
        assert texts(page, "//a[@rel='prev']/b") == met[-2:-1]
        following = page.xpath("//nav[@class='turn']/a[@rel='next']")
        if not following:
            break
        assert text(following[0].xpath("span")[0]) == f"Résultat suivant, {place + 1} sur 25"
        link = following[0].get("href")
    assert met == [each.title for each in SERIES]


@pytest.mark.parametrize(
    "query", ["", "?page=2&tag=mer&tri=anciens", "?q=zorglub", "?q=maree&page=900", "?lang=en"]
)
def test_none_without_a_search_or_where_it_is_not_on_its_page(client: FlaskClient, query: str) -> None:
    page = parsed(client.get(f"/article/n01{query}"))
    assert not page.xpath("//nav[@class='turn'] | //nav[@class='trail']/span[@class='n']")


def test_what_is_not_marked_stays_so_with_the_next(client: FlaskClient) -> None:
    page = parsed(client.get("/article/n02?q=marée&tri=anciens&surligner=0"))
    (link,) = page.xpath("//nav[@class='turn']/a[@rel='next']/@href")
    assert link == "/article/n03?q=mar%C3%A9e&tri=anciens&surligner=0"
    assert not parsed(client.get(link)).xpath("//mark")


def story(build: Builder, days: int) -> FlaskClient:
    body = "Le volcan du Karthala gronde et les habitants de Moroni quittent les pentes."
    words = ("lave", "route", "mer", "calme", "pluie", "école", "port", "avion", "fumée", "retour", "vent")
    articles = [
        Article(
            id=f"j{n}",
            title=f"Karthala, jour {n}",
            lede="Un chapô." if n == 1 else "",
            body=f"{body} Suite {n} : {words[n - 1]}, {words[n - 1]}.",
            published=datetime(2021, 1, 25 + n, tzinfo=PARIS)
            if n < 7
            else datetime(2021, 2, n - 6, tzinfo=PARIS),
            section="Monde",
            tags=("volcan",),
            persons=("Ana Lee",) if n < 3 else (),
        )
        for n in range(1, days + 1)
    ]
    return create_app({"MANCHETTE_INDEX_DIR": str(build(articles)), "TESTING": True}).test_client()


def test_the_story_page(build: Builder) -> None:
    client = story(build, 11)
    article = parsed(client.get("/article/j9"))
    assert len(article.xpath("//ol[@class='story']/li")) == 8
    (link,) = article.xpath("//section[@aria-labelledby='a-s']/p/a/@href")
    assert texts(article, "//section[@aria-labelledby='a-s']/p") == ["Toute l’histoire (11 articles)"]
    page = parsed(client.get(link))
    assert texts(page, "//main//h2")[:2] == ["janvier 2021", "février 2021"]
    assert texts(page, "//ol[@class='hits']//h3") == [f"Karthala, jour {n}" for n in range(1, 12)]
    assert page.xpath("//li[@aria-current='true']//h3/a/@href") == ["/article/j9"]
    assert "du 26 janvier 2021 au 5 février 2021" in text(page.xpath("//main")[0])
    assert texts(page, "//section[@aria-labelledby='s-p']//li") == ["Ana Lee 2 articles"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//nav[@class='trail']/a/@href") == ["/article/j9"]


def test_no_story_no_page(build: Builder, client: FlaskClient) -> None:
    parsed(story(build, 3).get("/histoire/j1"), 404)
    parsed(client.get("/histoire/aucun"), 404)
