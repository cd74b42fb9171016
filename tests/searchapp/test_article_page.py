"""The article page: its text, its links, and what leads on from it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from web_pages import Builder, parsed, text, texts

from indexer import Article, Index
from searchapp import create_app

PARIS = ZoneInfo("Europe/Paris")

ACCORD = Article(
    id="climat/accord",
    title="195 États adoptent l’accord de Paris",
    lede="Deux semaines de négociations : un texte.",
    body="Le marteau n’a frappé qu’une fois.\n\nLe climat est en jeu ; l’accord aussi.",
    published=datetime(2015, 12, 12, 19, 27, tzinfo=PARIS),
    section="Environnement",
    tags=("COP21", "climat"),
    persons=("Laurent Fabius",),
    author="Claire Vasseur",
    source="Agence",
    url="https://exemple.fr/accord",
    caption="La salle du Bourget.",
    credit="C. Vasseur",
    read_also=("De Rio à Paris", "Un titre inconnu"),
)
RIO = Article(
    id="rio",
    title="De Rio à Paris",
    body="Vingt-trois ans de sommets sur le climat.",
    published=datetime(2015, 12, 1, tzinfo=PARIS),
    section="Environnement",
    tags=("COP21",),
)
SHORT = Article(id="bref", title="En bref")


def serve(build: Builder, *articles: Article) -> FlaskClient:
    return create_app({"MANCHETTE_INDEX_DIR": str(build(articles)), "TESTING": True}).test_client()


def test_all_parts_of_an_article(build: Builder) -> None:
    page = parsed(serve(build, ACCORD, RIO).get("/article/climat/accord"))
    assert text(page.xpath("//h1")[0]) == "195 États adoptent l’accord de Paris"
    assert texts(page, "//p[@class='lede']") == ["Deux semaines de négociations : un texte."]
    assert texts(page, "//div[@class='body']/p") == [
        "Le marteau n’a frappé qu’une fois.",
        "Le climat est en jeu ; l’accord aussi.",
    ]
    assert texts(page, "//div[@class='by']/*") == [
        "12 décembre 2015 à 19 h 27",
        "Claire Vasseur",
        "Agence",
        "1 min de lecture",
        "Article d’origine",
    ]
    assert text(page.xpath("//figcaption")[0]) == "La salle du Bourget."
    assert texts(page, "//figure/p") == ["Photo : C. Vasseur. L’image n’est pas conservée dans les archives."]
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://localhost/article/climat/accord"]
    assert page.xpath("//p[@class='kick']/a/@href") == ["/?section=Environnement"]


def test_the_spaces_of_the_newspaper_stay_as_they_are(build: Builder) -> None:
    page = parsed(serve(build, ACCORD).get("/article/climat/accord"))
    assert page.xpath("string(//p[@class='lede'])") == "Deux semaines de négociations : un texte."


def test_persons_and_tags_have_counts(build: Builder) -> None:
    page = parsed(serve(build, ACCORD, RIO).get("/article/climat/accord"))
    assert texts(page, "//section[@aria-labelledby='a-p']//li") == ["Laurent Fabius 1 article"]
    assert texts(page, "//section[@aria-labelledby='a-t']//li") == ["COP21 2 articles", "climat 1 article"]
    assert page.xpath("//section[@aria-labelledby='a-t']//a/@href") == ["/tag/COP21", "/tag/climat"]


def test_read_also_links_what_the_index_has(build: Builder) -> None:
    page = parsed(serve(build, ACCORD, RIO).get("/article/climat/accord"))
    first, second = page.xpath("//section[@aria-labelledby='a-l']//li")
    assert first.xpath("a/@href") == ["/article/rio"]
    assert "1er décembre 2015, Environnement" in text(first)
    assert not second.xpath(".//a")
    assert "Un titre inconnu" in text(second)


def test_related_articles_have_a_reason(client: FlaskClient, archive_index: Index) -> None:
    hits = archive_index.search("Thomas Pesquet", size=1).hits
    page = parsed(client.get(f"/article/{hits[0].article.id}"))
    related = page.xpath("//section[@aria-labelledby='a-r']//li")
    assert 1 <= len(related) <= 6
    for each in related:
        assert texts(each, "p[@class='because']")
        parsed(client.get(each.xpath("a/@href")[0]))


def test_what_the_newsroom_named_is_not_found_again(client: FlaskClient) -> None:
    """Neither list repeats the other."""
    page = parsed(client.get("/article/pages/sciences/20161118-pesquet-decolle-de-baikonour"))
    chosen = set(page.xpath("//section[@aria-labelledby='a-l']//a/@href"))
    found = page.xpath("//section[@aria-labelledby='a-r']//a/@href")
    assert chosen
    assert len(found) == 6
    assert not chosen & set(found)


def test_related_articles_are_others_than_those_of_the_chronology(build: Builder) -> None:
    text_of = "Le volcan du Karthala gronde et les habitants de Moroni quittent les pentes."
    more = ("La lave avance sur la forêt.", "La route du nord ferme.", "La mer fume.", "Le calme revient.")

    def one(id: str, month: int, day: int, body: str) -> Article:
        at = datetime(2021, month, day, tzinfo=PARIS)
        return Article(id=id, title=f"Karthala {id}", body=body, published=at, tags=("Karthala",))

    story = [one(f"j{n}", 2, n, f"{text_of} {more[n - 1]}") for n in range(1, 5)]
    long_after = [
        one(f"an{n}", 6 + 2 * n, 1, f"Le Karthala vu par {who}, des années de patience et de carnets {n}.")
        for n, who in enumerate(("un géologue", "une peintre", "un berger"))
    ]

    def found(*articles: Article) -> tuple[set[str], set[str]]:
        page = parsed(serve(build, *articles).get("/article/j2"))
        sections = (page.xpath(f"//section[@aria-labelledby='a-{each}']//a/@href") for each in "sr")
        told, related = map(set, sections)
        return told, related

    told, related = found(*story, *long_after)
    assert {"/article/j1", "/article/j3", "/article/j4"} <= told
    assert related == {f"/article/an{n}" for n in range(3)}
    # With nothing else the list repeats them.
    told, related = found(*story, long_after[0])
    assert related & told


def test_the_trail_leads_back_to_the_search(build: Builder) -> None:
    client = serve(build, ACCORD, RIO)
    results = parsed(client.get("/?q=accord+climat&tag=COP21&tri=recents"))
    link = results.xpath("//h3/a/@href")[0]
    page = parsed(client.get(link))
    assert page.xpath("//nav[@class='trail']/a/@href") == ["/?q=accord%20climat&tag=COP21&tri=recents"]
    assert text(page.xpath("//nav[@class='trail']/a")[0]) == "Retour aux résultats pour « accord climat »"
    assert "noindex" not in page.xpath("string(//meta[@name='robots']/@content)")


def test_words_of_the_search_are_marked_until_one_says_no(build: Builder) -> None:
    client = serve(build, ACCORD)
    page = parsed(client.get("/article/climat/accord?q=accord"))
    assert texts(page, "//p[@class='lit']//mark") == ["accord"]
    assert page.xpath("//h1/mark")
    (unlit,) = page.xpath("//p[@class='lit']/a/@href")
    plain = parsed(client.get(unlit))
    assert not plain.xpath("//mark")
    assert plain.xpath("//nav[@class='trail']/a/@href") == ["/?q=accord"]


def test_an_article_of_which_little_is_known(build: Builder) -> None:
    page = parsed(serve(build, SHORT).get("/article/bref"))
    assert texts(page, "//div[@class='by']/span") == ["Sans date", "1 min de lecture"]
    assert not page.xpath("//figure | //nav[@class='turn']")
    assert page.xpath("//section/@aria-labelledby") == ["a-c"]
    assert text(page.xpath("//nav[@class='trail']")[0]) == "Tous les articles"


def test_an_unknown_article_is_404(build: Builder) -> None:
    client = serve(build, SHORT)
    page = parsed(client.get("/article/aucun"), 404)
    assert text(page.xpath("//h1")[0]) == "Page introuvable"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_story_of_an_article_is_a_chronology(build: Builder) -> None:
    text_of = "Le volcan du Karthala gronde et les habitants de Moroni quittent les pentes. "
    more = ("la lave avance.", "la route ferme.", "la mer fume.", "le calme.")
    days = [
        Article(
            id=f"j{n}",
            title=f"Karthala, jour {n}",
            body=f"{text_of}Suite {n} : {more[n - 1]}",
            published=datetime(2021, 2, n, tzinfo=PARIS),
        )
        for n in range(1, 5)
    ]
    client = serve(build, *days, SHORT)
    page = parsed(client.get("/article/j2"))
    chapters = page.xpath("//section[@aria-labelledby='a-s']/ol/li")
    assert [each.xpath("string(time/@datetime)") for each in chapters] == [
        f"2021-02-0{n}" for n in range(1, 5)
    ]
    assert [bool(each.xpath("@aria-current")) for each in chapters] == [False, True, False, False]
    assert chapters[0].xpath("a/@href") == ["/article/j1"]
    assert not chapters[1].xpath("a")
    assert [each["id"] for each in client.get("/api/v1/articles/j2/story").get_json()] == [
        "j1",
        "j2",
        "j3",
        "j4",
    ]
    assert not parsed(client.get("/article/bref")).xpath("//section[@aria-labelledby='a-s']")
