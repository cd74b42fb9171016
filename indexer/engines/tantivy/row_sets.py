"""The rows that match a query, put together from those of its words: arrays that are kept.

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
from indexer.query import And, Boost, Constant, Everything, Favour, Not, Or, Query, Range, Term

CACHE_BYTES = 64 * 2**20
"""How much memory the kept rows take at most, of one generation in one process."""

FEWEST = 1_000
"""Matches from which on this is worth it."""

_DEAREST = 4
"""Rows of words that are fetched for the first time, at most so many for each match."""

_Rows = NDArray[np.int32]
_Mask = NDArray[np.bool_]
_Tally = NDArray[np.uint8]


class RowSets:
    """Answer which rows match, where the words of a query are known or not too dear to learn."""

    def __init__(self, days: _Rows, living: Callable[[], Ints]) -> None:
        self._days = days
        self._living = living
        self._known: OrderedDict[Term, _Rows] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def rows(
        self, query: Query, total: int, count: Callable[[Term], int], fetch: Callable[[Term], Ints]
    ) -> Ints | None:
        """Return the rows of all `total` matches, in order; None where it is not worth it.

        `count` tells how many rows a word has about, `fetch` gives them.
        """
        terms = _terms(query)
        if total < FEWEST or terms is None:
            return None
        unknown = terms - self._known.keys()
        if sum(map(count, unknown)) > _DEAREST * total:
            return None
        sets = {term: self._rows_of(term, fetch) for term in terms}
        return np.flatnonzero(self._mask(query, sets))

    def _rows_of(self, term: Term, fetch: Callable[[Term], Ints]) -> _Rows:
        with self._lock:
            if term in self._known:
                self._known.move_to_end(term)
                return self._known[term]
        rows = np.sort(fetch(term)).astype(np.int32)
        with self._lock:
            if term not in self._known:
                self._known[term] = rows
                self._bytes += rows.nbytes
            while self._bytes > CACHE_BYTES:
                _, oldest = self._known.popitem(last=False)
                self._bytes -= oldest.nbytes
        return rows

    def _mask(self, query: Query, sets: dict[Term, _Rows]) -> _Mask:
        match query:
            case Term():
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
            case _:
                return self._all()

    def _some(self, parts: tuple[Query, ...], minimum: int, sets: dict[Term, _Rows]) -> _Mask:
        if len(parts) > np.iinfo(np.uint8).max:
            tally = np.zeros(self._days.size, np.int32)
        else:
            tally = np.zeros(self._days.size, np.uint8)
        for part in parts:
            if isinstance(part, Term):
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


def _terms(query: Query) -> set[Term] | None:
    """Return the words of a query that decide what matches; None where it asks for more than words."""
    found: set[Term] = set()
    for leaf in _leaves(query):
        if isinstance(leaf, Term):
            found.add(leaf)
        elif not isinstance(leaf, Everything | Range):
            return None
    return found


def _leaves(query: Query) -> Iterator[Query]:
    match query:
        case And(parts) | Or(parts, _):
            for part in parts:
                yield from _leaves(part)
        case Not(part) | Boost(part, _) | Constant(part, _) | Favour(part, _):
            yield from _leaves(part)
        case _:
            yield query
