"""Facets of more matches than are counted in arrays, with more values than Tantivy gives in one answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.engine import Count, Entry
from indexer.engines import open_engine
from indexer.engines.tantivy import buckets
from indexer.engines.tantivy import commit as tantivy
from indexer.engines.tantivy.facet_rows import FacetRows, RowsWriter
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.errors import EngineError
from indexer.query import AllOf, Between, Everything, Facet, OneOf, Search, Term, Undated

ROWS = tantivy.MOST_ROWS


@pytest.fixture(autouse=True)
def _aggregated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy, "MOST_ROWS", -1)


def test_counts_in_slices_are_exact(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST", 3_000)
    facets = (Facet("tag", 2, ("own 2999", "common 2", "nowhere")), Facet("person", 1), Facet("month"))
    engine = open_engine("tantivy", directory)
    for half in (range(2_000), range(2_000, 4_000)):
        with engine.update() as writer:
            for n in half:
                values = {"tag": (f"own {n}", f"common {n % 3}"), "person": (f"p{n % 10}",)}
                writer.add(Entry(str(n), {"text": ["a"]}, values, n, 20180101 + n % 2))
    page = engine.search(Search(Term("text", "a"), limit=1, facets=facets))
    assert page.total == 4_000
    tag = page.facets["tag"]
    assert tag.counts[:2] == (Count("common 0", 1334), Count("common 1", 1333))
    assert tag.counts[2:] == (Count("common 2", 1333), Count("own 2999", 1), Count("nowhere", 0))
    assert tag.distinct == 4_003
    assert page.facets["person"].counts == (Count("p0", 400),)
    assert page.facets["month"].counts == (Count("2018-01", 4_000),)
    narrow = engine.search(Search(Everything(), (OneOf("tag", ("own 2999",)),), facets=facets))
    assert narrow.total == 1
    assert narrow.facets["tag"].distinct == 4_003
    assert narrow.facets["person"].counts == (Count("p9", 1),)
    engine.close()


def test_more_months_than_fit_in_one_answer(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST", 20_000)
    monkeypatch.setitem(buckets._DATES, "month", 230_000)
    engine = open_engine("tantivy", directory)
    with engine.rebuild() as writer:
        for n in range(20_001):
            day = None if n == 0 else (1 + n // 10) * 10_000 + 100 * (1 + n % 10) + 1
            writer.add(Entry(str(n), {}, {}, n, day))
    page = engine.search(Search(Everything(), limit=0, facets=(Facet("month"),)))
    assert page.total == 20_001
    assert page.facets["month"].distinct == 20_001
    assert page.facets["month"].counts[0] == Count("", 1)
    engine.close()


def test_arrays_and_aggregations_count_alike(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine("tantivy", directory)
    with engine.rebuild() as writer:
        for n in range(600):
            values = {"tag": [f"t{n % 7}", f"t{n % 11}"], "person": [f"p{n % 400}"] * (n % 3 > 0)}
            day = None if n % 10 == 0 else 20180101 + 100 * (n % 12)
            writer.add(Entry(str(n), {"text": ["a"] * (n % 2 + 1)}, values, n, day))
    with engine.update() as writer:
        for n in range(0, 600, 9):
            writer.delete(str(n))
        writer.add(Entry("5", {"text": ["a"]}, {"tag": ["t5"]}, 5, 20190101))
    facets = (
        Facet("tag", 3, ("t1", "none")),
        Facet("person", 5, within=True),
        Facet("month"),
        Facet("section"),
    )
    filters = (
        (),
        (OneOf("tag", ("t1", "t2")),),
        (OneOf("tag", ("t1",)), OneOf("person", ("p3", "p4")), Undated()),
        (AllOf("tag", ("t1", "t3")), Between(date(2018, 3, 1), date(2018, 8, 31))),
        (OneOf("person", ("none",)), Between(None, date(2018, 8, 31)), Undated()),
    )
    for query in (Everything(), Term("text", "a"), Term("text", "none")):
        for chosen in filters:
            search = Search(query, chosen, facets=facets)
            aggregated = engine.search(search)
            with monkeypatch.context() as patch:
                patch.setattr(tantivy, "MOST_ROWS", ROWS)
                assert engine.search(search) == aggregated
    engine.close()


def test_rows_of_other_articles_are_refused(tmp_path: Path) -> None:
    writer = RowsWriter(FacetRows.empty())
    for day in (20180101, 0, 20180102):
        writer.add({"tag": [0, 1]}, day)
    writer.drop(1)
    writer.drop(1)
    file = tmp_path / "rows"
    writer.save(file)
    rows = FacetRows.load(file, 2)
    assert rows.living().tolist() == [0, 2]
    assert np.diff(rows.starts["tag"]).tolist() == [2, 2, 2]
    with pytest.raises(EngineError, match="of 2 articles, not of 3"):
        FacetRows.load(file, 3)


def test_filters_do_not_ask_for_an_order_of_rows(directory: Path) -> None:
    values = FacetValues()
    writer = RowsWriter(FacetRows.empty())
    for tag in ("a", "b", "c"):
        writer.add({"tag": [values.add("tag", tag)]}, 20180101)
    writer.save(directory / "rows")
    rows = FacetRows.load(directory / "rows", 3)
    # All articles, but as Tantivy's segments have them, whose order is anybody's guess.
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        mask = rows.passing(np.array(order), OneOf("tag", ("c",)), values)
        assert mask.tolist() == [row == 2 for row in order]
