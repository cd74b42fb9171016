"""The engine for large collections on one machine: Tantivy, a search library in Rust.

Beside Tantivy's own files the folder holds `values.json`, since facets are numbers here, which takes half
the time of texts, and `rows`, where they are counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy
from tantivy import Document

from indexer.engine import Engine, Entry, Hit, Info, Page, joined
from indexer.engines.tantivy.commit import Commit, hit_of
from indexer.engines.tantivy.facet_rows import FacetRows, RowsWriter
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.engines.tantivy.row_sets import RowSets
from indexer.engines.tantivy.translation import (
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
from indexer.query import DAY, MONTH, Search

_VALUES, _ROWS = "values.json", "rows"
_LOCK = ".tantivy-meta.lock"

_ADVICE = ". If it does so again, run: index check"

_HEAP = 512_000_000
"""Bytes of articles that a writer collects before it writes a segment; taken only as they come."""

_UNDATED = 1 << 40
"""Stands beyond all times; its negative before them, so that undated articles come last both ways."""

_MANY = 10_000
"""Terms from which on it is faster to count all terms of a field at once, where articles were deleted."""

_ALL = 100_000_000


class TantivyEngine:
    """Search articles in a folder that Tantivy keeps."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with _speaking(), _lockable(directory) as folder:
            self._index = _open_index(directory, folder)
            self._index.config_reader("manual")
            self._commit: Commit | None = self._latest()

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
                plain = commit.find(kept, search, count=True)
                return Page(plain.total, plain.hits)
            rows, looked = commit.rows_known(search.query), None
            if rows is None:
                looked = commit.count(query) if filters else commit.find(query, search, count=True)
                rows = commit.rows_matching(search.query, query, looked)
            if rows is None:
                return commit.aggregated(query, filters, search)
            total, facets = commit.counted(rows, search)
            found = looked if looked and not filters else commit.find(kept, search, count=False)
        return Page(total, found.hits, facets)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        searcher = self._current().searcher
        with _speaking():
            found = searcher.search(tantivy.Query.term_query(SCHEMA, ID, id), 1, count=False).hits
            return hit_of(searcher.doc(found[0][1]), 0.0) if found else None

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so, the most frequent first."""
        commit = self._current()
        # Without a query Tantivy counts deleted articles as well, but need not read the postings.
        alive = tantivy.Query.all_query() if commit.deletions else None
        with _speaking():
            pairs = commit.searcher.terms_with_prefix(field, prefix, alive, limit)
        if commit.deletions and not prefix and _MANY <= len(pairs) < limit:
            commit.listed[field] = dict(pairs)  # who asks for all terms wants their numbers next
        return [term for term, _ in pairs]

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        commit = self._current()
        with _speaking():
            if not commit.deletions:
                return {term: commit.searcher.doc_freq(field, term) for term in terms}
            if len(terms) >= _MANY:
                known = commit.listed.pop(field, None)
                if known is None:
                    alive = tantivy.Query.all_query()
                    known = dict(commit.searcher.terms_with_prefix(field, "", alive, _ALL))
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

    def _current(self) -> Commit:
        if self._commit is None:
            raise EngineError("the tantivy engine is closed")
        return self._commit

    def _latest(self) -> Commit:
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
        return Commit(searcher, values, rows, deletions, sets)

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
    def __init__(self, raw: tantivy.IndexWriter, commit: Commit, fresh: bool) -> None:
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


@contextmanager
def _lockable(directory: Path) -> Iterator[Path]:
    """Give the folder, or one of links to its files where Tantivy may not lock there.

    It opens a file for writing even to read. What it has read is mapped, so the links can go at once.
    """
    lock = directory / _LOCK
    if os.access(lock if lock.exists() else directory, os.W_OK):
        yield directory
        return
    with TemporaryDirectory(prefix="manchette-") as links:
        for file in directory.iterdir():
            if file.name != _LOCK:
                Path(links, file.name).symlink_to(file.absolute())
        yield Path(links)


def _open_index(directory: Path, folder: Path) -> tantivy.Index:
    """Open the index of a folder; make an empty one only where there is no file but `values.json`.

    `folder` has the same files.
    """
    if not (directory / "meta.json").exists():
        files = sorted(file.name for file in directory.iterdir() if file.name not in (_VALUES, _ROWS))
        if files:
            raise EngineError(f"{directory} is damaged: it has {files[0]}, but no meta.json")
        FacetValues().save(directory / _VALUES)
        RowsWriter(FacetRows.empty()).save(directory / _ROWS)
    return tantivy.Index(SCHEMA, str(folder))


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn whatever Tantivy raises into an EngineError."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        raise EngineError(f"the tantivy engine failed: {error}{_ADVICE}") from error
    except BaseException as error:
        # A panic of Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"the tantivy engine failed: {error}{_ADVICE}") from error


def open_engine(directory: Path) -> Engine:
    """Open the engine on a folder."""
    return TantivyEngine(directory)
