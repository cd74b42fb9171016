"""The engine for large collections on one machine: Tantivy, a search library in Rust.

Beside Tantivy's own files the folder holds `values.json`, since facets are numbers here, which takes half
the time of texts, and `rows`, where they are counted.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Document, Order

from indexer.engine import Engine, Entry, FacetCounts, Hit, Info, Page, joined
from indexer.engines.spans import Ints
from indexer.engines.tantivy.buckets import Bucket, count_buckets, pick_buckets
from indexer.engines.tantivy.facet_rows import FacetRows, Mask, RowsWriter
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.engines.tantivy.row_sets import Leaf, RowSets
from indexer.engines.tantivy.translation import (
    DAY,
    ID,
    NEWEST,
    OLDEST,
    ROW,
    SCHEMA,
    STORED,
    alternatives,
    narrowed,
    translate,
)
from indexer.errors import EngineError
from indexer.query import MONTH, Everything, Query, Search, Sort, Term

_VALUES, _ROWS = "values.json", "rows"

_HEAP = 512_000_000
"""Bytes of articles that a writer collects before it writes a segment; taken only as they come."""

_UNDATED = 1 << 40
"""Stands beyond all times; its negative before them, so that undated articles come last both ways."""

MOST_ROWS = 250_000
"""Matches whose facets are counted in arrays, for which Tantivy gives them as Python's objects, 150 bytes
each; of more it counts itself."""

_AT_ONCE = 200
"""Matches that are taken with the first page: most searches have no more, and so end with one look."""

_REMEMBERED = 50_000
"""Terms whose number of articles is kept, 10 MB at most."""

_MANY = 10_000
"""Terms from which on it is faster to count all terms of a field at once, where articles were deleted."""

_ALL = 100_000_000


class TantivyEngine:
    """Search articles in a folder that Tantivy keeps."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with _speaking():
            self._index = _open_index(directory)
            self._index.config_reader("manual")
            self._commit: _Commit | None = self._latest()

    @contextmanager
    def rebuild(self) -> Iterator[_Writer]:
        """Replace all articles by those written."""
        with self._writing(fresh=True) as writer:
            yield writer

    @contextmanager
    def update(self) -> Iterator[_Writer]:
        """Add, replace and delete articles."""
        with self._writing(fresh=False) as writer:
            yield writer

    def search(self, search: Search) -> Page:
        """Find articles; facets are counted over the rows of all matches, in one pass for all of them."""
        commit = self._current()
        with _speaking():
            query = translate(search.query, commit.values)
            filters = alternatives(commit.values, search.filters)
            kept = narrowed(query, filters.values())
            if not search.facets:
                found = commit.find(kept, search, count=True)
                return Page(found.total, found.hits)
            found = commit.find(query, search, count=True) if not filters else commit.count(query)
            rows = commit.rows_matching(search.query, query, found)
            if rows is None:
                return commit.aggregated(query, filters, search)
            total, facets = commit.counted(rows, search)
            if filters:
                found = commit.find(kept, search, count=False)
        return Page(total, found.hits, facets)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        searcher = self._current().searcher
        with _speaking():
            found = searcher.search(tantivy.Query.term_query(SCHEMA, ID, id), 1, count=False).hits
            return _hit(searcher.doc(found[0][1]), 0.0) if found else None

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so, the most frequent first."""
        commit = self._current()
        # Without a query Tantivy counts deleted articles as well, but need not read the postings.
        alive = tantivy.Query.all_query() if commit.deletions else None
        with _speaking():
            return [term for term, _ in commit.searcher.terms_with_prefix(field, prefix, alive, limit)]

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        commit = self._current()
        with _speaking():
            if not commit.deletions:
                return {term: commit.searcher.doc_freq(field, term) for term in terms}
            if len(terms) >= _MANY:
                known = dict(commit.searcher.terms_with_prefix(field, "", tantivy.Query.all_query(), _ALL))
                return {term: known.get(term, 0) for term in terms}
            return {term: commit.frequency(field, term) for term in terms}

    def info(self) -> Info:
        """Return name, version, number of articles and size."""
        commit = self._current()
        size = sum(file.stat().st_size for file in self._directory.iterdir())
        return Info("tantivy", version("tantivy"), commit.searcher.num_docs, size)

    def close(self) -> None:
        """Let go of the files; a search under way still ends well."""
        self._commit = None

    def _current(self) -> _Commit:
        if self._commit is None:
            raise EngineError("the tantivy engine is closed")
        return self._commit

    def _latest(self) -> _Commit:
        self._index.reload()
        meta = json.loads((self._directory / "meta.json").read_text("utf-8"))
        for segment in meta["segments"]:
            # The one file of a segment that Tantivy does not look for before a phrase needs it.
            (self._directory / f"{segment['segment_id'].replace('-', '')}.pos").stat()
        deletions = any(segment["deletes"] for segment in meta["segments"])
        searcher = self._index.searcher()
        rows = FacetRows.load(self._directory / _ROWS, searcher.num_docs)
        values = FacetValues.load(self._directory / _VALUES)
        sets = RowSets(rows.days, rows.living, lambda at, filter: rows.passing(at, filter, values))
        return _Commit(searcher, values, rows, deletions, sets)

    @contextmanager
    def _writing(self, fresh: bool) -> Iterator[_Writer]:
        commit = self._current()
        with _speaking():
            # One thread: more of them write more segments, and the articles out of order.
            raw = self._index.writer(_HEAP, 1)
        try:
            writer = _Writer(raw, commit, fresh)
            try:
                yield writer
                self._current()
            except BaseException:
                with _speaking():
                    raw.rollback()
                raise
            with _speaking():
                writer.values.save(self._directory / _VALUES)
                aside = self._directory / f"{_ROWS}.tmp"
                writer.rows.save(aside)
                raw.commit()
                aside.replace(self._directory / _ROWS)
        finally:
            # It lets go of the lock too, which a traceback that holds the writer would keep.
            with _speaking():
                raw.wait_merging_threads()
        with _speaking():
            self._commit = self._latest()


class _Writer:
    def __init__(self, raw: tantivy.IndexWriter, commit: _Commit, fresh: bool) -> None:
        self.values = commit.values.copy()
        self.rows = RowsWriter(FacetRows.empty() if fresh else commit.rows)
        self._raw = raw
        self._before = None if fresh else commit
        self._added: dict[str, int] = {}
        if fresh:
            with _speaking():
                # Not delete_all_documents: this one is part of the commit, and rolls back with it.
                raw.delete_documents_by_query(tantivy.Query.all_query())

    def add(self, entry: Entry) -> None:
        with _speaking():
            self._drop(entry.id)
            self._raw.add_document(self._document(entry))

    def delete(self, id: str) -> None:
        with _speaking():
            self._drop(id)

    def _drop(self, id: str) -> None:
        row = self._added.pop(id, None)
        if row is None and self._before:
            row = self._before.row(id)
        if row is not None:
            self._raw.delete_documents_by_term(ID, id)
            self.rows.drop(row)

    def _document(self, entry: Entry) -> Document:
        document = Document()
        document.add_text(ID, entry.id)
        document.add_bytes(STORED, entry.stored)
        for field, terms in entry.terms.items():
            document.add_text(field, joined(terms))
        places = {
            field: [self.values.add(field, value) for value in dict.fromkeys(values)]
            for field, values in entry.values.items()
        }
        for field, numbers in places.items():
            for number in numbers:
                document.add_unsigned(field, number)
        day, published = entry.day or 0, entry.published
        self._added[entry.id] = row = self.rows.add(places, day)
        document.add_unsigned(ROW, row)
        document.add_unsigned(DAY, day)
        document.add_unsigned(MONTH, day // 100)
        document.add_integer(NEWEST, -_UNDATED if published is None else published)
        document.add_integer(OLDEST, _UNDATED if published is None else published)
        return document


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold the hits of a page, the total where it was asked for, and where the first matches are."""

    total: int
    hits: tuple[Hit, ...] = ()
    places: Sequence[tantivy.DocAddress] = ()


@dataclass(frozen=True, slots=True)
class _Commit:
    """Hold what one commit made visible."""

    searcher: tantivy.Searcher
    values: FacetValues
    rows: FacetRows
    deletions: bool
    sets: RowSets
    known: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)

    def find(self, query: tantivy.Query, search: Search, count: bool) -> _Found:
        """Return the hits of the page, and the total where `count` asks for it."""
        # Tantivy keeps room for twice as many hits as it is asked for, and panics at none.
        limit = min(search.limit, self.searcher.num_docs - search.offset)
        if limit <= 0:
            return self.count(query) if count else _Found(0)
        by, order = _ORDERS[search.sort]
        first = count and not search.offset
        found = self.searcher.search(
            query, max(limit, _AT_ONCE) if first else limit, count, by, search.offset, order
        )
        matches = found.hits
        hits = tuple(_hit(self.searcher.doc(at), 0.0 if by else score) for score, at in matches[:limit])
        return _Found(_total(found) if count else 0, hits, [at for _, at in matches] if first else ())

    def frequency(self, field: str, term: str) -> int:
        """Return in how many articles a term occurs, deleted ones left out."""
        # Tantivy's own number counts those as well; without it the postings are gone through.
        if (known := self.known.get((field, term))) is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = self.count(tantivy.Query.term_query(SCHEMA, field, term)).total
            self.known[field, term] = known
        return known

    def count(self, query: tantivy.Query) -> _Found:
        """Return the total alone."""
        return _Found(_total(self.searcher.search(query, 1)))

    def row(self, id: str) -> int | None:
        """Return the row of an article; None where there is none."""
        found = self.searcher.search(tantivy.Query.term_query(SCHEMA, ID, id), 1, count=False).hits
        return int(self.rows_at([found[0][1]])[0]) if found else None

    def rows_matching(self, query: Query, translated: tantivy.Query, found: _Found) -> Ints | None:
        """Return the rows of all matches; None where there are too many to hand over."""
        if isinstance(query, Everything):
            return self.rows.living()
        rows = self.sets.rows(query, found.total, self._documents, self._rows_of_leaf)
        if rows is None and found.total == len(found.places):
            return self.rows_at(found.places)
        if rows is None and found.total <= MOST_ROWS:
            return self.rows_of(translated, found.total)
        return rows

    def _documents(self, term: Term) -> int:
        return self.searcher.doc_freq(term.field, term.text)

    def _rows_of_leaf(self, leaf: Leaf) -> Ints:
        query = translate(leaf, self.values)
        return self.rows_of(query, self.count(query).total)

    def rows_of(self, query: tantivy.Query, number: int) -> Ints:
        """Return the rows of all matches, of which there are so many."""
        found = self.searcher.search(tantivy.Query.const_score_query(query, 0.0), max(number, 1), count=False)
        return self.rows_at([at for _, at in found.hits])

    def rows_at(self, places: Sequence[tantivy.DocAddress]) -> Ints:
        """Return the rows of the articles at these places."""
        return np.array(self.searcher.fast_field_values(ROW, list(places)), np.int64)

    def counted(self, rows: Ints, search: Search) -> tuple[int, dict[str, FacetCounts]]:
        """Return how many of these rows pass the filters, and the facets that are asked for."""
        masks: dict[str, Mask] = {}
        for filter in search.filters:
            mask = self.rows.passing(rows, filter, self.values)
            masks[filter.field] = masks[filter.field] | mask if filter.field in masks else mask
        every = np.ones(rows.size, bool)
        kept = rows[np.logical_and.reduce(list(masks.values()))] if masks else rows
        facets = {}
        for facet in search.facets:
            among = kept
            if facet.field in masks and not facet.within:
                others = [mask for field, mask in masks.items() if field != facet.field]
                among = rows[np.logical_and.reduce([every, *others])]
            facets[facet.field] = self.rows.count(facet, among, self.values)
        return kept.size, facets

    def aggregated(self, query: tantivy.Query, filters: Mapping[str, tantivy.Query], search: Search) -> Page:
        """Return the page with the facets as Tantivy counts them."""
        kept = narrowed(query, filters.values())
        asked = {facet.field for facet in search.facets}
        within = {facet.field for facet in search.facets if facet.within}
        apart = asked & filters.keys() - within
        buckets = self._buckets(kept, asked - apart)
        for field in apart:
            others = [filter for name, filter in filters.items() if name != field]
            buckets |= self._buckets(narrowed(query, others), {field})
        found = self.find(kept, search, count=True)
        facets = {
            facet.field: pick_buckets(facet, self.values, buckets[facet.field]) for facet in search.facets
        }
        return Page(found.total, found.hits, facets)

    def _buckets(self, query: tantivy.Query, fields: Collection[str]) -> dict[str, list[Bucket]]:
        return count_buckets(partial(self.searcher.aggregate, query), self.values, fields)


_ORDERS: Mapping[Sort, tuple[str | None, Order]] = {
    Sort.RELEVANCE: (None, Order.Desc),
    Sort.NEWEST: (NEWEST, Order.Desc),
    Sort.OLDEST: (OLDEST, Order.Asc),
}


def _open_index(directory: Path) -> tantivy.Index:
    """Open the index of a folder; make an empty one only where there is no file but `values.json`."""
    if not (directory / "meta.json").exists():
        files = sorted(file.name for file in directory.iterdir() if file.name not in (_VALUES, _ROWS))
        if files:
            raise EngineError(f"{directory} is damaged: it has {files[0]}, but no meta.json")
        FacetValues().save(directory / _VALUES)
        RowsWriter(FacetRows.empty()).save(directory / _ROWS)
    return tantivy.Index(SCHEMA, str(directory))


def _hit(document: Document, score: float) -> Hit:
    return Hit(str(document.get_first(ID)), score, bytes(document.get_first(STORED) or b""))


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # tantivy.pyi 0.27 leaves it out


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn whatever Tantivy raises into an EngineError."""
    try:
        yield
    except (ValueError, RuntimeError, OSError, LookupError) as error:
        raise EngineError(f"the tantivy engine failed: {error}") from error
    except BaseException as error:
        # A panic of Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"the tantivy engine failed: {error}") from error


def open_engine(directory: Path) -> Engine:
    """Open the engine on a folder."""
    return TantivyEngine(directory)
