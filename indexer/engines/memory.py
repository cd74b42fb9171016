"""The engine that is the specification: plain Python, exact, slow, kept in memory.

Host applications test with it. Given a folder it keeps its articles there as JSON lines.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.distance import distance
from indexer.engine import (
    Engine,
    Entry,
    FacetCounts,
    Hit,
    Info,
    Page,
    date_value,
    day_number,
    pick_counts,
)
from indexer.engines.memory_file import load, save
from indexer.errors import EngineError
from indexer.query import (
    CALENDAR,
    TEXT_FIELDS,
    AllOf,
    And,
    Between,
    Boost,
    Constant,
    Everything,
    Facet,
    Favour,
    Filter,
    Fuzzy,
    Kept,
    Not,
    OneOf,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Search,
    Sort,
    Term,
    Undated,
)

K1, B = 0.9, 0.4
"""BM25 with weak length normalisation, which suits news (measured on OrangeSum and PIAF)."""

Scores = dict[str, float]
Positions = dict[str, list[int]]


class MemoryEngine:
    """Search a handful of articles exactly as the specification says."""

    def __init__(self, directory: Path | None = None) -> None:
        self._file = directory / "entries.jsonl" if directory else None
        self._index: _Index | None = _Index(load(self._file) if self._file else {})

    @contextmanager
    def rebuild(self) -> Iterator[_Writer]:
        """Replace all articles by those written."""
        writer = _Writer({})
        yield writer
        self._commit(writer.entries)

    @contextmanager
    def update(self) -> Iterator[_Writer]:
        """Add, replace and delete articles."""
        writer = _Writer(dict(self._open().entries))
        yield writer
        self._commit(writer.entries)

    def search(self, search: Search) -> Page:
        """Find articles by looking at every one of them."""
        index = self._open()
        scores = index.match(search.query)
        ids = [id for id in scores if index.keeps(id, search.filters)]
        ordered = index.order(ids, scores, search.sort)[search.offset : search.offset + search.limit]
        scored = search.sort is Sort.RELEVANCE
        hits = tuple(Hit(id, scores[id] if scored else 0.0, index.entries[id].stored) for id in ordered)
        facets = {facet.field: index.count(facet, scores, search.filters) for facet in search.facets}
        return Page(len(ids), hits, facets)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        entry = self._open().entries.get(id)
        return Hit(id, 0.0, entry.stored) if entry else None

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so, the most frequent first."""
        postings = self._open().postings[field]
        terms = [(-len(ids), term) for term, ids in postings.items() if term.startswith(prefix)]
        return [term for _, term in sorted(terms)[:limit]]

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        postings = self._open().postings[field]
        return {term: len(postings.get(term, ())) for term in terms}

    def info(self) -> Info:
        """Return name, version, number of articles and size."""
        size = self._file.stat().st_size if self._file and self._file.exists() else 0
        return Info("memory", "1", len(self._open().entries), size)

    def close(self) -> None:
        """Forget the articles."""
        self._index = None

    def _open(self) -> _Index:
        if self._index is None:
            raise EngineError("the memory engine is closed")
        return self._index

    def _commit(self, entries: dict[str, Entry]) -> None:
        self._open()
        if self._file:
            save(self._file, entries)
        self._index = _Index(entries)


class _Writer:
    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries

    def add(self, entry: Entry) -> None:
        self.entries[entry.id] = entry

    def delete(self, id: str) -> None:
        self.entries.pop(id, None)


class _Index:
    """Hold the articles of one commit and their postings."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        self.postings: dict[str, dict[str, Positions]] = {name: {} for name in TEXT_FIELDS}
        for entry in entries.values():
            for name, terms in entry.terms.items():
                for position, term in enumerate(terms):
                    self.postings[name].setdefault(term, {}).setdefault(entry.id, []).append(position)

    def match(self, query: Query) -> Scores:
        """Return the articles that match, each with its score."""
        match query:
            case Everything():
                return dict.fromkeys(self.entries, 0.0)
            case Term(field, text):
                return self._bm25(field, self.postings[field].get(text, {}))
            case Prefix(field, text):
                return self._any_term(field, lambda term: term.startswith(text))
            case Fuzzy(field, text, edits):
                return self._any_term(field, lambda term: distance(text, term, edits) <= edits)
            case Phrase(field, terms):
                return self._bm25(field, self._phrase(field, terms))
            case Range(first, last):
                return self.match(Kept(Between(first, last)))
            case Kept(filter):
                return {id: 0.0 for id, entry in self.entries.items() if _holds(filter, entry)}
            case And(parts):
                found = [self.match(part) for part in parts]
                ids = set(found[0]).intersection(*found[1:]) if found else set()
                return {id: sum(scores[id] for scores in found) for id in ids}
            case Or(parts, minimum):
                sums: dict[str, float] = defaultdict(float)
                times: Counter[str] = Counter()
                for part in parts:
                    for id, score in self.match(part).items():
                        sums[id] += score
                        times[id] += 1
                return {id: sums[id] for id in sums if times[id] >= minimum}
            case Not(part):
                return dict.fromkeys(self.entries.keys() - self.match(part).keys(), 0.0)
            case Boost(part, factor):
                return {id: score * factor for id, score in self.match(part).items()}
            case Constant(part, score):
                return dict.fromkeys(self.match(part), score)
            case Favour(part, bonus):
                more = self.match(bonus)
                return {id: score + more.get(id, 0.0) for id, score in self.match(part).items()}

    def keeps(self, id: str, filters: tuple[Filter, ...]) -> bool:
        """Tell whether an article passes: alternatives on one field, all fields together."""
        entry = self.entries[id]
        fields: dict[str, bool] = {}
        for filter in filters:
            fields[filter.field] = fields.get(filter.field, False) or _holds(filter, entry)
        return all(fields.values())

    def order(self, ids: list[str], scores: Scores, sort: Sort) -> list[str]:
        """Return the ids in the order asked for, ties by id, undated articles last by date."""
        if sort is Sort.RELEVANCE:
            return sorted(ids, key=lambda id: (-scores[id], id))
        sign = -1 if sort is Sort.NEWEST else 1

        def by_date(id: str) -> tuple[bool, int, str]:
            published = self.entries[id].published
            return published is None, sign * (published or 0), id

        return sorted(ids, key=by_date)

    def count(self, facet: Facet, scores: Scores, filters: tuple[Filter, ...]) -> FacetCounts:
        """Count the values of a facet over all matches, its own filters left out unless it is `within`."""
        others = tuple(filter for filter in filters if facet.within or filter.field != facet.field)
        totals: Counter[str] = Counter()
        for id in scores:
            if self.keeps(id, others):
                entry = self.entries[id]
                if facet.field in CALENDAR:
                    totals[date_value(facet.field, (entry.day or 0) // CALENDAR[facet.field])] += 1
                else:
                    totals.update(set(entry.values.get(facet.field, ())))
        return pick_counts(facet, totals)

    def _any_term(self, field: str, wanted: Callable[[str], bool]) -> Scores:
        ids = {id for term, places in self.postings[field].items() if wanted(term) for id in places}
        return dict.fromkeys(ids, 1.0)

    def _phrase(self, field: str, terms: tuple[str, ...]) -> Positions:
        postings = [self.postings[field].get(term, {}) for term in terms]
        if not postings:
            return {}
        found: Positions = {}
        for id in set(postings[0]).intersection(*postings[1:]):
            later = [set(places[id]) for places in postings]
            starts = [at for at in postings[0][id] if all(at + n in later[n] for n in range(len(later)))]
            if starts:
                found[id] = starts
        return found

    def _bm25(self, field: str, places: Positions) -> Scores:
        """Score by BM25 (Robertson and Zaragoza 2009, equation 3.15, idf as in Lucene)."""
        count = len(self.entries)
        idf = math.log(1 + (count - len(places) + 0.5) / (len(places) + 0.5))
        mean = sum(len(entry.terms.get(field, ())) for entry in self.entries.values()) / max(count, 1)
        scores = {}
        for id, positions in places.items():
            length = len(self.entries[id].terms[field])
            tf = len(positions)
            scores[id] = idf * tf / (tf + K1 * (1 - B + B * length / mean))
        return scores


def _holds(filter: Filter, entry: Entry) -> bool:
    match filter:
        case OneOf(field, values):
            return not set(values).isdisjoint(entry.values.get(field, ()))
        case AllOf(field, values):
            return set(values) <= set(entry.values.get(field, ()))
        case Undated():
            return entry.day is None
        case Between(first, last):
            if entry.day is None:
                return False
            after = first is None or day_number(first) <= entry.day
            return after and (last is None or entry.day <= day_number(last))


def open_engine(directory: Path) -> Engine:
    """Open the engine on a folder."""
    return MemoryEngine(directory)
