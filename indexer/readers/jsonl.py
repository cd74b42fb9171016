"""JSON Lines: one article a line, with the keys of `Article.from_dict`; packed with gzip or not.

An article without `id` has the address in `url` (without its scheme) for one, else the file's id and the
number of its line: `economie#12`. Blank lines are passed over.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.encoding import decode
from indexer.readers.source import Source

LONGEST = 50 * 2**20
"""A line with more bytes is an error; it is passed over without being held in memory."""

_CHUNK = 2**20

LineReader = Callable[[int], bytes]


def sniff(source: Source) -> bool:
    """Tell whether the first line opens an object and names a key."""
    return re.match(r'\s*\{[ \t]*"', source.opening) is not None


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article of each line, or what is wrong with the line."""
    for number, text in lines(source):
        item = text if isinstance(text, ReadError) else line(source, number, text)
        if item is not None:
            yield item


def lines(source: Source) -> Iterator[tuple[int, bytes | ReadError]]:
    """Yield the number and the bytes of each line, or what is wrong with it."""
    with source.open() as stream, _line_reader(stream) as read_line:
        yield from _lines(read_line, source)


def line(source: Source, number: int, data: bytes) -> Article | ReadError | None:
    """Return the article of a line, or what is wrong with it; None where it is blank."""
    if not data.strip():
        return None
    text, warning = decode(data)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        return source.error(f"the line is not JSON: {error.msg}, at character {error.colno}", number)
    except (ValueError, RecursionError) as error:
        return source.error(f"the line is not JSON that can be read: {error}", number)
    if not isinstance(row, dict):
        return source.error("the line is not an article: an object with keys expected", number)
    if row.get("id") in (None, ""):
        row["id"] = _id(row.get("url")) or f"{source.id}#{number}"
    try:
        article = Article.from_dict(row)
    except ValueError as error:
        return source.error(f"the line is not an article: {error}", number)
    if warning:
        return Article.from_dict({**article.to_dict(), "warnings": [*article.warnings, warning]})
    return article


def _id(url: Any) -> str:
    if not isinstance(url, str):
        return ""
    return re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.strip(), flags=re.IGNORECASE).partition("#")[0]


def _lines(read_line: LineReader, source: Source) -> Iterator[tuple[int, bytes | ReadError]]:
    number = 0
    while True:
        number += 1
        try:
            line = read_line(LONGEST + 1)
            if not line:
                return
            if len(line) > LONGEST and not line.endswith(b"\n"):
                del line
                _pass_over(read_line)
                yield number, source.error(f"the line is longer than {LONGEST // 2**20} MB", number)
                continue
        except (OSError, EOFError, zlib.error) as error:
            yield number, source.error(f"the file is damaged from here on ({error})", number)
            return
        yield number, line


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
