"""What a facet says beside a value is what choosing the value leaves, however many words were let go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer import Index, Results, parse_period
from indexer.corpus import Corpus
from indexer.notices import Kind
from tests.conftest import ENGINES

CORPUS = Path(__file__).parent.parent.parent / "corpus"
QUERIES = 25


@pytest.fixture(scope="module", params=ENGINES)
def articles(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Give the index of the articles that ship, on each engine."""
    engine: str = request.param
    folder = tmp_path_factory.mktemp("choosing")
    Index.rebuild(folder, Corpus([CORPUS]), engine=engine, jobs=1)
    index = Index.open(folder)
    yield index
    index.close()


def queries(index: Index) -> list[str]:
    """Return words of different titles side by side, which hardly any article has all of."""
    drawn = random.Random(5)
    titles = [hit.article.title for hit in index.search(size=200).hits]
    words = sorted({word for title in titles for word in title.split() if len(word) > 4 and word.isalpha()})
    return [" ".join(drawn.sample(words, 4)) for _ in range(QUERIES)]


def chosen(index: Index, words: str, facet: str, value: str) -> Results:
    if facet == "date":
        period = parse_period(value)
        assert period
        return index.search(words, first=period.first, last=period.last)
    return index.search(words, **{f"{facet}s": [value]})  # type: ignore[arg-type]


def test_choosing_a_value_leaves_as_many_as_stood_beside_it(articles: Index) -> None:
    relaxed = compared = 0
    for words in queries(articles):
        results = articles.search(words, facet_size=8)
        relaxed += any(notice.kind is Kind.RELAXED for notice in results.notices)
        for facet, values in results.facets.items():
            for value in values:
                if value.value:
                    found = chosen(articles, words, facet, value.value)
                    assert found.total == value.count, (words, facet, value.value)
                    compared += 1
    assert relaxed > QUERIES / 2
    assert compared > 10 * QUERIES


def test_a_period_changes_no_count_beside_it(articles: Index) -> None:
    for words in queries(articles):
        before = articles.search(words).facets["date"]
        year = next(value.value[:4] for value in before if value.value)
        found = articles.search(words, first=date(int(year), 1, 1), last=date(int(year), 12, 31))
        after = {value.value: value.count for value in found.facets["date"]}
        assert after == {value.value: value.count for value in before}, words
