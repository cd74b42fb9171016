"""The lines of a file as bytes, one at a time, with their numbers."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from indexer.errors import ReadError
from indexer.readers.source import Source

_CHUNK = 2**20

LineReader = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Line:
    """Hold the bytes of a line and its number, the first of which is 1."""

    number: int
    data: bytes

    @property
    def position(self) -> str:
        """Return its number."""
        return str(self.number)


def lines(source: Source, longest: int) -> Iterator[Line | ReadError]:
    """Yield each line, UTF-16 as UTF-8, without a mark at the beginning.

    A line with more bytes than `longest` is an error, passed over without being held in memory; where the
    file is damaged, an error is the last.
    """
    with source.open() as stream, _line_reader(stream) as read_line:
        yield from _lines(read_line, source, longest)


def _lines(read_line: LineReader, source: Source, longest: int) -> Iterator[Line | ReadError]:
    number = 0
    while True:
        number += 1
        try:
            line = read_line(longest + 1)
            if not line:
                return
            if len(line) > longest and not line.endswith(b"\n"):
                del line
                _pass_over(read_line)
                yield source.error(f"the line is longer than {longest // 2**20} MB", number)
                continue
        except (OSError, EOFError, zlib.error) as error:
            yield source.error(f"the file is damaged from here on ({error})", number)
            return
        yield Line(number, line)


@contextmanager
def _line_reader(stream: BinaryIO) -> Iterator[LineReader]:
    """Yield what reads a line of at most so many bytes; UTF-16, which has line ends of its own, as UTF-8."""
    start = stream.read(3)
    stream.seek(0)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = io.TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
        try:
            yield lambda size: text.readline(size).encode("utf-8", "replace")
        finally:
            text.detach()
        return
    if start == codecs.BOM_UTF8:
        stream.read(3)
    yield stream.readline


def _pass_over(read_line: LineReader) -> None:
    while (chunk := read_line(_CHUNK)) and not chunk.endswith(b"\n"):
        pass
