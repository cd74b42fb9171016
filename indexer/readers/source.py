"""One file to read: its name in messages, its id, its opening, and its bytes, unpacked."""

from __future__ import annotations

import gzip
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from indexer.errors import ReadError
from indexer.readers.conventions import Conventions
from indexer.readers.encoding import decode, is_binary

WHOLE = 20 * 2**20
"""A page longer than this is no page: readers that need all of a file at once refuse it."""

_OPENING = 64 * 2**10
_STEP = 4 * 2**10
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what readers need of one file.

    `id` is the path below the folder given, without suffixes; `opening` is the first 64 KB as text, from
    which readers tell whether the file is theirs.
    """

    path: Path
    id: str
    opening: str
    compressed: bool
    conventions: Conventions = field(default_factory=Conventions)

    @classmethod
    def look(cls, path: Path, id: str) -> Source:
        """Return the source at a path; raises ReadError where it is empty or no text, OSError as it comes."""
        with path.open("rb") as file:
            compressed = file.read(2) == _GZIP
        with _open(path, compressed) as stream:
            head = _head(stream)
        if not head:
            raise ReadError(shown(path), "the file is empty")
        if is_binary(head):
            raise ReadError(shown(path), "a binary file, not text")
        return cls(path, id, decode(head)[0], compressed)

    @property
    def name(self) -> str:
        """Return the file's name without `.gz`."""
        return self.path.name.removesuffix(".gz") if self.compressed else self.path.name

    @property
    def suffix(self) -> str:
        """Return the suffix that names the format, in lower case: `.html` of `page.HTML.gz`."""
        return Path(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """Return the unpacked bytes as a stream."""
        return _open(self.path, self.compressed)

    def whole(self) -> bytes:
        """Return all bytes; raises ReadError where there are too many for a page."""
        with self.open() as stream:
            data = stream.read(WHOLE + 1)
        if len(data) > WHOLE:
            raise self.error(f"longer than {WHOLE // 2**20} MB, too long for a page")
        return data

    def error(self, reason: str, line: int | None = None) -> ReadError:
        """Return an error about this file."""
        return ReadError(shown(self.path), reason, "" if line is None else str(line))


def shown(path: Path) -> str:
    """Return a path that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _head(stream: BinaryIO) -> bytes:
    """Return the first bytes, of a damaged archive those before the damage: its reader says where it is."""
    head = b""
    try:
        while len(head) < _OPENING and (chunk := stream.read(_STEP)):
            head += chunk
    except (EOFError, zlib.error):
        if not head:
            raise
    return head


def _open(path: Path, compressed: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if compressed else path.open("rb")
