"""The results page: what it shows, and where its links lead."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_pages import Builder, parsed, text, texts

from indexer import Article
from searchapp import create_app

PARIS = ZoneInfo("Europe/Paris")

CLIMATE = [
    Article(
        id=f"climat/{number}",
        title=f"Climat, épisode {number}",
        lede="Un accord est trouvé.",
        body="Le texte fixe un plafond.\n\nIl sera révisé.",
        published=datetime(2014 + number % 3, 1 + number % 12, 2, tzinfo=PARIS) if number % 7 else None,
        section="Monde" if number % 2 else "Environnement",
        tags=("COP21", "climat") if number % 2 else ("climat",),
        persons=("Laurent Fabius",) if number % 3 else ("Xi Jinping", "Laurent Fabius"),
    )
    for number in range(1, 31)
]


@pytest.fixture
def climate(build: Builder) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(build(CLIMATE)), "TESTING": True}).test_client()


def test_the_page_of_all_articles_shows_them_newest_first(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?tri=recents"))
    assert text(page.xpath("//h1")[0]) == "30 articles dans les archives"
    assert texts(page, "//section[@class='facet']/h3") == ["Personnes", "Tags", "Date", "Sections"]
    assert len(page.xpath("//article")) == 10
    days = page.xpath("//article//time/@datetime")
    assert days == sorted(days, reverse=True)
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://localhost/?tri=recents"]
    assert texts(page, "//nav[@aria-label='Tri']//a") == ["plus récents", "plus anciens"]


def test_total_status_words_and_period(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord"))
    assert text(page.xpath("//h1")[0]) == "30 articles pour « accord »"
    assert text(page.xpath("//h1/b[@role='status']")[0]) == "30 articles"
    assert text(page.xpath("//h1/following-sibling::p")[0]) == "de janvier 2014 à décembre 2016, 4 sans date"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//input[@name='q']/@value")[0] == "accord"
    assert texts(page, "//nav[@aria-label='Tri']//a[@aria-current]") == ["pertinence"]


def test_filters_come_before_results(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord"))
    order = page.xpath("//*[@id='filters' or @id='results']/@id")
    assert order == ["filters", "results"]
    assert not page.xpath("//details[contains(@class, 'drawer')]/@open")


def test_a_facet_keeps_its_siblings_and_counts_all_matches(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord&personne=Xi+Jinping"))
    persons = page.xpath("//section[@aria-labelledby='f-person']/ul[@class='values']/li")
    assert texts(page, "//section[@aria-labelledby='f-person']//li/a/span[@class='v']") == [
        "Retirer Xi Jinping",
        "Laurent Fabius",
    ]
    assert [text(each.xpath(".//span[@class='n']")[0]) for each in persons] == ["10 articles", "30 articles"]
    assert page.xpath("//section[@aria-labelledby='f-person']/ul[@class='values']//a/@aria-current") == [
        "true"
    ]
    assert set(page.xpath("//section[@class='facet']//a/@rel")) == {"nofollow"}


def test_values_of_a_facet_add_up_and_facets_cut_down(climate: FlaskClient) -> None:
    def total(query: str) -> str:
        return text(parsed(climate.get(query)).xpath("//h1/b")[0])

    assert total("/?tag=COP21") == "15 articles"
    assert total("/?section=Monde&section=Environnement") == "30 articles"
    assert total("/?tag=COP21&section=Environnement") == "0 article"
    assert total("/?tag=COP21&personne=Xi+Jinping") == "5 articles"


def test_chips_take_one_filter_away(climate: FlaskClient) -> None:
    url = "/?q=accord&personne=xi+jinping&tag=COP21&du=2015&au=2015&sansdate=1&page=1"
    page = parsed(climate.get(url))
    chips = {text(link): link.get("href") for link in page.xpath("//ul[@class='chips']//a")}
    assert chips == {
        "Retirer le filtre Personne : Xi Jinping ×": (
            "/?q=accord&tag=COP21&du=2015-01-01&au=2015-12-31&sansdate=1"
        ),
        "Retirer le filtre Tag : COP21 ×": (
            "/?q=accord&personne=xi%20jinping&du=2015-01-01&au=2015-12-31&sansdate=1"
        ),
        "Retirer le filtre Date : 2015 ×": "/?q=accord&personne=xi%20jinping&tag=COP21&sansdate=1",
        "Retirer le filtre Date : sans date ×": (
            "/?q=accord&personne=xi%20jinping&tag=COP21&du=2015-01-01&au=2015-12-31"
        ),
        "Tout effacer": "/?q=accord",
    }


def test_years_months_and_the_undated(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord&du=2015&au=2015"))
    years = page.xpath("//ol[@class='years']//a")
    assert [text(each.xpath("span")[0]) for each in years] == ["2014", "Retirer 2015", "2016"]
    assert years[0].get("href") == "/?q=accord&du=2014-01-01&au=2014-12-31"
    assert years[1].get("href") == "/?q=accord"
    assert len(page.xpath("//ol[@class='months']/li")) == 12
    months = page.xpath("//ol[@class='months']//a")
    assert months
    assert all("du=2015-" in month.get("href") for month in months)
    (undated,) = page.xpath("//section[@aria-labelledby='f-date']//ul[@class='values']//a")
    assert text(undated) == "Sans date 4 articles"
    assert undated.get("href") == "/?q=accord&du=2015-01-01&au=2015-12-31&sansdate=1"
    assert page.xpath("//input[@id='du']/@value") == ["1/1/2015"]
    assert page.xpath("//input[@id='au']/@value") == ["31/12/2015"]


def test_a_chosen_month_can_be_left_again(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?du=2015-02&au=2015-02"))
    (month,) = page.xpath("//ol[@class='months']//a[@aria-current]")
    assert month.get("href") == "/?tri=recents"
    assert text(page.xpath("//h1/following-sibling::p")[0]) == "en février 2015"


def test_a_chosen_value_without_articles_stays_and_can_go(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord&tag=COP21&tag=Inconnu"))
    first, second, *_ = page.xpath("//section[@aria-labelledby='f-tag']/ul[@class='values']/li/a")
    assert {text(first), text(second)} == {"Retirer COP21 15 articles", "Retirer Inconnu 0 article"}


def test_persons_and_tags_of_a_hit_toggle_their_filter(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord&tag=COP21"))
    hit = page.xpath("//article")[0]
    links = {text(link): link for link in hit.xpath(".//div[@class='refs']//a")}
    assert links["Retirer COP21"].get("aria-current") == "true"
    assert links["Retirer COP21"].get("href") == "/?q=accord"
    assert links["climat"].get("href") == "/?q=accord&tag=COP21&tag=climat"
    assert hit.xpath(".//h3/a//mark | .//p[@class='snip']//mark")


def test_pages_are_links(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?page=2"))
    assert texts(page, "//nav[@class='pager']//ol//a") == ["Page 1", "Page 2", "Page 3"]
    assert page.xpath("//nav[@class='pager']//a[@aria-current]/@href") == ["/?page=2"]
    assert page.xpath("//a[@rel='prev']/@href") == ["/?tri=recents"]
    assert page.xpath("//a[@rel='next']/@href") == ["/?page=3"]
    seen = [
        link
        for number in (1, 2, 3)
        for link in parsed(climate.get(f"/?tri=recents&page={number}")).xpath("//h3/a/text()")
    ]
    assert len(set(seen)) == 30


def test_a_page_beyond_the_last_shows_the_last_and_says_so(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?page=500"))
    assert texts(page, "//div[@class='grasp']//dd") == ["« 500 » : la dernière page est la 3."]
    assert page.xpath("//nav[@class='pager']//a[@aria-current]/@href") == ["/?page=3"]


def test_what_was_understood_is_said(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=le+accord&du=31/02/2018&page=abc"))
    labels = texts(page, "//div[@class='grasp']//dt")
    assert labels == ["Date de début", "Page", "Mot ignoré"]
    said = texts(page, "//div[@class='grasp']//dd")
    assert said[0] == "« 31/02/2018 » : date illisible, écrivez par exemple 18/11/2018."
    assert said[2] == "« le ». L’exiger"
    assert page.xpath("//div[@class='grasp']//dd/a/@href") == ["/?q=%22le%22%20accord"]


def test_corrections_and_synonyms_are_said_and_can_be_undone(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=acord"))
    assert "« acord » lu comme « accord »." in texts(page, "//div[@class='grasp']//dd")[0]
    undo = page.xpath("//div[@class='grasp']//dd/a/@href")
    assert "/?q=acord&telquel=1" in undo
    as_typed = parsed(climate.get("/?q=acord&telquel=1"))
    assert "/?q=acord" in as_typed.xpath("//div[@class='grasp']//dd/a/@href")
    plain = parsed(climate.get("/?q=accord&synonymes=non"))
    assert texts(plain, "//div[@class='grasp']//dd") == ["Laissés de côté. Avec synonymes"]


def test_each_hit_says_why(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accords+climat&synonymes=non"))
    first = page.xpath("//article[@class='result']")[0]
    assert texts(first, ".//details[@class='why']//dt") == ["accords", "climat", "Score"]
    reasons = texts(first, ".//details[@class='why']//dd")
    assert all("du score" in reason for reason in reasons[:2])
    assert re.fullmatch(r"\d+,\d", reasons[2])
    hostile = climate.get("/?q=<script>alert(1)</script>+climat").get_data(as_text=True)
    assert "<script>alert" not in hostile


def test_nothing_found_helps(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=%22est+trouvé%22+zorglub+-texte&tag=COP21&section=Environnement"))
    assert text(page.xpath("//h1")[0]) == '0 article pour « "est trouvé" zorglub -texte »'
    chips = texts(page, "//section[@aria-labelledby='n-f']//li")
    assert [chip.rpartition("×")[0].strip() for chip in chips[:2]] == [
        "Retirer le filtre Tag : COP21",
        "Retirer le filtre Section : Environnement",
    ]
    words = page.xpath("//section[@aria-labelledby='n-w']//tbody/tr")
    assert [texts(each, "*") for each in words] == [['"est trouvé"', "30", "0"], ["zorglub", "0", "0"]]
    assert words[0].xpath(".//a/@href") == ["/?q=%22est%20trouv%C3%A9%22"]
    assert page.xpath("//section[@aria-labelledby='n-s']")


def test_an_archive_where_a_filter_finds_nothing_offers_its_removal(climate: FlaskClient) -> None:
    page = parsed(climate.get("/?q=accord&tag=Inconnu"))
    assert texts(page, "//section[@aria-labelledby='n-f']//li") == [
        "Retirer le filtre Tag : Inconnu × 30 articles"
    ]


def test_the_form_of_a_facet_carries_everything_along(build: Builder) -> None:
    articles = [Article(id=f"{n}", title=f"T {n}", tags=(f"tag {n}", "tous")) for n in range(20)]
    client = create_app({"MANCHETTE_INDEX_DIR": str(build(articles))}).test_client()
    page = parsed(client.get("/?q=t&tag=tous&tri=anciens&page=2"))
    form = page.xpath("//form[.//input[@id='has-tag']]")[0]
    hidden = [(each.get("name"), each.get("value")) for each in form.xpath("input[@type='hidden']")]
    assert hidden == [("q", "t"), ("tag", "tous"), ("tri", "anciens")]
    assert form.get("action") == "/valeurs/tag"
    assert form.xpath(".//input[@id='has-tag']/@name") == ["contient"]
    more = page.xpath("//section[@aria-labelledby='f-tag']/a")[0]
    assert text(more) == "Plus de tags (13)"
    assert more.get("href") == "/valeurs/tag?q=t&tag=tous&tri=anciens"


def test_the_newest_of_the_corpus_fit_in_sixty_kilobytes(client: FlaskClient) -> None:
    for url in ("/", "/personnes", "/?q=france", "/?q=accord+climat&tag=climat&du=2015&au=2021"):
        answer = client.get(url)
        parsed(answer)
        assert len(answer.data) < 60_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["q", "tag", "personne", "section", "du", "au", "sansdate", "tri", "page", "taille"]
            ),
            st.one_of(
                st.text(st.characters(codec="utf-8"), max_size=20),
                st.sampled_from(["climat", '"prix nobel', "2018", "2018-11", "1", "-le", "recents", "99999"]),
            ),
        ),
        max_size=8,
    )
)
def test_any_query_string_gives_a_page(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    parsed(client.get("/", query_string=pairs))


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%00", "%", "&&&===", "q[]=1", "q=%ED%A0%80", "page=%"])
def test_broken_query_strings_give_a_page(client: FlaskClient, query: str) -> None:
    parsed(client.get(f"/?{query}"))
    parsed(client.get(f"/article/pages/sciences/20161118-pesquet-decolle-de-baikonour?{query}"))
