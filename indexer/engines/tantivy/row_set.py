"""A set of rows: their numbers where they are few, a bit for each row of all where they are many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.spans import Ints, Mask

Tally = NDArray[np.uint8] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class RowSet:
    """Hold `count` of `size` rows: as numbers, or in `bits`, eight to a byte; the other is empty."""

    size: int
    count: int
    rows: NDArray[np.int32]
    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, rows: Ints, size: int) -> RowSet:
        """Return the set of these rows, in whichever form is smaller."""
        if 4 * rows.size <= size // 8:
            return cls(size, rows.size, rows.astype(np.int32), np.empty(0, np.uint8))
        mask = np.zeros(size, bool)
        mask[rows] = True
        return cls(size, rows.size, np.empty(0, np.int32), np.packbits(mask))

    @property
    def bytes(self) -> int:
        """Return how much memory the set takes."""
        return self.rows.nbytes + self.bits.nbytes

    def numbers(self) -> Ints:
        """Return the rows in order."""
        return np.flatnonzero(self.mask()) if self.bits.size else self.rows.astype(np.int64)

    def mask(self) -> Mask:
        """Return for each row whether it is in the set."""
        if self.bits.size:
            return np.unpackbits(self.bits, count=self.size).view(bool)
        mask = np.zeros(self.size, bool)
        mask[self.rows] = True
        return mask

    def count_in(self, tally: Tally) -> None:
        """Add one to each row of the set."""
        if self.bits.size:
            tally += np.unpackbits(self.bits, count=self.size)
        else:
            tally[self.rows] += 1
