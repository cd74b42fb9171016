"""The month of each article, numbered without gaps: the months of many are counted in one pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engine import Count, FacetCounts, date_value
from indexer.engines.spans import Ints
from indexer.query import MONTH

_YEAR, _MONTH = 10_000, 100
"""What of a day's number, 20181118, a year and a month are."""


@dataclass(frozen=True, slots=True)
class Months:
    """Hold for each row the place of its month in `names`, which begins with the undated."""

    places: NDArray[np.int32]
    names: list[str]

    @classmethod
    def of(cls, days: NDArray[np.int32]) -> Months:
        """Return the months of days, 0 for the undated."""
        dated = days > 0
        months = days // _YEAR * 12 + days // _MONTH % 100 - 1
        months[~dated] = -1
        if not dated.any():
            return cls(np.zeros(days.size, np.int32), [""])
        first, last = int(months[dated].min()), int(months[dated].max())
        places = np.where(dated, months - (first - 1), 0).astype(np.int32)
        numbers = (month // 12 * 100 + month % 12 + 1 for month in range(first, last + 1))
        return cls(places, ["", *(date_value(MONTH, number) for number in numbers)])

    def count(self, rows: Ints) -> FacetCounts:
        """Return the counts of the months of some rows, in the order of time."""
        counts = np.bincount(self.places[rows]).tolist()
        found = [Count(name, count) for name, count in zip(self.names, counts, strict=False) if count]
        return FacetCounts(tuple(found), len(found))
