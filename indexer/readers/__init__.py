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
    "Found",
    "Piece",
    "Reader",
    "Reading",
    "cut",
    "read",
    "read_file",
    "walk",
]

_FAILURES = (EOFError, OSError)

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
    fields: Mapping[str, Any] = {}
    try:
        fields = overrides(found.path, conventions.zone)
    except ReadError as error:
        yield error
    try:
        if not is_zip(found.path):
            source = Source.look(found.path, found.id)
            yield from _source(replace(source, conventions=conventions), fields)
            return
        for item in members(found.path, found.id):
            if isinstance(item, ReadError):
                yield item
            else:
                yield from _source(replace(item, conventions=conventions), fields)
    except ReadError as error:
        yield error
    except _FAILURES as error:
        yield _failure(found.path, error)


def _source(source: Source, fields: Mapping[str, Any]) -> Iterator[Reading]:
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
