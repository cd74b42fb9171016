"""The corpus: the files and folders to read, cut into batches that other processes can read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import (
    Conventions,
    Fields,
    Found,
    Piece,
    Reading,
    Source,
    cut,
    is_zip,
    read,
    read_file,
    read_source,
    sources,
    walk,
)

_FILES = 16
_ARTICLES = 64
_BYTES = 256 * 2**10
_LONG = 2**20
"""A longer file is not read as part of a batch: nobody knows how many articles are in it."""


class Batch(Protocol):
    """Hold some of what is to be read; `articles` and `bytes` say about how much that is."""

    @property
    def articles(self) -> int:
        """Return about how many articles are in it."""

    @property
    def bytes(self) -> int:
        """Return about how long they are."""

    @property
    def name(self) -> str:
        """Return what to call it in a message."""

    def read(self) -> Iterator[Reading]:
        """Yield the articles, and an error for each that cannot be read."""


class Corpus:
    """Yield every article of files and folders, as `read` does; give them in batches, too."""

    def __init__(self, paths: Sequence[Path], conventions: Conventions | None = None) -> None:
        self._paths = tuple(paths)
        self._conventions = conventions or Conventions()
        self._number, self._shares = 1, 1

    def __iter__(self) -> Iterator[Reading]:
        if self._shares == 1:
            return read(self._paths, self._conventions)
        return (reading for batch in self.batches() for reading in batch.read())

    def share(self, number: int, shares: int) -> Corpus:
        """Return the share of this number, from 1 on, of so many: together they are the whole."""
        share = Corpus(self._paths, self._conventions)
        share._number, share._shares = number, shares
        return share

    def place(self, batch: int) -> int:
        """Return which batch of the whole corpus a batch of this share is; both are counted from 0."""
        return batch * self._shares + self._number - 1

    def batches(self) -> Iterator[Batch]:
        """Yield batches, which hold in turn what iterating yields; a few are in memory at a time."""
        return islice(self._batches(), self._number - 1, None, self._shares)

    def _batches(self) -> Iterator[Batch]:
        small = _Files(self._conventions)
        for path in self._paths:
            for found in walk(path):
                size = 0 if isinstance(found, ReadError) else _size(found.path)
                if size > _BYTES and isinstance(found, Found):
                    if small.items:
                        yield small
                        small = _Files(self._conventions)
                    yield from _parts(found, size, self._conventions)
                    continue
                small.items.append(found)
                small.bytes += size
                if len(small.items) >= _FILES or small.bytes >= _BYTES:
                    yield small
                    small = _Files(self._conventions)
        if small.items:
            yield small


def batches_of(readings: Iterable[Reading]) -> Iterator[Batch]:
    """Yield what is read already in batches."""
    if isinstance(readings, Corpus):
        yield from readings.batches()
        return
    batch = _Given()
    for reading in readings:
        batch.items.append(reading)
        batch.bytes += len(reading.body) if isinstance(reading, Article) else 0
        if len(batch.items) >= _ARTICLES or batch.bytes >= _BYTES:
            yield batch
            batch = _Given()
    if batch.items:
        yield batch


def _parts(found: Found, size: int, conventions: Conventions) -> Iterator[Batch]:
    """Yield the batches of a long file: pieces of it where its format has them, else its articles."""
    pieces = cut(found, _BYTES, conventions)
    if pieces is not None:
        for piece in pieces:
            yield _Piece(piece)
    elif size <= _LONG:
        yield _Files(conventions, [found], size)
    elif _is_archive(found.path):
        yield from _members(found, conventions)
    else:
        yield from batches_of(read_file(found, conventions))


def _members(found: Found, conventions: Conventions) -> Iterator[Batch]:
    """Yield the batches of an archive: members with their bytes, and what is read of those that are long."""
    batch = _Members()
    for source, fields in sources(found, conventions):
        data = b"" if isinstance(source, ReadError) else _short(source)
        if data is None:
            if batch.items:
                yield batch
                batch = _Members()
            assert isinstance(source, Source)
            yield from batches_of(read_source(source, fields))
            continue
        kept = source if isinstance(source, ReadError) else replace(source, raw=partial(io.BytesIO, data))
        batch.items.append((kept, fields))
        batch.bytes += len(data)
        if len(batch.items) >= _FILES or batch.bytes >= _BYTES:
            yield batch
            batch = _Members()
    if batch.items:
        yield batch


def _is_archive(path: Path) -> bool:
    try:
        return is_zip(path)
    except OSError:  # reading it will say so
        return False


def _short(source: Source) -> bytes | None:
    """Return the bytes of a member as they are packed; None where they are many, or damaged."""
    try:
        with source.raw() as stream:
            data = stream.read(_LONG + 1)
    except (ReadError, EOFError, OSError):  # reading it will say so
        return None
    return data if len(data) <= _LONG else None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # reading it will say so
        return 0


@dataclass(slots=True)
class _Files:
    conventions: Conventions
    items: list[Found | ReadError] = field(default_factory=list)
    bytes: int = 0

    @property
    def articles(self) -> int:
        return len(self.items)

    @property
    def name(self) -> str:
        return _span([str(item.path) for item in self.items])

    def read(self) -> Iterator[Reading]:
        for item in self.items:
            if isinstance(item, ReadError):
                yield item
            else:
                yield from read_file(item, self.conventions)


@dataclass(slots=True)
class _Members:
    items: list[tuple[Source | ReadError, Fields]] = field(default_factory=list)
    bytes: int = 0

    @property
    def articles(self) -> int:
        return len(self.items)

    @property
    def name(self) -> str:
        return _span([str(item.path) for item, _ in self.items])

    def read(self) -> Iterator[Reading]:
        for item, fields in self.items:
            if isinstance(item, ReadError):
                yield item
            else:
                yield from read_source(item, fields)


@dataclass(frozen=True, slots=True)
class _Piece:
    piece: Piece

    @property
    def articles(self) -> int:
        return len(self.piece)

    @property
    def bytes(self) -> int:
        return self.piece.bytes

    @property
    def name(self) -> str:
        return self.piece.name

    def read(self) -> Iterator[Reading]:
        yield from self.piece.read()


@dataclass(slots=True)
class _Given:
    items: list[Reading] = field(default_factory=list)
    bytes: int = 0

    @property
    def articles(self) -> int:
        return len(self.items)

    @property
    def name(self) -> str:
        return _span([item.id if isinstance(item, Article) else item.path for item in self.items])

    def read(self) -> Iterator[Reading]:
        yield from self.items


def _span(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
