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
from indexer.engines.spans import Ints, Mask
from indexer.engines.tantivy.row_set import RowSet, Tally
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


class RowSets:
    """Answer which rows match, where the words of a query are known or not too dear to learn."""

    def __init__(
        self, days: NDArray[np.int32], living: Callable[[], Ints], passing: Callable[[Ints, Filter], Mask]
    ) -> None:
        self._days = days
        self._living = living
        self._passing = passing
        self._known: OrderedDict[Leaf, RowSet] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def least(self, query: Query, count: Callable[[Term], int]) -> int:
        """Return how many matches there are at least; `count` tells how many rows a word has about."""
        match query:
            case Or(parts, minimum) if minimum <= 1:
                return max((self.least(part, count) for part in parts), default=0)
            case Boost(part, _) | Constant(part, _) | Favour(part, _):
                return self.least(part, count)
            case Term() | Prefix() | Fuzzy() | Phrase():
                if known := self._known.get(query):
                    return known.count
                return count(query) if isinstance(query, Term) else 0
        return 0

    def known(self, query: Query) -> Ints | None:
        """Return the rows of all matches, where those of all words are known and they are many for sure."""
        if self.least(query, lambda _: 0) < FEWEST:
            return None
        sets: dict[Leaf, RowSet] = {}
        with self._lock:
            for leaf in set(_leaves(query)):
                if leaf not in self._known:
                    return None
                self._known.move_to_end(leaf)
                sets[leaf] = self._known[leaf]
        return self._matching(query, sets)

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
        unknown = [leaf for leaf in leaves if leaf not in self._known]
        if sum(count(leaf) if isinstance(leaf, Term) else total for leaf in unknown) > _DEAREST * total:
            return None
        return self._matching(query, {leaf: self._rows_of(leaf, fetch) for leaf in leaves})

    def _rows_of(self, leaf: Leaf, fetch: Callable[[Leaf], Ints]) -> RowSet:
        with self._lock:
            if leaf in self._known:
                self._known.move_to_end(leaf)
                return self._known[leaf]
        rows = RowSet.of(fetch(leaf), self._days.size)
        with self._lock:
            if leaf not in self._known:
                self._known[leaf] = rows
                self._bytes += rows.bytes
            while self._bytes > CACHE_BYTES:
                _, oldest = self._known.popitem(last=False)
                self._bytes -= oldest.bytes
        return rows

    def _matching(self, query: Query, sets: dict[Leaf, RowSet]) -> Ints:
        return sets[query].numbers() if isinstance(query, Leaf) else np.flatnonzero(self._mask(query, sets))

    def _mask(self, query: Query, sets: dict[Leaf, RowSet]) -> Mask:
        match query:
            case Term() | Prefix() | Fuzzy() | Phrase():
                return sets[query].mask()
            case Range(first, last):
                return self._between(first, last)
            case And(parts):
                masks = [self._mask(part, sets) for part in parts]
                every: Mask = np.logical_and.reduce(masks) if masks else self._none()
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

    def _some(self, parts: tuple[Query, ...], minimum: int, sets: dict[Leaf, RowSet]) -> Mask:
        many = len(parts) > np.iinfo(np.uint8).max
        size = self._days.size
        tally: Tally = np.zeros(size, np.int32) if many else np.zeros(size, np.uint8)
        for part in parts:
            if isinstance(part, Leaf):
                sets[part].count_in(tally)
            else:
                tally += self._mask(part, sets)
        mask: Mask = tally >= max(minimum, 1)
        return mask

    def _between(self, first: date | None, last: date | None) -> Mask:
        mask: Mask = self._days >= (1 if first is None else day_number(first))
        return mask if last is None else mask & (self._days <= day_number(last))

    def _all(self) -> Mask:
        mask = self._none()
        mask[self._living()] = True
        return mask

    def _none(self) -> Mask:
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
