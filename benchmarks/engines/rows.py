"""Rows: what every peer is given of an article, taken from the index that this project built.

So all of them have the same analysed terms, the same folded values and the same days, and no duplicates.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines.mixing import id_of
from indexer import Index
from indexer.engine import joined
from indexer.entries import entry_of
from indexer.french import Analyser

_CHUNK = 500
_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """Hold an article: `text` is its terms with blanks between; `day` 20181118, 0 where undated."""

    id: str
    title: str
    text: str
    tags: tuple[str, ...]
    persons: tuple[str, ...]
    day: int
    published: int

    @property
    def month(self) -> str:
        """Return the month, 2018-11; the empty text where undated."""
        return f"{self.day // 10000:04d}-{self.day // 100 % 100:02d}" if self.day else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Yield the rows of a file, any number of times; `told` is a file that holds how many were yielded."""

    file: Path
    told: Path | None = None

    def __iter__(self) -> Iterator[Row]:
        with self.file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if self.told and number % _TOLD == 0:
                    self.told.write_text(str(number))
                yield _row(line)

    def values(self) -> tuple[list[str], list[str]]:
        """Return all tags and all persons, each in order."""
        tags: set[str] = set()
        persons: set[str] = set()
        for row in Rows(self.file):
            tags.update(row.tags)
            persons.update(row.persons)
        return sorted(tags), sorted(persons)


def write_rows(index: Path, articles: int, file: Path) -> None:
    """Write the rows of an index of mixed articles, with all processors; a file that is there stays."""
    if file.exists():
        return
    draft = file.with_suffix(".draft")
    starts = range(0, articles, _CHUNK)
    with (
        draft.open("w", encoding="utf-8") as out,
        ProcessPoolExecutor(os.cpu_count(), initializer=_open, initargs=(index,)) as pool,
    ):
        for lines in pool.map(_lines, starts, [min(start + _CHUNK, articles) for start in starts]):
            out.writelines(lines)
    draft.rename(file)


_opened: list[tuple[Index, Analyser]] = []
"""The index of a worker process."""


def _open(index: Path) -> None:
    _opened.append((Index.open(index), Analyser()))


def _lines(start: int, end: int) -> list[str]:
    index, analyser = _opened[0]
    lines = []
    for number in range(start, end):
        article = index.article(id_of(number))
        if article is None:  # it repeats another
            continue
        entry = entry_of(article, analyser)
        values = [list(entry.values[name]) for name in ("tag", "person")]
        day, published = entry.day or 0, entry.published or 0
        cells = [article.id, article.title, joined(entry.terms["text"]), *values, day, published]
        lines.append(json.dumps(cells, ensure_ascii=False) + "\n")
    return lines


def _row(line: str) -> Row:
    id, title, text, tags, persons, day, published = json.loads(line)
    return Row(id, title, text, tuple(tags), tuple(persons), day, published)
