"""Related articles and stories, the same on every engine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from indexer import Article, Index
from indexer.dates import PARIS
from indexer.near_copies import NearCopies
from indexer.related import decay
from tests.conftest import make_article

VOLCANO = (
    "Le volcan du Karthala gronde depuis l’aube et les habitants de Moroni quittent les pentes. "
    "Une coulée de lave descend vers la mer, les secours ouvrent des abris. "
)
STRIKE = "Les dockers du port cessent le travail et demandent une hausse des salaires. "


def volcano(id: str, title: str, day: str, more: str, **fields: object) -> Article:
    return make_article(id, title, VOLCANO + more, day, **fields)


def articles() -> list[Article]:
    return [
        volcano("v1", "Le volcan Karthala gronde", "2021-02-01", "Les écoles ferment dans la capitale.",
                persons=("Azali Assoumani",), tags=("Comores", "volcan")),
        volcano("v2", "Karthala : la lave avance", "2021-02-03", "Une route est coupée près du village.",
                persons=("Azali Assoumani",), tags=("Comores",)),
        volcano("v3", "Karthala : la lave atteint la mer", "2021-02-06", "Les pêcheurs restent à quai.",
                tags=("Comores",)),
        volcano("v4", "Le Karthala se calme", "2021-02-20", "Les habitants rentrent chez eux."),
        volcano("old", "Le volcan Karthala s’éveille", "2007-01-12", "La cendre tombe sur les toits."),
        volcano("none", "Que sait-on du volcan Karthala ?", "", "Un dossier sans date."),
        make_article("strike", "Grève au port", STRIKE + "Le préfet reçoit les syndicats.", "2021-02-02"),
        make_article("strike2", "Le port bloqué", STRIKE + "Les cargos attendent au large.", "2021-02-04"),
        make_article("far", "Un match sans but", "Les équipes se quittent sans vainqueur.", "2021-02-02"),
    ]  # fmt: skip


@pytest.fixture
def built(tmp_path: Path, engine: str) -> Index:
    Index.rebuild(tmp_path, articles(), engine=engine, persons="off")
    return Index.open(tmp_path)


def test_the_same_articles_for_the_same_reasons(built: Index) -> None:
    found = {each.article.id: each for each in built.related("v1", 10)}
    assert list(found)[:2] == ["v2", "v3"]
    assert set(found) == {"v2", "v3", "v4", "old", "none"}
    assert found["v2"].reason == "même personne\u202f: Azali Assoumani"
    assert found["v3"].reason == "même sujet\u202f: Comores"
    assert found["v4"].reason.startswith("mots communs\u202f: ")
    assert {"Karthala", "Moroni"} & set(found["v4"].shared)
    assert [each.article.id for each in built.related("strike")] == ["strike2"]
    assert built.related("v1", 0) == ()


def test_an_old_article_stands_behind_a_new_one(built: Index) -> None:
    order = [each.article.id for each in built.related("v1", 10)]
    assert order.index("v4") < order.index("old")


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("2021-02-01", "2021-02-01", 1.0),
        ("2021-02-01", "2021-01-02", 0.7),
        ("2021-01-02", "2021-02-01", 0.7),
        ("2021-02-01", "", 0.7),
        ("2021-02-01", "1990-02-01", 0.4),
    ],
)
def test_the_distance_in_days_takes_up_to_three_fifths(first: str, second: str, left: float) -> None:
    one, two = make_article("a", "A", day=first), make_article("b", "B", day=second)
    assert decay(one, two) == pytest.approx(left, abs=0.001)


def test_a_text_that_is_not_in_the_index(built: Index) -> None:
    text = "À Moroni, la lave du Karthala menace la route, les habitants des pentes sont partis."
    found = built.related_to(text, title="Volcan", published=datetime(2021, 2, 3, tzinfo=PARIS), limit=3)
    assert {each.article.id for each in found} == {"v1", "v2", "v3"}
    assert {each.kind for each in found} == {"words"}
    assert built.related_to("") == ()
    assert built.related_to("xylophone") == ()
    assert "v1" not in {each.article.id for each in built.related_to(articles()[0].body, limit=9)}
    with pytest.raises(ValueError, match="zone"):
        built.related_to(text, published=datetime(2021, 2, 3))  # noqa: DTZ001


WORDS = [f"mot{n}" for n in range(60)]


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        (WORDS, True),
        ([*WORDS, "une", "phrase"], True),
        ([word.upper() for word in WORDS], True),
        ([*WORDS[:30], "autre", *WORDS[31:]], True),
        ([*WORDS, *(f"suite{n}" for n in range(30))], False),
        (list(reversed(WORDS)), False),
        ([], False),
    ],
)
def test_near_copies(other: list[str], copy: bool) -> None:
    known = NearCopies()
    assert known.add(" ".join(WORDS))
    assert known.add(" ".join(other)) is not copy


def test_a_story_is_in_the_order_of_dates(built: Index) -> None:
    story = built.story("v2")
    assert [each.article.id for each in story] == ["v1", "v2", "v3", "v4"]
    assert [each.article.id for each in story if each.current] == ["v2"]


def test_no_story_of_three_articles_without_date_or_of_another_event(built: Index) -> None:
    assert built.story("v2", limit=3) == ()
    assert built.story("strike") == ()
    assert built.story("none") == ()
    assert built.story("old") == ()
    assert built.story("rien") == ()
