"""JSON Lines: one article a line, with the keys of `Article.from_dict`; packed with gzip or not.

An article without `id` has the address in `url` (without its scheme) for one, else the file's id and the
number of its line: `economie#12`. Blank lines are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.encoding import decode
from indexer.readers.lines import Line, lines
from indexer.readers.parts import read_parts
from indexer.readers.rows import article_of_row, held_rows
from indexer.readers.source import Source, shown
from indexer.skipped import Skipped

LONGEST = 50 * 2**20
"""A line with more bytes is an error; it is passed over without being held in memory."""

_OBJECT = re.compile(r'\s*\{[ \t]*"[^\n]*')


def sniff(source: Source) -> bool:
    """Tell whether the first line is an object: it opens one and, where its end is seen, closes it."""
    found = _OBJECT.match(source.opening)
    if found is None:
        return False
    return found.end() == len(source.opening) or found[0].rstrip().endswith("}")


def read(source: Source) -> Iterator[Article | ReadError | Skipped]:
    """Yield the article of each line, or what is wrong with the line."""
    return read_parts(parts(source), source, part)


def parts(source: Source) -> Iterator[Line | ReadError]:
    """Yield the lines, or what is wrong with one."""
    return lines(source, LONGEST)


def part(source: Source, line: Line) -> Iterator[Article | ReadError]:
    """Yield the articles of a line, mostly one, or what is wrong with it; none where it is blank."""
    if not line.data.strip():
        return
    number = line.number
    text, warning = decode(line.data)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        yield source.error(f"the line is not JSON: {error.msg}, at character {error.colno}", number)
        return
    except (ValueError, RecursionError) as error:
        yield source.error(f"the line is not JSON that can be read: {error}", number)
        return
    if not isinstance(row, dict):
        yield source.error("the line is not an article: an object with keys expected", number)
        return
    held = held_rows(row)
    for at, item in enumerate([row] if held is None else held, 1):
        id = f"{source.id}#{number}" if held is None else f"{source.id}#{number}.{at}"
        try:
            yield article_of_row(item, id, source.conventions, warning, (shown(source.path), str(number)))
        except ValueError as error:
            yield source.error(f"the line is not an article: {error}", number)
