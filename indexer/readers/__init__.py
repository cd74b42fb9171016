"""Readers: files in the formats that news comes in → articles, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.conventions import Conventions
from indexer.readers.pieces import Piece, cut, finished
from indexer.readers.sidecar import overrides
from indexer.readers.source import Source, shown
from indexer.readers.table import READERS, Reader, reader_of
from indexer.readers.walk import Found, walk
from indexer.readers.zipped import is_zip, members
from indexer.skipped import Skipped

__all__ = [
    "READERS",
    "Conventions",
    "Fields",
    "Found",
    "Piece",
    "Reader",
    "Reading",
    "Source",
    "cut",
    "is_zip",
    "read",
    "read_file",
    "read_source",
    "sources",
    "walk",
]

_FAILURES = (EOFError, OSError)

Fields = Mapping[str, Any]
"""The fields that a sidecar sets."""

Reading = Article | ReadError | Skipped
"""What reading yields: an article, what could not be read, or what was passed over on purpose."""


def read(paths: Sequence[Path], conventions: Conventions | None = None) -> Iterator[Reading]:
    """Yield every article of the files and folders given, and an error for each that cannot be read.

    What was passed over on purpose is counted in items of its own. Folders are walked in a stable order.
    One article is held at a time. Nothing is raised: what is broken is an error with its path, reason and
    line, and the rest goes on.
    """
    for path in paths:
        for found in walk(path):
            if isinstance(found, ReadError):
                yield found
            else:
                yield from read_file(found, conventions or Conventions())


def read_file(found: Found, conventions: Conventions) -> Iterator[Reading]:
    """Yield what is read of one file: articles, an error for each that cannot be, and what is passed over."""
    for source, fields in sources(found, conventions):
        if isinstance(source, ReadError):
            yield source
        else:
            yield from read_source(source, fields)


def sources(found: Found, conventions: Conventions) -> Iterator[tuple[Source | ReadError, Fields]]:
    """Yield the file, of an archive its members, with the fields of its sidecar, and what is wrong with it.

    Each is good until the next is asked for.
    """
    fields: Fields = {}
    try:
        fields = overrides(found.path, conventions.zone)
    except ReadError as error:
        yield error, fields
    try:
        packed = is_zip(found.path)
        for item in members(found.path, found.id) if packed else (Source.look(found.path, found.id),):
            yield item if isinstance(item, ReadError) else replace(item, conventions=conventions), fields
    except ReadError as error:
        yield error, fields
    except _FAILURES as error:
        yield _failure(found.path, error), fields


def read_source(source: Source, fields: Fields) -> Iterator[Reading]:
    """Yield what is read of one file or member, with the fields of the sidecar beside it."""
    try:
        reader = reader_of(source)
        if reader is None:
            raise source.error("no reader for this kind of file")
        empty = True
        for item in reader.read(source):
            empty = False
            yield finished(item, fields, source) if isinstance(item, Article) else item
        if empty:
            yield Skipped(shown(source.path), "files with nothing in them")
    except ReadError as error:
        yield error
    except _FAILURES as error:
        yield _failure(source.path, error)


def _failure(path: Path, error: Exception) -> ReadError:
    if isinstance(error, OSError):
        return ReadError(shown(path), f"the file cannot be read ({error.strerror or error})")
    return ReadError(shown(path), f"the packed file is damaged ({error})")
