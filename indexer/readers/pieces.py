"""Pieces: a long file of lines, cut so that other processes can read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.cleaning import clean
from indexer.readers.conventions import Conventions
from indexer.readers.sidecar import overridden, overrides
from indexer.readers.source import Source, shown
from indexer.readers.table import Line, Reader, reader_of
from indexer.readers.walk import Found
from indexer.readers.zipped import is_zip

_LINES = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold some lines of a file."""

    source: Source
    reader: Reader
    fields: Mapping[str, Any]
    lines: tuple[Line, ...]
    bytes: int

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def name(self) -> str:
        """Return file and line to begin with."""
        return f"{shown(self.source.path)}:{self.lines[0][0]}"

    def read(self) -> Iterator[Article | ReadError]:
        """Yield the articles of the lines, or what is wrong with one."""
        assert self.reader.line is not None
        for number, line in self.lines:
            if isinstance(line, ReadError):
                yield line
                continue
            for item in self.reader.line(self.source, number, line):
                yield item if isinstance(item, ReadError) else finished(item, self.fields, self.source)


def cut(found: Found, bytes: int, conventions: Conventions) -> Iterator[Piece] | None:
    """Return the pieces of a file, each of about so many bytes; None where it has to be read as a whole.

    That is so, too, where the file or its sidecar cannot be read: reading it says why.
    """
    try:
        fields = overrides(found.path, conventions.zone)
        if is_zip(found.path):
            return None
        source = replace(Source.look(found.path, found.id), conventions=conventions)
    except (ReadError, OSError, EOFError, ValueError):
        return None
    reader = reader_of(source)
    if reader is None or reader.lines is None:
        return None
    return _pieces(source, reader, fields, bytes)


def finished(article: Article, fields: Mapping[str, Any], source: Source) -> Article | ReadError:
    """Return an article with the fields of its sidecar, cleaned; or why it cannot be kept."""
    try:
        origin = article.origin if article.origin[0] else (shown(source.path), source.position)
        return replace(clean(overridden(article, fields)), origin=origin)
    except ValueError as error:
        return source.error(f"the article {article.id!r} cannot be kept ({error})")


def _pieces(source: Source, reader: Reader, fields: Mapping[str, Any], most: int) -> Iterator[Piece]:
    assert reader.lines is not None
    sent = replace(source, opening="")
    lines: list[Line] = []
    size = 0
    for number, line in _lines(reader.lines(source), source):
        lines.append((number, line))
        size += 0 if isinstance(line, ReadError) else len(line)
        if len(lines) >= _LINES or size >= most:
            yield Piece(sent, reader, fields, tuple(lines), size)
            lines, size = [], 0
    if lines:
        yield Piece(sent, reader, fields, tuple(lines), size)


def _lines(lines: Iterator[Line], source: Source) -> Iterator[Line]:
    try:
        yield from lines
    except ReadError as error:
        yield 1, error
    except OSError as error:
        yield 1, source.error(f"the file cannot be read ({error.strerror or error})")
