"""The engine that is always there: Whoosh keeps terms, postings and texts, NumPy searches them.

Whoosh's own matchers and facets are too slow (a faceted query takes 300 ms at 10,000 articles); arrays
answer in a hundredth of that. Nothing is written into a folder before the first commit.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engine import Engine, Hit, Info, Page
from indexer.engines.spans import Ints
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.matching import Matcher
from indexer.engines.whoosh.postings import Postings, unpack, unpack_docs
from indexer.engines.whoosh.segment_writer import SegmentWriter
from indexer.engines.whoosh.segments import VERSION, Contents, SegmentFiles, WriteLock
from indexer.errors import EngineError
from indexer.query import Search


class WhooshEngine:
    """Search the articles in a folder."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with _failures(directory):
            self._snapshot: _Snapshot | None = _Snapshot(Contents(directory), ())

    @contextmanager
    def rebuild(self) -> Iterator[SegmentWriter]:
        """Replace all articles by those written."""
        with self._writing(keep=False) as writer:
            yield writer

    @contextmanager
    def update(self) -> Iterator[SegmentWriter]:
        """Add, replace and delete articles."""
        with self._writing(keep=True) as writer:
            yield writer

    def search(self, search: Search) -> Page:
        """Find articles; ties are broken by id."""
        with self._answering() as snapshot:
            return snapshot.search(search)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        with self._answering() as snapshot:
            doc = snapshot.columns.numbers.get(id)
            return None if doc is None else Hit(id, 0.0, snapshot.stored(doc))

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so, the most frequent first."""
        with self._answering() as snapshot:
            return snapshot.complete(field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        with self._answering() as snapshot:
            return {term: snapshot.frequency(field, term) for term in terms}

    def info(self) -> Info:
        """Return name, version, number of articles and size of the folder."""
        with self._answering() as snapshot:
            files = self._directory.iterdir() if self._directory.exists() else ()
            size = sum(file.stat().st_size for file in files if file.is_file())
            return Info("whoosh", VERSION, len(snapshot.columns.ids), size)

    def close(self) -> None:
        """Forget the open files; they close when the last search in them ends."""
        self._snapshot = None

    def _open(self) -> _Snapshot:
        if self._snapshot is None:
            raise EngineError("the whoosh engine is closed")
        return self._snapshot

    @contextmanager
    def _answering(self) -> Iterator[_Snapshot]:
        snapshot = self._open()
        with _failures(self._directory):
            yield snapshot

    @contextmanager
    def _writing(self, keep: bool) -> Iterator[SegmentWriter]:
        snapshot = self._open()
        with _failures(self._directory):
            lock = WriteLock(self._directory)
        with lock:
            with _failures(self._directory):
                # Read again: another process may have written, and deletions must not touch this snapshot.
                contents = Contents(self._directory)
                old = _Snapshot(contents, snapshot.parts).parts if keep else ()
                files = [part.files for part in old]
                writer = SegmentWriter(contents, files)
            try:
                yield writer
                self._open()
                with _failures(self._directory):
                    writer.commit()
            except BaseException:
                with _failures(self._directory):
                    writer.cancel()
                raise
            with _failures(self._directory):
                self._snapshot = _Snapshot(Contents(self._directory), snapshot.parts)


class _Snapshot:
    """Hold the index of one commit, open for reading: its segments as one row of living articles."""

    def __init__(self, contents: Contents, before: Sequence[_Part]) -> None:
        opened = {part.name: part.files for part in before}
        self.parts: list[_Part] = []
        start = 0
        for segment in contents.segments:
            files = opened.get(segment.name) or segment.open()
            living = segment.living() if segment.deleted else None
            numbers = None if living is None else _numbered(living, segment.count, start)
            self.parts.append(_Part(segment.name, files, start, living, numbers))
            start += segment.count - segment.deleted
        self._starts = [part.start for part in self.parts]
        self.columns = Columns.join([part.columns() for part in self.parts])
        self._matcher = Matcher(self, self.columns)

    def search(self, search: Search) -> Page:
        """Find articles."""
        found = self._matcher.find(search)
        hits = zip(found.docs.tolist(), found.scores.tolist(), strict=True)
        return Page(
            found.total,
            tuple(Hit(self.columns.ids[doc], score, self.stored(doc)) for doc, score in hits),
            found.facets,
        )

    def stored(self, doc: int) -> bytes:
        """Return what is stored with an article."""
        part = self.parts[bisect_right(self._starts, doc) - 1]
        local = doc - part.start
        return part.files.stored(local if part.living is None else int(part.living[local]))

    def postings(self, field: str, text: str, with_positions: bool = False) -> Postings:
        """Return the postings of a term, empty where no article has it."""
        found = [
            part.postings(count, data, with_positions) for part, count, data in self._entries(field, text)
        ]
        if len(found) == 1:
            return found[0]
        nothing = np.empty(0, np.int64)
        return Postings(
            np.concatenate([nothing, *(postings.docs for postings in found)]),
            np.concatenate([nothing, *(postings.freqs for postings in found)]),
            np.concatenate([nothing, *(postings.positions for postings in found)]),
        )

    def docs(self, field: str, prefix: str) -> Iterator[Ints]:
        """Return the articles of each term that begins so."""
        for part in self.parts:
            for _, count, data in part.files.entries(field, prefix):
                yield part.docs(count, data)

    def words(self, field: str) -> set[str]:
        """Return all terms of a field."""
        return {word for part in self.parts for word in part.files.words(field)}

    def frequency(self, field: str, text: str) -> int:
        """Return in how many articles a term occurs."""
        return sum(
            count if part.living is None else part.docs(count, data).size
            for part, count, data in self._entries(field, text)
        )

    def complete(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return terms that begin so, the most frequent first, then by term."""
        most: Counter[str] = Counter()  # deleted articles still count here, so it may be less
        for part in self.parts:
            for word, count, _ in part.files.entries(field, prefix):
                most[word] += count
        best: list[tuple[int, str]] = []
        for word, count in sorted(most.items(), key=lambda item: (-item[1], item[0])):
            if len(best) >= limit and (not limit or count < -best[limit - 1][0]):
                break
            if exact := self.frequency(field, word):
                insort(best, (-exact, word))
        return [word for _, word in best[:limit]]

    def _entries(self, field: str, text: str) -> Iterator[tuple[_Part, int, memoryview]]:
        for part in self.parts:
            entry = part.files.entry(field, text)
            if entry is not None:
                yield part, *entry


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold a segment in its place: its first number, and where some are deleted its living articles.

    `numbers` has the number in the snapshot of each of its articles then, -1 for a deleted one.
    """

    name: str
    files: SegmentFiles
    start: int
    living: Ints | None
    numbers: Ints | None

    def columns(self) -> Columns:
        """Return the columns of the living articles."""
        return self.files.columns if self.living is None else self.files.columns.take(self.living)

    def docs(self, count: int, data: memoryview) -> Ints:
        """Return the living articles of a packed term."""
        docs = self._numbers(unpack_docs(data, count))
        return docs if self.living is None else docs[docs >= 0]

    def postings(self, count: int, data: memoryview, with_positions: bool) -> Postings:
        """Return the postings of a packed term in living articles."""
        read = unpack(data, count, with_positions)
        docs = self._numbers(read.docs)
        if self.living is None:
            return Postings(docs, read.freqs, read.positions)
        keep = docs >= 0
        positions = read.positions[np.repeat(keep, read.freqs)] if with_positions else read.positions
        return Postings(docs[keep], read.freqs[keep], positions)

    def _numbers(self, docs: Ints) -> Ints:
        """Return the numbers of articles in the snapshot, -1 for a deleted one."""
        return docs + self.start if self.numbers is None else self.numbers[docs]


def _numbered(living: Ints, count: int, start: int) -> Ints:
    numbers = np.full(count, -1)
    numbers[living] = np.arange(start, start + living.size)
    return numbers


@contextmanager
def _failures(directory: Path) -> Iterator[None]:
    """Turn whatever goes wrong into an error that names the folder."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        # Whoosh raises TypeError for a truncated table of contents, and others for other damage.
        reason = f"{type(error).__name__}: {error}. If it does so again, run: index check"
        raise EngineError(f"the index in {directory} failed: {reason}") from error


def open_engine(directory: Path) -> Engine:
    """Open the engine on a folder."""
    return WhooshEngine(directory)
