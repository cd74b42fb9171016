"""Pieces: a long file of many articles, cut so that other processes can read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.cleaning import clean
from indexer.readers.conventions import Conventions
from indexer.readers.parts import Part, read_parts
from indexer.readers.sidecar import overridden, overrides
from indexer.readers.source import Source, shown
from indexer.readers.table import Reader, reader_of
from indexer.readers.walk import Found
from indexer.readers.zipped import is_zip
from indexer.skipped import Skipped, summed

_PARTS = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold some lines or records of a file."""

    source: Source
    reader: Reader
    fields: Mapping[str, Any]
    parts: tuple[Part | ReadError | Skipped, ...]
    bytes: int

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def name(self) -> str:
        """Return file and place to begin with."""
        return f"{shown(self.source.path)}:{self.parts[0].position}"

    def read(self) -> Iterator[Article | ReadError | Skipped]:
        """Yield the articles of the parts, what is wrong with one, and what is passed over."""
        return summed(self._read())

    def _read(self) -> Iterator[Article | ReadError | Skipped]:
        assert self.reader.part is not None
        for item in read_parts(self.parts, self.source, self.reader.part):
            yield finished(item, self.fields, self.source) if isinstance(item, Article) else item


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
    if reader is None or reader.parts is None:
        return None
    return _pieces(source, reader, fields, bytes)


def finished(article: Article, fields: Mapping[str, Any], source: Source) -> Article | ReadError:
    """Return an article with the fields of its sidecar, cleaned; or why it cannot be kept."""
    try:
        origin = article.origin if article.origin[0] else (shown(source.path), source.position)
        cleaned = clean(overridden(article, fields))
        return cleaned if cleaned.origin == origin else replace(cleaned, origin=origin)
    except ValueError as error:
        return source.error(f"the article {article.id!r} cannot be kept ({error})")


def _pieces(source: Source, reader: Reader, fields: Mapping[str, Any], most: int) -> Iterator[Piece]:
    sent = replace(source, opening="")
    parts: list[Part | ReadError | Skipped] = []
    size = 0
    for part in _parts(source, reader):
        parts.append(part)
        size += 0 if isinstance(part, ReadError | Skipped) else len(part.data)
        if len(parts) >= _PARTS or size >= most:
            yield Piece(sent, reader, fields, tuple(parts), size)
            parts, size = [], 0
    if parts:
        yield Piece(sent, reader, fields, tuple(parts), size)


def _parts(source: Source, reader: Reader) -> Iterator[Part | ReadError | Skipped]:
    assert reader.parts is not None
    try:
        yield from reader.parts(source)
    except ReadError as error:
        yield error
    except EOFError as error:
        yield source.error(f"the packed file is damaged ({error})")
    except OSError as error:
        yield source.error(f"the file cannot be read ({error.strerror or error})")
