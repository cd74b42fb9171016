"""Spans of arrays and sets of rows, against what they stand for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.spans import spans
from indexer.engines.tantivy.row_set import RowSet

SPANS = st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 5)), max_size=40)
WIDTHS = st.sampled_from([np.int32, np.int64, np.uint32])


@given(SPANS, WIDTHS)
def test_spans_are_all_places_in_turn(pairs: list[tuple[int, int]], width: type[np.int32]) -> None:
    starts, lengths = (np.array([pair[part] for pair in pairs], width) for part in (0, 1))
    found = spans(starts, lengths)  # type: ignore[arg-type]  # narrower ones are taken as well
    assert found.tolist() == [start + n for start, length in pairs for n in range(length)]
    assert found.dtype == np.int64


@given(st.sets(st.integers(0, 299)), st.integers(300, 5_000))
def test_a_set_of_rows_is_the_same_in_either_form(rows: set[int], size: int) -> None:
    kept = RowSet.of(np.array(sorted(rows), np.int64), size)
    assert kept.bytes <= min(4 * len(rows), size // 8 + 1)
    assert set(np.flatnonzero(kept.mask()).tolist()) == rows
    tally = np.ones(size, np.uint8)
    kept.count_in(tally)
    assert tally.tolist() == [1 + (row in rows) for row in range(size)]
