"""Readers: files in the formats that news comes in → articles, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.cleaning import clean
from indexer.readers.sidecar import overridden, overrides
from indexer.readers.source import Source, shown
from indexer.readers.table import READERS, Reader, reader_of
from indexer.readers.walk import Found, walk
from indexer.readers.zipped import is_zip, members
from indexer.skipped import Skipped

__all__ = ["READERS", "Reader", "Reading", "read"]

_FAILURES = (EOFError, OSError)


Reading = Article | ReadError | Skipped
"""What reading yields: an article, what could not be read, or what was passed over on purpose."""


def read(paths: Sequence[Path]) -> Iterator[Reading]:
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
                yield from _file(found)


def _file(found: Found) -> Iterator[Reading]:
    fields: Mapping[str, Any] = {}
    try:
        fields = overrides(found.path)
    except ReadError as error:
        yield error
    try:
        if not is_zip(found.path):
            yield from _source(Source.look(found.path, found.id), fields)
            return
        for source in members(found.path, found.id):
            yield from (source,) if isinstance(source, ReadError) else _source(source, fields)
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
            yield _finished(item, fields, source) if isinstance(item, Article) else item
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


def _finished(article: Article, fields: Mapping[str, Any], source: Source) -> Article | ReadError:
    try:
        origin = article.origin if article.origin[0] else (shown(source.path), source.position)
        return replace(clean(overridden(article, fields)), origin=origin)
    except ValueError as error:
        return source.error(f"the article {article.id!r} cannot be kept ({error})")
