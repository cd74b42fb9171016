"""JSON documents: an array of articles, read one at a time, or an object that is one or holds them.

An own reader over the decoder of the standard library: ijson streams too, but tells no line of what it read,
and gives up at the first row that is broken. The whole of an object must fit in memory, of an array one row.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Iterator
from itertools import count
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.encoding import decode, encoding_of
from indexer.readers.jsonstream import Broken, JsonArray
from indexer.readers.rows import article_of_row, held_rows
from indexer.readers.source import Source

_HEAD = 2**16

_OPENS = re.compile(r"\ufeff?\s*(?:\[\s*(?:\{|\])|\{\s*\")")


def sniff(source: Source) -> bool:
    """Tell whether the file opens an array of objects, or an object."""
    return _OPENS.match(source.opening) is not None


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield each article of the document, or what is wrong with it."""
    if source.opening.lstrip("\ufeff \t\r\n").startswith("["):
        yield from _array(source)
        return
    text, warning = decode(source.whole())
    try:
        row = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise source.error(f"the file is not JSON: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise source.error(f"the file is not JSON that can be read: {error}") from error
    if not isinstance(row, dict):
        raise source.error("the file is not an article: an object with keys expected", 1)
    held = held_rows(row)
    if held is None:
        yield _article(source, row, source.id, 1, warning)
        return
    for number, item in enumerate(held, 1):
        yield _article(source, item, f"{source.id}#{number}", None, warning)


def _array(source: Source) -> Iterator[Article | ReadError]:
    with source.open() as stream:
        name, warning = encoding_of(stream.read(_HEAD))
        stream.seek(0)
        array = JsonArray(codecs.getreader(name)(stream, "replace"))
        rows = iter(array)
        for number in count(1):
            try:
                row = next(rows, None)
            except (OSError, EOFError, zlib.error) as error:
                row = Broken(f"the file is damaged from here on ({error})", array.line)
            if row is None:
                return
            if isinstance(row, Broken):
                yield source.error(row.reason, row.line)
            else:
                yield _article(source, row.value, f"{source.id}#{number}", row.line, warning)


def _article(source: Source, row: Any, id: str, line: int | None, warning: str) -> Article | ReadError:
    if not isinstance(row, dict):
        return source.error("the row is not an article: an object with keys expected", line)
    try:
        return article_of_row(row, id, source.conventions, warning)
    except ValueError as error:
        return source.error(f"the row is not an article: {error}", line)
