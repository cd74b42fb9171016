"""Spans of arrays: many short pieces of a long one, taken at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def spans(starts: Ints, lengths: Ints) -> Ints:
    """Return the places `starts[i]`, `starts[i] + 1`, … of each span in turn."""
    before = np.cumsum(lengths) - lengths
    places: Ints = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    return places
