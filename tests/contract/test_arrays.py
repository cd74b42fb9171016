"""Spans of arrays and sets of rows, against what they stand for."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import Count, date_value, day_number, pick_counts
from indexer.engines import spans as arrays
from indexer.engines.spans import spans
from indexer.engines.tantivy.facet_rows import _counted, _least
from indexer.engines.tantivy.months import Months
from indexer.engines.tantivy.row_set import RowSet
from indexer.query import MONTH, Facet

SPANS = st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 5)), max_size=40)
WIDTHS = st.sampled_from([np.int32, np.int64, np.uint32])


@pytest.mark.parametrize("few", [0, 1_000])
@given(pairs=SPANS, width=WIDTHS)
def test_spans_are_all_places_in_turn(few: int, pairs: list[tuple[int, int]], width: type[np.int32]) -> None:
    starts, lengths = (np.array([pair[part] for pair in pairs], width) for part in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_FEW", few)
        found = spans(starts, lengths)
    assert found.tolist() == [start + n for start, length in pairs for n in range(length)]
    assert found.dtype == np.int64


@given(st.sets(st.integers(0, 299)), st.integers(300, 5_000))
def test_a_set_of_rows_is_the_same_in_either_form(rows: set[int], size: int) -> None:
    kept = RowSet.of(np.array(sorted(rows), np.int64), size)
    assert kept.bytes <= min(4 * len(rows), size // 8 + 1)
    assert set(np.flatnonzero(kept.mask()).tolist()) == rows
    assert kept.numbers().tolist() == sorted(rows)
    assert kept.count == len(rows)
    tally = np.ones(size, np.uint8)
    kept.count_in(tally)
    assert tally.tolist() == [1 + (row in rows) for row in range(size)]


@given(st.lists(st.integers(0, 9_999), max_size=200), st.integers(0, 20_000))
def test_numbers_are_counted_in_either_way(numbers: list[int], more: int) -> None:
    found, counts = _counted(np.array(numbers, np.int32), max(numbers, default=0) + 1 + more)
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == Counter(numbers)
    assert found.tolist() == sorted(set(numbers))


@given(st.lists(st.integers(1, 1_000), min_size=2, max_size=300), st.data())
def test_the_least_of_the_largest(counts: list[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(counts) - 1))
    assert _least(np.array(counts, np.int64), size) == sorted(counts, reverse=True)[size - 1]


DAYS = st.one_of(st.just(0), st.dates().map(day_number))


@given(st.lists(DAYS, max_size=50), st.data())
def test_months_are_counted_in_order(days: list[int], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, max(len(days) - 1, 0)), unique=True) if days else st.just([]))
    found = Months.of(np.array(days, np.int32)).count(np.array(sorted(rows), np.int64))
    names = Counter(date_value(MONTH, days[row] // 100) for row in rows)
    assert found == pick_counts(Facet(MONTH, None), names)
    assert all(isinstance(count, Count) and count.count > 0 for count in found.counts)
