"""Why a result: what is said of each word, the same on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Article, Index, Reason, hit_row
from tests.conftest import ENGINES, make_article

ARTICLES = [
    make_article(
        "maire",
        "Hidalgo réélue maire de Paris",
        "Anne Hidalgo est réélue. Les maires de France la saluent.",
        "2020-06-28",
        tags=("municipales", "Paris"),
        persons=("Anne Hidalgo",),
        caption="La maire devant l’Hôtel de Ville.",
        section="France",
        author="Paul Roy",
    ),
    make_article("velo", "Des pistes à vélo", "Hidalgo ouvre des pistes cyclables à Paris.", "2020-07-01"),
    make_article("budget", "Le budget de la ville", "Hidalgo est suivie, deux maires non.", "2020-07-02"),
    make_article("sante", "L’OMS alerte", "Le virus circule, dit l’OMS.", "2020-07-03"),
    make_article(
        "bilan",
        "Bilan d’une épidémie",
        "Selon l’Organisation mondiale de la santé, le virus recule.",
        "2020-07-04",
    ),
]

SEARCHES = [
    "hidlago maire",
    "maire paris",
    "OMS virus",
    "titre:pistes paris",
    "personne:hidalgo tag:paris section:france auteur:roy",
    '"maire de paris" réélu*',
    "hidaglo~ ville",
    "cyclable OU (budget -vélo)",
]


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return build(tmp_path, request.param)


def build(folder: Path, engine: str) -> Index:
    Index.rebuild(folder, ARTICLES, engine=engine, persons="off")
    return Index.open(folder)


def why(index: Index, words: str, id: str) -> tuple[Reason, ...]:
    return next(hit.why for hit in index.search(words).hits if hit.article.id == id)


def test_reasons_are_the_same_on_every_engine(tmp_path: Path) -> None:
    indexes = [build(tmp_path / engine, engine) for engine in ENGINES]
    for words in SEARCHES:
        first, *others = [
            {hit.article.id: (hit.why, hit.title, hit.snippet) for hit in index.search(words).hits}
            for index in indexes
        ]
        assert first, words
        assert all(other == first for other in others), words
    for index in indexes:
        index.close()


def test_places_forms_and_shares(index: Index) -> None:
    maire, paris = why(index, "maire paris", "maire")
    assert (maire.title, maire.text, maire.caption, maire.tags) == (1, 1, 1, 0)
    assert (maire.exact, maire.forms, maire.via) == (True, ("maires",), ())
    assert (paris.title, paris.text, paris.tags, paris.forms) == (1, 0, 1, ())
    assert maire.share + paris.share == pytest.approx(1)
    inflected, _ = why(index, "maire budget", "budget")
    assert (inflected.exact, inflected.forms) == (False, ("maires",))


def test_a_correction_is_told_from_a_synonym(index: Index) -> None:
    corrected, _ = why(index, "hidlago paris", "velo")
    assert (corrected.word, corrected.spellings, corrected.synonyms) == ("hidlago", ("Hidalgo",), ())
    assert (corrected.text, corrected.exact, corrected.forms) == (1, False, ())
    synonym, virus = why(index, "OMS virus", "bilan")
    assert (synonym.spellings, synonym.synonyms) == ((), ("Organisation mondiale de la santé",))
    assert 0 < synonym.share < 1
    assert virus.exact
    typed, _ = why(index, "OMS virus", "sante")
    assert (typed.exact, typed.via) == (True, ())


def test_what_was_found_by_a_correction_or_a_synonym_is_marked(index: Index) -> None:
    marked = {hit.article.id: (hit.title, hit.snippet) for hit in index.search("hidlago paris").hits}
    assert marked["maire"][0] == "<mark>Hidalgo</mark> réélue maire de <mark>Paris</mark>"
    assert "<mark>Hidalgo</mark> ouvre" in marked["velo"][1]
    snippets = {hit.article.id: hit.snippet for hit in index.search("OMS virus").hits}
    assert "<mark>Organisation mondiale de la santé</mark>, le <mark>virus</mark>" in snippets["bilan"]


def test_a_word_of_a_field_is_looked_for_there_alone(index: Index) -> None:
    (title,) = why(index, "titre:pistes", "velo")
    assert (title.title, title.text) == (1, 0)
    reasons = why(index, "personne:hidalgo tag:paris section:france auteur:roy", "maire")
    counted = [(r.persons, r.tags, r.section, r.author, r.title, r.text) for r in reasons]
    assert counted == [(1, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0), (0, 0, 1, 0, 0, 0), (0, 0, 0, 1, 0, 0)]
    assert sum(reason.share for reason in reasons) == pytest.approx(1)


def test_the_json_of_a_reason_names_all_of_it(index: Index) -> None:
    hit = next(hit for hit in index.search("hidlago paris").hits if hit.article.id == "velo")
    assert hit_row(hit)["why"][0] == {
        "word": "hidlago",
        "title": 0,
        "text": 1,
        "caption": 0,
        "tags": 0,
        "persons": 0,
        "section": 0,
        "author": 0,
        "exact": False,
        "forms": [],
        "spellings": ["Hidalgo"],
        "synonyms": [],
        "share": round(hit.why[0].share, 3),
    }


def test_without_words_there_is_nothing_to_say(index: Index) -> None:
    assert isinstance(index.search().hits[0].article, Article)
    assert all(hit.why == () for hit in index.search("date:2020").hits)
