"""Spans of arrays: many short pieces of a long one, taken at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def spans(starts: Ints, lengths: Ints) -> Ints:
    """Return the places `starts[i]`, `starts[i] + 1`, … of each span in turn."""
    full = np.flatnonzero(lengths)
    if full.size < lengths.size:
        starts, lengths = starts[full], lengths[full]
    starts, lengths = starts.astype(np.int64, copy=False), lengths.astype(np.int64, copy=False)
    ends = np.cumsum(lengths)
    if not full.size or ends[-1] == full.size:  # each has one place
        return starts
    # Ones, and at the beginning of each span the way from the end of the one before: their sums are the
    # places. To repeat each start as often as its span is long takes half as long again.
    steps = np.ones(ends[-1], np.int64)
    steps[0] = starts[0]
    steps[ends[:-1]] = starts[1:] - starts[:-1] - lengths[:-1] + 1
    return np.cumsum(steps, out=steps)
