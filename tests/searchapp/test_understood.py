"""What the page says of how a search was read, and the links that undo it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import unquote, urlencode

import pytest
from flask.testing import FlaskClient
from web_pages import parsed, texts

from indexer import Article, Index, Kind, Notice
from searchapp import create_app
from searchapp.sentences import SENTENCES, relaxed

CASES = tomllib.loads(Path(__file__).with_name("understood.toml").read_text(encoding="utf-8"))["case"]
ARTICLES = [
    *(
        Article(
            id=f"mairie/{n}",
            title=f"Anne Hidalgo à la mairie, jour {n}",
            body="Paris et Lyon attendent.",
            tags=("ville",),
        )
        for n in range(3)
    ),
    Article(id="rosetta", title="Rosetta, la sonde", body="Elle se pose."),
    Article(id="visite", title="Rosetta exposée", body="À la mairie, le coronavirus n’arrête personne."),
    Article(id="nations", title="Les Nations unies votent", body="Une résolution."),
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("city")
    Index.rebuild(folder, ARTICLES, engine="memory", persons="off")
    return create_app({"MANCHETTE_INDEX_DIR": str(folder), "TESTING": True}).test_client()


@pytest.mark.parametrize("case", CASES, ids=[case.get("words") or case["query"] for case in CASES])
def test_what_is_said(city: FlaskClient, case: dict[str, str | list[str]]) -> None:
    query = str(case.get("query") or "?" + urlencode({"q": case["words"]}))
    page = parsed(city.get(f"/{query}"))
    labels = texts(page, "//div[@class='grasp']//dt")
    sentences = texts(page, "//div[@class='grasp']//dd")
    assert [f"{label} : {text}" for label, text in zip(labels, sentences, strict=True)] == case["said"]
    links = page.xpath("//div[@class='grasp']//dd/a/@href")
    assert [unquote(link.removeprefix("/")) for link in links] == case.get("links", [])
    for link in links:
        parsed(city.get(link))


def test_there_is_a_sentence_for_each_kind_of_notice() -> None:
    assert set(Kind) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("found", "words", "sentence"),
    [
        (0, 2, "Aucun article n’a ces deux mots ; voici ceux qui ont l’un ou l’autre."),
        (0, 3, "Aucun article n’a la plupart de ces mots ; voici ceux qui en ont une partie."),
        (1, 3, "Un seul article a la plupart de ces mots ; ceux qui en ont moins sont là aussi."),
        (12, 2, "12 articles ont ces deux mots ; ceux qui en ont moins sont là aussi."),
        (1234, 4, "1\u202f234 articles ont la plupart de ces mots ; ceux qui en ont moins sont là aussi."),
    ],
)
def test_a_wider_search_is_said_in_words(found: int, words: int, sentence: str) -> None:
    said = relaxed(Notice(Kind.RELAXED, (str(found),)), words)
    assert said == sentence.replace(" ;", "\u202f;").replace(" articles ", "\u00a0articles ")
