"""Copies: which articles are the same as one of the index and were left out, and which are nearly so.

One SQLite file a generation, beside the catalogue.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.failures import reading
from indexer.progress import Counted
from indexer.signature import BANDS, Signature, likeness

FILE = "copies.sqlite"

NEAR = 0.8
"""The share of common shingles from which two articles are one dispatch, as in `related.py`."""

DAYS = 7
"""Articles further apart are no copies: weather, results and horoscopes have the same words each day."""

_SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url INTEGER, body INTEGER, published INTEGER,
    bands BLOB, lows BLOB
);
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
CREATE INDEX article_body ON article (body) WHERE body IS NOT NULL;
CREATE TABLE duplicate (
    id TEXT PRIMARY KEY, kept TEXT NOT NULL, digest BLOB NOT NULL, url INTEGER, body INTEGER,
    met INTEGER NOT NULL, stored TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX duplicate_kept ON duplicate (kept);
CREATE TABLE original (id TEXT PRIMARY KEY, stored TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE copy (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copy_story ON copy (story);
"""
_KEEP = "INSERT OR REPLACE INTO article (id, url, body, published, bands, lows) VALUES (?, ?, ?, ?, ?, ?)"
_SAME_TEXT = "SELECT id FROM article WHERE body = ? AND id <> ? LIMIT 1"
_SAME_ADDRESS = "SELECT id FROM article WHERE url = ? AND id <> ? LIMIT 1"
_STALE = """
SELECT id, stored FROM duplicate WHERE NOT EXISTS (
    SELECT 1 FROM article WHERE article.id = duplicate.kept
    AND (article.url = duplicate.url OR article.body = duplicate.body)
) AND NOT EXISTS (SELECT 1 FROM article WHERE article.id = duplicate.id) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Copies:
    """Hold the copies of an article, by their ids: `near` are in the index, `left_out` are not."""

    near: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class CopiesReader:
    """Answer from the copies of one generation; any number of threads may ask."""

    def __init__(self, file: Path) -> None:
        uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        self._file = file
        with reading(file):
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def of(self, id: str) -> Copies:
        """Return the copies of an article, none for an unknown id."""
        near = (
            "SELECT other.id FROM copy JOIN copy AS other USING (story) WHERE copy.id = ?1 AND other.id <> ?1"
        )
        with self._lock, reading(self._file):
            found = self._db.execute(f"{near} ORDER BY other.id", (id,)).fetchall()
            left = self._db.execute("SELECT id FROM duplicate WHERE kept = ? ORDER BY id", (id,)).fetchall()
        return Copies(tuple(row[0] for row in found), tuple(row[0] for row in left))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


class CopiesWriter:
    """Write the copies of a generation that is being built."""

    def __init__(self, file: Path) -> None:
        fresh = not file.exists()
        self._db = sqlite3.connect(file, isolation_level=None)
        # A crash loses the generation as a whole, so SQLite's own journal would protect nothing.
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        if fresh:
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._db.execute("UPDATE duplicate SET met = 0")

    def keep(self, id: str, signature: Signature, published: int | None) -> None:
        """Note an article of the index, new or changed."""
        sketch = (signature.bands or None, signature.lows or None)
        self._db.execute(_KEEP, (id, signature.url, signature.body, published, *sketch))

    def drop(self, id: str) -> None:
        """Forget an article of the index."""
        self._db.execute("DELETE FROM article WHERE id = ?", (id,))
        self._db.execute("DELETE FROM original WHERE id = ?", (id,))

    def owner(self, signature: Signature, id: str) -> str | None:
        """Return the article of the index, other than this, that has the same text or address."""
        for sql, key in ((_SAME_TEXT, signature.body), (_SAME_ADDRESS, signature.url)):
            if key is not None and (row := self._db.execute(sql, (key, id)).fetchone()):
                return str(row[0])
        return None

    def same(self, id: str, signature: Signature) -> bool:
        """Tell whether the article of this id in the index has the same text or address."""
        sql = "SELECT 1 FROM article WHERE id = ? AND (body = ? OR url = ?)"
        return self._db.execute(sql, (id, signature.body, signature.url)).fetchone() is not None

    def note(self, article: Article, kept: str, digest: bytes, signature: Signature) -> None:
        """Note an article that was left out for another."""
        stored = json.dumps(article.to_dict(), ensure_ascii=False)
        values = (article.id, kept, digest, signature.url, signature.body, stored)
        self._db.execute("INSERT OR REPLACE INTO duplicate VALUES (?, ?, ?, ?, ?, 1, ?)", values)

    def noted(self, id: str) -> tuple[str, bytes] | None:
        """Return for which article this was left out, and its digest; None where it was not."""
        row = self._db.execute("SELECT kept, digest FROM duplicate WHERE id = ?", (id,)).fetchone()
        return (row[0], row[1]) if row else None

    def meet(self, id: str) -> None:
        """Note that a duplicate is still there, unchanged."""
        self._db.execute("UPDATE duplicate SET met = 1 WHERE id = ?", (id,))

    def forget(self, id: str) -> str | None:
        """Take an article off the duplicates; return for which it was left out."""
        row = self._db.execute("DELETE FROM duplicate WHERE id = ? RETURNING kept", (id,)).fetchone()
        return row[0] if row else None

    def unmet(self) -> list[str]:
        """Return the duplicates that this run did not meet."""
        return [row[0] for row in self._db.execute("SELECT id FROM duplicate WHERE met = 0 ORDER BY id")]

    def stale(self) -> Iterator[Article]:
        """Yield the duplicates whose article is gone, or is no longer the same."""
        for row in self._db.execute(_STALE).fetchall():
            yield Article.from_dict(json.loads(row[1]))

    def duplicates(self, kept: str) -> list[Article]:
        """Return the articles that were left out for one."""
        rows = self._db.execute("SELECT stored FROM duplicate WHERE kept = ? ORDER BY id", (kept,))
        return [Article.from_dict(json.loads(row[0])) for row in rows]

    def original(self, id: str) -> Article | None:
        """Return an article as it was before its duplicates completed it; None where none has."""
        row = self._db.execute("SELECT stored FROM original WHERE id = ?", (id,)).fetchone()
        return Article.from_dict(json.loads(row[0])) if row else None

    def set_original(self, id: str, article: Article | None) -> None:
        """Keep what an article was before its duplicates completed it; None where none has."""
        self._db.execute("DELETE FROM original WHERE id = ?", (id,))
        if article:
            stored = json.dumps(article.to_dict(), ensure_ascii=False)
            self._db.execute("INSERT INTO original VALUES (?, ?)", (id, stored))

    def link(self) -> None:
        """Find the near copies among all articles anew; takes 60 bytes of memory an article."""
        self._db.execute("DELETE FROM copy")
        stories = _Stories()
        for left, right in self._candidates():
            one, other = self._row(left), self._row(right)
            if _near_in_time(one[1], other[1]) and likeness(one[2], other[2]) >= NEAR:
                stories.join(left, right)
        for numbers in stories.groups():
            ids = [self._row(number)[0] for number in numbers]
            self._db.executemany("INSERT INTO copy VALUES (?, ?)", [(id, ids[0]) for id in ids])

    def counted(self) -> Counted:
        """Return how many duplicates and near copies there are."""
        sql = "SELECT (SELECT count(*) FROM duplicate), count(*), count(DISTINCT story) FROM copy"
        return Counted(*self._db.execute(sql).fetchone())

    def close(self) -> None:
        """Write what is left and close the file."""
        self._db.execute("COMMIT")
        self._db.close()

    def abandon(self) -> None:
        """Close the file, whatever is in it."""
        self._db.close()

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of articles that share a band, the older of the two first."""
        import numpy as np

        rows = self._db.execute("SELECT number, bands FROM article WHERE bands IS NOT NULL ORDER BY number")
        numbers: list[int] = []
        blocks = bytearray()
        for number, bands in rows:
            numbers.append(number)
            blocks += bands
        table = np.frombuffer(bytes(blocks), np.uint32).reshape(-1, BANDS)
        for band in range(BANDS):
            column = table[:, band]
            order = np.argsort(column, kind="stable")
            equal = np.flatnonzero(column[order[1:]] == column[order[:-1]])
            for at in equal:
                yield numbers[order[at]], numbers[order[at + 1]]

    def _row(self, number: int) -> Any:
        sql = "SELECT id, published, lows FROM article WHERE number = ?"
        return self._db.execute(sql, (number,)).fetchone()


@contextmanager
def writing_copies(folder: Path) -> Iterator[CopiesWriter]:
    """Give the copies of the generation in a folder to write; an exception leaves them unfinished."""
    copies = CopiesWriter(folder / FILE)
    try:
        yield copies
        copies.close()
    except BaseException:
        copies.abandon()
        raise


class _Stories:
    """Join numbers to groups."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._top(one), self._top(other)))
        self._above[second] = first

    def groups(self) -> list[list[int]]:
        """Return the groups, in each the first article first."""
        groups: dict[int, list[int]] = defaultdict(list)
        for number in sorted({*self._above, *self._above.values()}):
            groups[self._top(number)].append(number)
        return [numbers for numbers in groups.values() if len(numbers) > 1]

    def _top(self, number: int) -> int:
        while (above := self._above.get(number, number)) != number:
            number = above
        return number


def _near_in_time(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= DAYS * 86_400
