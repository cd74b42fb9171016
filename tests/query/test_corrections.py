"""Corrections: what was typed is read as what was meant, on every engine alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import Index, Kind
from tests.conftest import ENGINES, make_article

TABLE = tomllib.loads(Path(__file__).with_name("corrections.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=ENGINES)
def corrected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("corrected")
    titles = [title for title, times in TABLE["titles"].items() for _ in range(times)]
    articles = [make_article(f"a{at}", title) for at, title in enumerate(titles)]
    Index.rebuild(folder, articles, engine=request.param, persons="off")
    index = Index.open(folder)
    yield index
    index.close()


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["words"])
def test_words_are_read_as_they_were_meant(corrected: Index, case: dict[str, Any]) -> None:
    results = corrected.search(case["words"], synonyms=False)
    read = dict(notice.words for notice in results.notices if notice.kind is Kind.CORRECTED)
    assert read == case["read"]
    if read:
        assert results.total


def test_a_quotation_is_left_alone_where_spelling_is_off(corrected: Index) -> None:
    assert corrected.search('"atant en emporte le vent"', spelling=False).total == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_of_the_dictionary_that_one_article_has_is_offered(tmp_path: Path, engine: str) -> None:
    titles = ("Un atterrissage sur la comète", "La sonde Rozeta", "La pluie sur Lille")
    articles = [make_article(f"a{at}", title) for at, title in enumerate(titles)]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    index = Index.open(tmp_path)
    assert index.search("atterrisage").total == 0
    assert [(each.text, each.articles) for each in index.spellings("atterrisage")] == [("atterrissage", 1)]
    assert index.spellings("Rozetta") == ()  # no word of the dictionary: more likely misspelt than meant
    index.close()
