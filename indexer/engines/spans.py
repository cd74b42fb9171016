"""Spans of arrays: many short pieces of a long one, taken at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Integers = NDArray[np.integer[Any]]


_FEW = 10_000
"""Spans up to which starts are repeated."""


def spans(starts: Integers, lengths: Integers) -> Ints:
    """Return the places `starts[i]`, `starts[i] + 1`, … of each span in turn."""
    first: Ints = starts.astype(np.int64, copy=False)
    size: Ints = lengths.astype(np.int64, copy=False)
    if size.size <= _FEW:
        ends = np.cumsum(size)
        places: Ints = np.repeat(first - (ends - size), size)
        places += np.arange(places.size)
        return places
    full = np.flatnonzero(size > 0)
    if full.size < size.size:
        first, size = first[full], size[full]
    ends = np.cumsum(size)
    if not full.size or ends[-1] == full.size:  # each has one place
        return first
    # Ones, and at the beginning of each span the way from the end of the one before: their sums are the
    # places. Of many spans, to repeat each start as often as its span is long takes half as long again.
    steps = np.ones(ends[-1], np.int64)
    steps[0] = first[0]
    steps[ends[:-1]] = first[1:] - first[:-1] - size[:-1] + 1
    np.cumsum(steps, out=steps)
    return steps
