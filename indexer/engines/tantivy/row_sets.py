"""The rows that match a query, put together from those of its leaves: arrays that are kept.

Tantivy hands matches over one by one as Python's objects, 150 ns each, and so 5 ms for the 30,000 articles
of a frequent word. Such words come again and again, and in all kinds of searches.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import date
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.engine import day_number
from indexer.engines.spans import Ints
from indexer.query import (
    And,
    Boost,
    Constant,
    Everything,
    Favour,
    Filter,
    Fuzzy,
    Kept,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

CACHE_BYTES = 64 * 2**20
"""How much memory the kept rows take at most, of one generation in one process."""

FEWEST = 1_000
"""Matches from which on this is worth it."""

_DEAREST = 4
"""Rows of words that are fetched for the first time, at most so many for each match."""

Leaf = Term | Prefix | Fuzzy | Phrase

_Rows = NDArray[np.int32]
_Mask = NDArray[np.bool_]
_Tally = NDArray[np.uint8]


class RowSets:
    """Answer which rows match, where the words of a query are known or not too dear to learn."""

    def __init__(
        self, days: _Rows, living: Callable[[], Ints], passing: Callable[[Ints, Filter], _Mask]
    ) -> None:
        self._days = days
        self._living = living
        self._passing = passing
        self._known: OrderedDict[Leaf, _Rows] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def rows(
        self, query: Query, total: int, count: Callable[[Term], int], fetch: Callable[[Leaf], Ints]
    ) -> Ints | None:
        """Return the rows of all `total` matches, in order; None where it is not worth it.

        `count` tells how many rows a word has about, `fetch` gives those of a leaf.
        """
        if total < FEWEST:
            return None
        leaves = set(_leaves(query))
        # What a prefix, a phrase or a fuzzy word finds is told by looking for it alone, as dear as this.
        unknown = (count(leaf) if isinstance(leaf, Term) else total for leaf in leaves - self._known.keys())
        if sum(unknown) > _DEAREST * total:
            return None
        sets = {leaf: self._rows_of(leaf, fetch) for leaf in leaves}
        return np.flatnonzero(self._mask(query, sets))

    def _rows_of(self, leaf: Leaf, fetch: Callable[[Leaf], Ints]) -> _Rows:
        with self._lock:
            if leaf in self._known:
                self._known.move_to_end(leaf)
                return self._known[leaf]
        rows = np.sort(fetch(leaf)).astype(np.int32)
        with self._lock:
            if leaf not in self._known:
                self._known[leaf] = rows
                self._bytes += rows.nbytes
            while self._bytes > CACHE_BYTES:
                _, oldest = self._known.popitem(last=False)
                self._bytes -= oldest.nbytes
        return rows

    def _mask(self, query: Query, sets: dict[Leaf, _Rows]) -> _Mask:
        match query:
            case Term() | Prefix() | Fuzzy() | Phrase():
                mask: _Mask = np.zeros(self._days.size, bool)
                mask[sets[query]] = True
                return mask
            case Range(first, last):
                return self._between(first, last)
            case And(parts):
                masks = [self._mask(part, sets) for part in parts]
                every: _Mask = np.logical_and.reduce(masks) if masks else self._none()
                return every
            case Or(parts, minimum):
                return self._some(parts, minimum, sets)
            case Not(part):
                return self._all() & ~self._mask(part, sets)
            case Boost(part, _) | Constant(part, _) | Favour(part, _):
                return self._mask(part, sets)
            case Kept(filter):
                living = self._living()
                kept = self._none()
                kept[living[self._passing(living, filter)]] = True
                return kept
            case Everything():
                return self._all()

    def _some(self, parts: tuple[Query, ...], minimum: int, sets: dict[Leaf, _Rows]) -> _Mask:
        if len(parts) > np.iinfo(np.uint8).max:
            tally = np.zeros(self._days.size, np.int32)
        else:
            tally = np.zeros(self._days.size, np.uint8)
        for part in parts:
            if isinstance(part, Leaf):
                tally[sets[part]] += 1
            else:
                tally += self._mask(part, sets)
        mask: _Mask = tally >= max(minimum, 1)
        return mask

    def _between(self, first: date | None, last: date | None) -> _Mask:
        mask: _Mask = self._days >= (1 if first is None else day_number(first))
        return mask if last is None else mask & (self._days <= day_number(last))

    def _all(self) -> _Mask:
        mask = self._none()
        mask[self._living()] = True
        return mask

    def _none(self) -> _Mask:
        return np.zeros(self._days.size, bool)


def _leaves(query: Query) -> Iterator[Leaf]:
    match query:
        case And(parts) | Or(parts, _):
            for part in parts:
                yield from _leaves(part)
        case Not(part) | Boost(part, _) | Constant(part, _) | Favour(part, _):
            yield from _leaves(part)
        case Everything() | Range() | Kept():
            return
        case _:
            yield query
