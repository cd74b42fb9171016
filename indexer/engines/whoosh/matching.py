"""Queries over arrays: which articles match a tree, each with its score."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from threading import Lock
from typing import Generic, Protocol, TypeVar

import numpy as np

from indexer.engine import FacetCounts
from indexer.engines.memory import K1, B
from indexer.engines.spans import Ints, Mask, spans
from indexer.engines.whoosh.columns import Columns, Floats
from indexer.engines.whoosh.lexicon import Lexicon
from indexer.engines.whoosh.postings import Postings
from indexer.query import (
    And,
    Between,
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
    Search,
    Sort,
    Term,
)

CACHE_BYTES = 64 * 1024 * 1024
"""How much of what was read and computed is kept for later searches."""

_ENTRY_BYTES = 500  # of a kept value beside its arrays, about: the key, two array objects, the dictionary

_Leaf = Term | Prefix | Fuzzy | Phrase


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


_Key = TypeVar("_Key")
_Value = TypeVar("_Value", bound=_Sized)


@dataclass(frozen=True, slots=True)
class Matches:
    """Hold the articles that match in ascending order, and their scores."""

    docs: Ints
    scores: Floats

    @property
    def nbytes(self) -> int:
        """Return how much memory this takes."""
        return self.docs.nbytes + self.scores.nbytes


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one page of articles with their scores, the total of matches and the facets of all of them."""

    total: int
    docs: Ints
    scores: Floats
    facets: Mapping[str, FacetCounts]


class Terms(Protocol):
    """Give the postings of terms; the numbers of articles count from 0 without a gap."""

    def postings(self, field: str, text: str, with_positions: bool = False) -> Postings:
        """Return the postings of a term, empty where no article has it."""

    def docs(self, field: str, prefix: str) -> Iterable[Ints]:
        """Return the articles of each term that begins so."""

    def words(self, field: str) -> Iterable[str]:
        """Return all terms of a field, each once."""


class Matcher:
    """Evaluate queries over one unchanging set of articles; any number of threads may ask at once."""

    def __init__(self, terms: Terms, columns: Columns) -> None:
        self._terms = terms
        self._columns = columns
        self._count = len(columns.ids)
        self._leaves: _Cache[_Leaf, Matches] = _Cache(CACHE_BYTES // 2)
        self._lexicons: _Cache[str, Lexicon] = _Cache(CACHE_BYTES // 4)
        self._masks: _Cache[Filter, Mask] = _Cache(CACHE_BYTES // 4)

    def match(self, query: Query) -> Matches:
        """Return the articles that match, each with its score."""
        match query:
            case Everything():
                return self._unscored(np.arange(self._count))
            case Term() | Prefix() | Fuzzy() | Phrase():
                return self._leaves.get(query, self._leaf)
            case Range(first, last):
                return self._unscored(np.flatnonzero(self.holds(Between(first, last))))
            case Kept(filter):
                return self._unscored(np.flatnonzero(self.holds(filter)))
            case And(parts):
                return self._join(parts, len(parts))
            case Or(parts, minimum):
                return self._join(parts, max(minimum, 1))
            case Not(part):
                mask = np.ones(self._count, bool)
                mask[self.match(part).docs] = False
                return self._unscored(np.flatnonzero(mask))
            case Boost(part, factor):
                found = self.match(part)
                return Matches(found.docs, found.scores * factor)
            case Constant(part, score):
                docs = self.match(part).docs
                return Matches(docs, np.full(docs.size, score, np.float64))
            case Favour(part, bonus):
                found, more = self.match(part), self.match(bonus)
                sums = np.bincount(more.docs, more.scores, self._count)
                return Matches(found.docs, found.scores + sums[found.docs])

    def find(self, search: Search) -> Found:
        """Return one page of the articles that match and pass, and the facets of all of them."""
        matches = self.match(search.query)
        masks: dict[str, Mask] = {}
        for filter in search.filters:
            mask = self.holds(filter)
            masks[filter.field] = masks[filter.field] | mask if filter.field in masks else mask
        kept = _kept(matches.docs, masks)
        docs, scores = matches.docs[kept], matches.scores[kept]
        page = self._columns.order(docs, scores, search.sort, search.offset, search.limit)
        facets = {}
        for facet in search.facets:
            others = {field: mask for field, mask in masks.items() if facet.within or field != facet.field}
            counted = docs if len(others) == len(masks) else matches.docs[_kept(matches.docs, others)]
            facets[facet.field] = self._columns.count(facet, counted)
        scored = search.sort is Sort.RELEVANCE
        return Found(docs.size, docs[page], scores[page] if scored else np.zeros(page.size), facets)

    def holds(self, filter: Filter) -> Mask:
        """Return which articles a filter keeps."""
        return self._masks.get(filter, self._columns.holds)

    def _leaf(self, query: _Leaf) -> Matches:
        match query:
            case Term(field, text):
                postings = self._terms.postings(field, text)
                return self._bm25(field, postings.docs, postings.freqs)
            case Prefix(field, text):
                return self._any(self._terms.docs(field, text))
            case Fuzzy(field, text, edits):
                lexicon = self._lexicons.get(field, lambda field: Lexicon(self._terms.words(field)))
                words = lexicon.near(text, edits)
                return self._any(self._terms.postings(field, word).docs for word in words)
            case Phrase(field, terms):
                docs, times = self._phrase(field, terms)
                return self._bm25(field, docs, times)

    def _unscored(self, docs: Ints) -> Matches:
        return Matches(docs, np.zeros(docs.size))

    def _join(self, parts: Sequence[Query], minimum: int) -> Matches:
        """Return what at least `minimum` parts match with the sums of their scores."""
        found = [self.match(part) for part in parts]
        if len(found) < max(minimum, 1):
            return self._unscored(np.empty(0, np.int64))
        if len(found) == 1:
            return found[0]
        docs = np.concatenate([matches.docs for matches in found])
        times = np.bincount(docs, minlength=self._count)
        scores = np.concatenate([matches.scores for matches in found])
        sums = np.bincount(docs, scores, self._count).astype(np.float64, copy=False)
        enough = np.flatnonzero(times >= minimum)
        return Matches(enough, sums[enough])

    def _any(self, lists: Iterable[Ints]) -> Matches:
        mask = np.zeros(self._count, bool)
        for docs in lists:
            mask[docs] = True
        found = np.flatnonzero(mask)
        return Matches(found, np.ones(found.size))

    def _bm25(self, field: str, docs: Ints, freqs: Ints) -> Matches:
        """Score by the formula of the specification."""
        idf = math.log(1 + (self._count - docs.size + 0.5) / (docs.size + 0.5))
        if not docs.size:
            return self._unscored(docs)
        lengths = self._columns.lengths[field][docs] / self._columns.means[field]
        return Matches(docs, idf * freqs / (freqs + K1 * (1 - B + B * lengths)))

    def _phrase(self, field: str, terms: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the articles that have these terms in a row, and how often."""
        nothing = np.empty(0, np.int64)
        read = {term: self._terms.postings(field, term, with_positions=True) for term in terms}
        if not read:
            return nothing, nothing
        docs = reduce(_common, sorted((postings.docs for postings in read.values()), key=len))
        # The rarest first, and one at a time: all of a long quotation of small words would be a gigabyte.
        order = sorted(range(len(terms)), key=lambda n: len(read[terms[n]].positions))
        found: Ints | None = None
        for n in order:
            postings = read[terms[n]]
            at = np.searchsorted(postings.docs, docs)
            freqs = postings.freqs[at]
            ends = np.cumsum(postings.freqs)[at]
            places = postings.positions[spans(ends - freqs, freqs)]
            # Article and place of the first word as one number; never negative, so articles stay apart.
            starts = (np.repeat(docs, freqs) << 32) + places + (len(terms) - n)
            found = starts if found is None else _common(found, starts)
            if not len(found):
                return nothing, nothing
        assert found is not None
        matched, times = np.unique(found >> 32, return_counts=True)
        return matched, times


class _Cache(Generic[_Key, _Value]):
    """Keep what was asked for last, up to a size in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key, make: Callable[[_Key], _Value]) -> _Value:
        """Return what is kept for a key, or make it; two threads may make the same at once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make(key)
        with self._lock:
            if key not in self._kept and value.nbytes <= self._limit:
                self._kept[key] = value
                self._size += value.nbytes + _ENTRY_BYTES
                while self._size > self._limit:
                    _, dropped = self._kept.popitem(last=False)
                    self._size -= dropped.nbytes + _ENTRY_BYTES
        return value


def _kept(docs: Ints, masks: Mapping[str, Mask]) -> Mask:
    """Return which of these articles are in all masks."""
    return reduce(np.logical_and, (mask[docs] for mask in masks.values()), np.ones(docs.size, bool))


def _common(few: Ints, many: Ints) -> Ints:
    """Return the numbers that are in both ascending arrays."""
    if not many.size:
        return many
    at = np.minimum(np.searchsorted(many, few), many.size - 1)
    both: Ints = few[many[at] == few]
    return both
