"""Tables as text: CSV and TSV with a line of headers, one article a row.

Cells are parted by commas, semicolons, tabs or bars, whichever parts the headers. What a header means is said
by `columns.py` or by the `[columns]` of the settings. Cells may hold line ends in quotes.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.columns import field_of
from indexer.readers.encoding import decode
from indexer.readers.lines import lines
from indexer.readers.rows import article_of_row
from indexer.readers.source import WHOLE, Source

_MARKS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(r"sep=", re.IGNORECASE)
"""A line that spreadsheets write for themselves above the headers."""

_MOST_LINES = 5000
"""A row over more lines than this is a quote that was never closed."""


def sniff(source: Source) -> bool:
    """Tell whether the first line has headers of which two are known, one of them the title."""
    return _mark(_first_line(source.opening), source.conventions.columns) is not None


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article of each row, or what is wrong with it."""
    columns = source.conventions.columns
    mark = _mark(_first_line(source.opening), columns)
    if mark is None:
        raise source.error("no line of headers: a column with the title expected, and one beside it", 1)
    # The limit is the process's; nothing else here reads tables, and a text is longer than its default.
    csv.field_size_limit(max(csv.field_size_limit(), WHOLE))
    headers: list[str] = []
    for row in _Rows(source, mark):
        if isinstance(row, ReadError):
            yield row
        elif not headers and _SEPARATOR.match(row.cells[0]):
            continue
        elif not headers:
            headers = [cell.strip() for cell in row.cells]
        else:
            yield _article(source, headers, row)


def _article(source: Source, headers: list[str], row: _Row) -> Article | ReadError:
    if len(row.cells) > len(headers):
        return source.error(f"the row has {len(row.cells)} cells for {len(headers)} columns", row.line)
    # Nameless columns are those of row numbers that tables are exported with.
    values = {
        header: cell for header, cell in zip(headers, row.cells, strict=False) if header and cell.strip()
    }
    try:
        return article_of_row(values, f"{source.id}#{row.line}", source.conventions, row.warning)
    except ValueError as error:
        return source.error(f"the row is not an article: {error}", row.line)


class _Row:
    """Hold the cells of a row, the number of its first line, and what was guessed of its letters."""

    __slots__ = ("cells", "line", "warning")

    def __init__(self, cells: list[str], line: int, warning: str) -> None:
        self.cells, self.line, self.warning = cells, line, warning


class _Rows:
    """Iterate over the rows of a table; a quote that nothing closes costs its line, not the rest."""

    def __init__(self, source: Source, mark: str) -> None:
        self._source = source
        self._mark = mark
        self._lines = lines(source, WHOLE)
        self._again: deque[tuple[int, str, str]] = deque()
        self._taken: list[tuple[int, str, str]] = []
        self._errors: deque[ReadError] = deque()

    def __iter__(self) -> Iterator[_Row | ReadError]:
        reader = csv.reader(self._feed(), delimiter=self._mark, strict=True)
        while True:
            self._taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                yield from self._errors
                return
            except csv.Error as error:
                if self._taken:
                    yield self._source.error(f"the row cannot be read ({error})", self._taken[0][0])
                    self._again.extendleft(reversed(self._taken[1:]))
                reader = csv.reader(self._feed(), delimiter=self._mark, strict=True)
                continue
            while self._errors:
                yield self._errors.popleft()
            if any(cell.strip() for cell in cells):
                first = self._taken[0]
                yield _Row(cells, first[0], next((note for *_, note in self._taken if note), ""))

    def _feed(self) -> Iterator[str]:
        while True:
            if len(self._taken) > _MOST_LINES:
                raise csv.Error(f"a quote is not closed within {_MOST_LINES} lines")
            line = self._again.popleft() if self._again else self._next()
            if line is None:
                return
            self._taken.append(line)
            yield line[1]

    def _next(self) -> tuple[int, str, str] | None:
        for line in self._lines:
            if isinstance(line, ReadError):
                self._errors.append(line)
                continue
            text, warning = decode(line.data)
            return line.number, text.replace("\x00", ""), warning
        return None


def _first_line(opening: str) -> str:
    lines = (line for line in opening.lstrip("\ufeff").splitlines() if line.strip())
    return next((line for line in lines if not _SEPARATOR.match(line)), "")


def _mark(line: str, columns: Mapping[str, str]) -> str | None:
    """Return what parts the headers, None where the line is none of headers."""
    best: tuple[int, str] | None = None
    for mark in _MARKS:
        try:
            headers = next(csv.reader([line], delimiter=mark), [])
        except csv.Error:
            continue
        known = {field for header in headers if (field := field_of(header.strip(), columns))}
        if "title" in known and len(known) > 1 and (best is None or len(known) > best[0]):
            best = len(known), mark
    return best and best[1]
