"""Readers: files in the formats that news comes in → articles, one after the other."""

from __future__ import annotations

import zlib
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

__all__ = ["READERS", "Conventions", "Found", "Piece", "Reader", "cut", "read", "read_file", "walk"]


def read(paths: Sequence[Path], conventions: Conventions | None = None) -> Iterator[Article | ReadError]:
    """Yield every article of the files and folders given, and an error for each that cannot be read.

    Folders are walked in a stable order. One article is held at a time. Nothing is raised: what is
    broken is an error with its path, reason and line, and the rest goes on.
    """
    for path in paths:
        for found in walk(path):
            if isinstance(found, ReadError):
                yield found
            else:
                yield from read_file(found, conventions or Conventions())


def read_file(found: Found, conventions: Conventions) -> Iterator[Article | ReadError]:
    """Yield the articles of one file, and an error for each that cannot be read."""
    fields: Mapping[str, Any] = {}
    try:
        fields = overrides(found.path, conventions.zone)
    except ReadError as error:
        yield error
    try:
        source = replace(Source.look(found.path, found.id), conventions=conventions)
        reader = reader_of(source)
        if reader is None:
            raise source.error("no reader for this kind of file")
        for item in reader.read(source):
            yield item if isinstance(item, ReadError) else finished(item, fields, source)
    except ReadError as error:
        yield error
    except (EOFError, zlib.error) as error:
        yield ReadError(shown(found.path), f"the packed file is damaged ({error})")
    except OSError as error:
        yield ReadError(shown(found.path), f"the file cannot be read ({error.strerror or error})")
