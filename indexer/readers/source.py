"""One thing to read: its name in messages, its id, its opening, and its bytes, unpacked."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from indexer.errors import NoArticle, ReadError
from indexer.readers.conventions import Conventions
from indexer.readers.encoding import decode, is_binary
from indexer.readers.unpacking import SUFFIXES, Budget, Opener, layers_of, unpacked

WHOLE = 20 * 2**20
"""A page longer than this is no page: readers that need all of a file at once refuse it."""

_OPENING = 64 * 2**10
_STEP = 4 * 2**10
_WARC = b"WARC/"


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what readers need of one file, one member of an archive, or one record of a web archive.

    `path` is where it is: of a member that of its archive and its own behind it. `id` is the path below
    the folder given, without suffixes; `opening` is the first 64 KB as text, from which readers tell
    whether the file is theirs. `position` is where in the file it stands, `url` its address, both empty
    but for records.
    """

    path: Path
    id: str
    opening: str
    raw: Opener
    layers: tuple[bytes, ...]
    budget: Budget
    position: str = ""
    url: str = ""
    conventions: Conventions = field(default_factory=Conventions)

    @classmethod
    def look(cls, path: Path, id: str, raw: Opener | None = None, budget: Budget | None = None) -> Source:
        """Return the source at a path; raises ReadError where it is empty or no text, OSError as it comes.

        `raw` opens what stands in no file of its own, `budget` is that of the archive around it.
        """
        raw = raw or partial(_open, path)
        budget = budget or Budget(shown(path), path.stat().st_size)
        try:
            layers = layers_of(raw, budget)
        except ValueError as error:
            raise ReadError(shown(path), str(error)) from error
        with unpacked(raw, layers, budget) as stream:
            head = _head(stream)
        if not head:
            raise ReadError(shown(path), "the file is empty")
        # The pictures of a web archive make it no binary file.
        if is_binary(head) and not head.startswith(_WARC):
            raise ReadError(shown(path), "a binary file, not text")
        return cls(path, id, decode(head)[0], raw, layers, budget)

    def part(self, id: str, data: bytes, position: str, url: str) -> Source:
        """Return a record of this file as a source of its own."""
        opening = decode(data[:_OPENING])[0]
        return replace(
            self,
            id=id,
            opening=opening,
            raw=lambda: io.BytesIO(data),
            layers=(),
            position=position,
            url=url,
        )

    @property
    def name(self) -> str:
        """Return the file's name without `.gz` and the like, where it is packed so."""
        path = Path(self.path.name)
        for _ in self.layers:
            path = path.with_suffix("") if path.suffix.lower() in SUFFIXES else path
        return path.name

    @property
    def suffix(self) -> str:
        """Return the suffix that names the format, in lower case: `.html` of `page.HTML.gz`."""
        return Path(self.name).suffix.lower()

    @property
    def address(self) -> str:
        """Return the address, else the name of the file: what may have the day of publication in it."""
        return self.url or self.path.name

    def open(self) -> BinaryIO:
        """Return the unpacked bytes as a stream."""
        return unpacked(self.raw, self.layers, self.budget)

    def whole(self) -> bytes:
        """Return all bytes; raises ReadError where there are too many for a page."""
        with self.open() as stream:
            data = stream.read(WHOLE + 1)
        if len(data) > WHOLE:
            raise self.error(f"longer than {WHOLE // 2**20} MB, too long for a page")
        return data

    def error(self, reason: str, line: int | None = None) -> ReadError:
        """Return an error about this file."""
        return ReadError(shown(self.path), reason, self.position if line is None else str(line))

    def no_article(self, reason: str) -> NoArticle:
        """Return the error that the page is none of an article."""
        return NoArticle(shown(self.path), reason, self.position)


def shown(path: Path) -> str:
    """Return a path that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _head(stream: BinaryIO) -> bytes:
    """Return the first bytes, of a damaged archive those before the damage: its reader says where it is."""
    head = b""
    try:
        # Not read(), which gives nothing where the damage comes before the last byte asked for.
        while len(head) < _OPENING and (chunk := cast(io.BufferedReader, stream).read1(_STEP)):
            head += chunk
    except EOFError:
        if not head:
            raise
    return head


def _open(path: Path) -> BinaryIO:
    return path.open("rb")
