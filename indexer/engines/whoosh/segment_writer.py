"""Articles into segments: collected in memory until there are enough, merged as they get many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine import Entry
from indexer.engines.spans import Ints
from indexer.engines.whoosh.columns import Columns, Row
from indexer.engines.whoosh.postings import Inverter, unpack
from indexer.engines.whoosh.segments import Contents, Segment, SegmentFiles
from indexer.errors import EngineError
from indexer.query import FACET_FIELDS, TEXT_FIELDS

SEGMENT_TOKENS = 8_000_000
SEGMENT_BYTES = 256 * 1024 * 1024
"""How many tokens and bytes of texts a segment takes, about 13,000 articles; it bounds the memory."""


class SegmentWriter:
    """Collect articles in memory and write them as segments."""

    def __init__(self, contents: Contents, files: Sequence[SegmentFiles]) -> None:
        """Write beside those segments whose files are given, or in the place of all where none are."""
        self._contents = contents
        self._old: list[tuple[Segment, SegmentFiles]] = []
        self._places: dict[str, tuple[Segment, int]] = {}
        self._written: list[Segment] = []
        self._batch = _Batch()
        for segment, opened in zip(contents.segments, files, strict=False):
            self._old.append((segment, opened))
            ids = opened.columns.ids
            self._places.update((ids[doc], (segment, doc)) for doc in segment.living().tolist())

    def add(self, entry: Entry) -> None:
        """Add an article in the place of one with the same id."""
        self.delete(entry.id)
        self._batch.add(entry)
        if self._batch.full:
            self._flush()

    def delete(self, id: str) -> None:
        """Drop an article."""
        self._batch.docs.pop(id, None)
        if id in self._places:
            segment, doc = self._places.pop(id)
            segment.delete(doc)

    def commit(self) -> None:
        """Write what is left, then the table of contents, which makes all of it count."""
        kept = self._merge()
        if self._batch.docs:
            self._flush()
        self._contents.write([*kept, *self._written])

    def cancel(self) -> None:
        """Remove what was written, unless it counts already."""
        if not self._contents.written:
            for segment in self._written:
                segment.remove()

    def _merge(self) -> list[Segment]:
        """Take over segments that are small or hold many deleted articles; return the others.

        A segment is small where it is at most twice what is written anyway: so there are few segments,
        and each article is rewritten a logarithmic number of times.
        """
        kept = []
        sized = [(files.columns.tokens(segment.living()), segment, files) for segment, files in self._old]
        for tokens, segment, files in sorted(sized, key=lambda row: row[0]):
            wasteful = segment.deleted * 5 > segment.count
            room = tokens + self._batch.tokens <= SEGMENT_TOKENS
            if room and (tokens <= 2 * self._batch.tokens or wasteful):
                self._batch.copy(files, segment.living())
            else:
                kept.append(segment)
        return kept

    def _flush(self) -> None:
        segment = Segment.new(self._contents.directory)
        self._written.append(segment)
        ids = self._batch.write(segment)
        self._places.update((id, (segment, doc)) for doc, id in enumerate(ids))
        self._batch = _Batch()


class _Batch:
    """Collect the articles of one segment in memory."""

    def __init__(self) -> None:
        self.docs: dict[str, int] = {}
        self.tokens = 0
        self._bytes = 0
        self._rows: list[Row] = []
        self._stored: list[bytes] = []
        self._terms = {field: Inverter() for field in TEXT_FIELDS}

    @property
    def full(self) -> bool:
        """Tell whether it is time to write."""
        return self.tokens >= SEGMENT_TOKENS or self._bytes >= SEGMENT_BYTES

    def add(self, entry: Entry) -> None:
        """Take an article."""
        if unknown := (entry.terms.keys() - TEXT_FIELDS) | (entry.values.keys() - FACET_FIELDS):
            raise EngineError(
                f"article {entry.id} has fields that no index has: {', '.join(sorted(unknown))}"
            )
        counts = dict.fromkeys(TEXT_FIELDS, 0)
        for field, terms in entry.terms.items():
            counts[field] = self._terms[field].add(len(self._rows), list(terms))
        lengths = tuple(counts.values())
        self._take(Row(entry.id, lengths, entry.values, entry.published, entry.day), entry.stored)

    def copy(self, files: SegmentFiles, docs: Ints) -> None:
        """Take articles over from a segment."""
        numbers = np.full(len(files.columns.ids), -1)
        numbers[docs] = np.arange(docs.size) + len(self._rows)
        for doc in docs.tolist():
            self._take(files.columns.row(doc), files.stored(doc))
        for field, inverter in self._terms.items():
            read = [(word, unpack(data, n, True)) for word, n, data in files.entries(field, "")]
            inverter.copy([word for word, _ in read], [postings for _, postings in read], numbers)

    def write(self, segment: Segment) -> list[str]:
        """Write a segment and return the ids of its articles in their order."""
        docs = sorted(self.docs.values())
        numbers = np.full(len(self._rows), -1)
        numbers[docs] = np.arange(len(docs))
        columns = Columns.collect([self._rows[doc] for doc in docs])
        segment.write(columns, [self._stored[doc] for doc in docs], self._terms, numbers)
        return list(columns.ids)

    def _take(self, row: Row, stored: bytes) -> None:
        self.docs[row.id] = len(self._rows)
        self._rows.append(row)
        self._stored.append(stored)
        self.tokens += sum(row.lengths) + 1
        self._bytes += len(stored)
