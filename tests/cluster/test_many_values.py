"""Facets and terms of more values than one answer of a cluster may have, as the memory engine counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer.engine import Engine, Entry
from indexer.engines import open_engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.opensearch import facets, reading
from indexer.query import AllOf, Between, Everything, Facet, OneOf, Search, Sort, Term, Undated

PAIR = tuple[Engine, MemoryEngine]

SEARCHES = [
    Search(query, filters, limit=0, facets=asked)
    for query in (Everything(), Term("text", "a"), Term("text", "w7"), Term("text", "nowhere"))
    for filters in (
        (),
        (OneOf("tag", ("t1", "t2")),),
        (OneOf("tag", ("t1",)), AllOf("person", ("p3",)), Between(date(2018, 2, 1)), Undated()),
    )
    for asked in (
        (Facet("tag", 3, ("t9", "none")), Facet("person", 2, within=True), Facet("month")),
        (Facet("tag", None), Facet("person", None, within=True), Facet("section", 0)),
    )
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PAIR]:
    """Give two engines with the same articles."""
    from tests.cluster import rest

    address = f"opensearch+{rest.URL}/test-values?shards=3&replicas=0"
    ours, theirs = open_engine(address, tmp_path_factory.mktemp("values")), MemoryEngine()
    for engine in (ours, theirs):
        with engine.rebuild() as writer:
            for n in range(300):
                values = {"tag": [f"t{n % 7}", f"t{n % 40}"], "person": [f"p{n % 60}"] * (n % 3 > 0)}
                day = None if n % 10 == 0 else 20180101 + 100 * (n % 12)
                terms = {"text": ["a", f"w{n % 30}", f"own{n}"], "exact": ["é", f"x{n % 50}"]}
                writer.add(Entry(str(n), terms, values, n, day))
    yield ours, theirs
    ours.close()
    rest.clear("test-values")


@pytest.mark.parametrize("most", [50_000, 20])
def test_counts_are_exact_though_one_answer_has_not_all(
    pair: PAIR, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(facets, "FIRST", 2)
    monkeypatch.setattr(facets, "MOST", most)
    monkeypatch.setattr(facets, "_PAGE", 7)
    ours, theirs = pair
    for search in SEARCHES:
        one, other = ours.search(search), theirs.search(search)
        assert one.total == other.total
        assert one.facets == other.facets, search


def test_terms_come_in_parts(pair: PAIR, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST", 40)
    ours, theirs = pair
    for field in ("text", "exact"):
        assert ours.complete(field, "", 100) == theirs.complete(field, "", 100)
        assert ours.complete(field, "w1", 100) == theirs.complete(field, "w1", 100)


def test_far_down_a_search_with_filters(pair: PAIR, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WINDOW", 10)
    ours, theirs = pair
    for sort in Sort:
        search = Search(Term("text", "a"), (OneOf("tag", ("t1", "t2")),), sort, 31, 12, (Facet("tag", 3),))
        one, other = ours.search(search), theirs.search(search)
        assert [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
        assert (one.total, one.facets) == (other.total, other.facets)
