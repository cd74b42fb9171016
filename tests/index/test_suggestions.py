"""Suggestions: kinds, and tags and persons by how often and how late they were in the news."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Article, Index, Suggestion
from tests.conftest import make_article


def tagged(tag: str, *days: str) -> list[Article]:
    return [
        make_article(f"{tag}/{day}", f"Brève du {day}", "Rien de plus.", day, tags=(tag,)) for day in days
    ]


def names(index: Index, prefix: str) -> list[str]:
    return [each.text for each in index.complete(prefix) if each.kind in ("tag", "person")]


def built(folder: Path, articles: list[Article], engine: str) -> Index:
    Index.rebuild(folder, articles, engine=engine, persons="off")
    return Index.open(folder)


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        pytest.param(1, 1, "cotes", id="of two as frequent the later one"),
        pytest.param(3, 2, "cotes", id="a little less frequent, but of late"),
        pytest.param(5, 2, "cotations", id="recency at most doubles"),
    ],
)
def test_frequent_ones_first_and_recent_ones_gain(
    tmp_path: Path, engine: str, old: int, new: int, first: str
) -> None:
    articles = [
        *tagged("cotations", *[f"2012-03-{day:02}" for day in range(1, old + 1)]),
        *tagged("cotes", *[f"2020-03-{day:02}" for day in range(1, new + 1)]),
    ]
    assert names(built(tmp_path, articles, engine), "cot")[0] == first


def test_undated_ones_gain_nothing(tmp_path: Path, engine: str) -> None:
    undated = [make_article(f"u{n}", f"Note {n}", tags=("notes",)) for n in range(3)]
    index = built(tmp_path, [*undated, *tagged("notaires", "2020-03-01", "2020-03-02")], engine)
    assert names(index, "not") == ["notaires", "notes"]


def test_an_update_moves_what_is_recent(tmp_path: Path, engine: str) -> None:
    old, new = tagged("cotations", "2012-03-01", "2012-03-02"), tagged("cotes", "2020-03-01")
    late = tagged("cotations", "2020-05-01")
    other = tagged("divers", "2020-05-02")
    index = built(tmp_path, [*old[:1], *new, *other], engine)
    assert names(index, "cot") == ["cotes", "cotations"]
    Index.update(tmp_path, [*old[:1], *late, *new, *other])
    assert names(index, "cot") == ["cotations", "cotes"]
    Index.update(tmp_path, [*old[:1], *new, *other])
    assert names(index, "cot") == ["cotes", "cotations"]


def test_a_word_is_spelt_as_articles_spell_it(tmp_path: Path, engine: str) -> None:
    articles = [
        make_article("a", "Écoles fermées", "Les écoles de Paris, et l’école du Mans."),
        make_article("b", "Le Mans en fête", "Une hausse à l’école. Les Élysées."),
    ]
    index = built(tmp_path, articles, engine)
    assert Suggestion("écoles", "word", 1) in index.complete("ecol")
    assert Suggestion("école", "word", 2) in index.complete("ECOL")
    assert Suggestion("Mans", "word", 2) in index.complete("man")
    assert Suggestion("Élysées", "word", 1) in index.complete("elys")
