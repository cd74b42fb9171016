"""Facets with more values than Tantivy gives in one answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine import Count, Entry
from indexer.engines import open_engine
from indexer.engines.tantivy import buckets
from indexer.query import Everything, Facet, OneOf, Search, Term


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
    monkeypatch.setattr(buckets, "_MONTHS", 230_000)
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
