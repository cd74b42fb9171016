"""The catalogue: what an index knows beside the engine – digests, titles, the spelling of facet values.

One SQLite file a generation, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE article (
    id TEXT PRIMARY KEY, digest BLOB NOT NULL, title_key TEXT NOT NULL, published INTEGER,
    run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_title ON article (title_key);
CREATE TABLE label (
    field TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (field, key, label)
) WITHOUT ROWID;
"""
# Every word that a tag or a name begins with or has inside, so that « hidalgo » finds « Anne Hidalgo ».
_STARTS = """
DROP TABLE IF EXISTS start;
CREATE TABLE start (
    word TEXT NOT NULL, count INTEGER NOT NULL, field TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (word, field, key)
) WITHOUT ROWID;
"""
# With one max() SQLite takes the columns that are not aggregated from the row that has the maximum.
_LABELS = """
SELECT field, key, label, sum(count), max(count) FROM label WHERE $where AND count > 0
GROUP BY field, key ORDER BY 4 DESC, key
"""
_FLUSH = 50_000


@dataclass(frozen=True, slots=True)
class Label:
    """Hold a facet value: its key, its most frequent spelling, and how many articles have it."""

    field: str
    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold the number of articles, of undated ones, and the first and last publication in seconds."""

    articles: int
    undated: int
    first: int | None
    last: int | None


class Catalogue:
    """Answer from the catalogue of one generation; any number of threads may ask."""

    def __init__(self, file: Path) -> None:
        uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._labels: dict[tuple[str, str], Label | None] = {}

    def label(self, field: str, key: str) -> Label | None:
        """Return a facet value by its key."""
        known = self._labels
        if (field, key) not in known:
            if len(known) > _FLUSH:
                known.clear()
            known[field, key] = next(iter(self._find("field = ? AND key = ?", (field, key))), None)
        return known[field, key]

    def complete(self, prefix: str, limit: int) -> list[Label]:
        """Return tags and persons of which a word begins with this folded text, most frequent first."""
        sql = (
            "SELECT DISTINCT field, key FROM start WHERE word >= ? AND word < ? "
            "ORDER BY count DESC, key LIMIT ?"
        )
        rows = self._rows(sql, (prefix, prefix + "\U0010ffff", limit))
        found = (self.label(field, key) for field, key in rows)
        return [label for label in found if label]

    def titled(self, key: str) -> list[str]:
        """Return the ids of the articles whose folded title is this, at most fifty, the newest first."""
        sql = "SELECT id FROM article WHERE title_key = ? ORDER BY published DESC, id LIMIT 50"
        return [row[0] for row in self._rows(sql, (key,))]

    def sample(self, limit: int) -> list[str]:
        """Return some ids, spread over all."""
        rows = self._rows("SELECT id FROM article ORDER BY digest LIMIT ?", (limit,))
        return [row[0] for row in rows]

    def summary(self) -> Summary:
        """Return the number of articles, of undated ones, the first and the last publication."""
        sql = "SELECT count(*), count(*) - count(published), min(published), max(published) FROM article"
        count, undated, first, last = self._rows(sql, ())[0]
        return Summary(count, undated, first, last)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _find(self, where: str, values: tuple[str, ...]) -> list[Label]:
        return [Label(*row[:4]) for row in self._rows(_LABELS.replace("$where", where), values)]

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()


class CatalogueWriter:
    """Write the catalogue of a generation that is being built."""

    def __init__(self, file: Path) -> None:
        fresh = not file.exists()
        self._db = sqlite3.connect(file, isolation_level=None)
        # A crash loses the generation as a whole, so SQLite's own journal would protect nothing.
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        if fresh:
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        last = self._db.execute("SELECT coalesce(max(run), 0) FROM article").fetchone()[0]
        self._run: int = last + 1
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def seen(self, id: str) -> bool:
        """Tell whether this run had this id already."""
        row = self._db.execute("SELECT run FROM article WHERE id = ?", (id,)).fetchone()
        return row is not None and row[0] == self._run

    def digest(self, id: str) -> bytes | None:
        """Return the digest that an earlier run left."""
        row = self._db.execute("SELECT digest FROM article WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def keep(self, id: str) -> None:
        """Note that an article is still there, unchanged."""
        self._db.execute("UPDATE article SET run = ? WHERE id = ?", (self._run, id))

    def add(self, id: str, digest: bytes, title_key: str, published: int | None) -> None:
        """Note an article, new or changed."""
        sql = "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)"
        self._db.execute(sql, (id, digest, title_key, published, self._run))

    def count(self, field: str, labels: Iterable[tuple[str, str]], by: int = 1) -> None:
        """Add to the counts of facet values, each a key and a spelling."""
        for key, label in labels:
            self._counts[field, key, label] += by
        if len(self._counts) > _FLUSH:
            self._flush()

    def vanished(self) -> Iterator[str]:
        """Yield the ids that this run did not meet."""
        rows = self._db.execute("SELECT id FROM article WHERE run <> ? ORDER BY id", (self._run,))
        yield from (row[0] for row in rows.fetchall())

    def drop(self, id: str) -> None:
        """Forget an article."""
        self._db.execute("DELETE FROM article WHERE id = ?", (id,))

    def close(self) -> None:
        """Write what is left and close the file."""
        self._flush()
        self._db.execute("DELETE FROM label WHERE count <= 0")
        self._write_starts()
        self._db.execute("COMMIT")
        self._db.close()

    def abandon(self) -> None:
        """Close the file, whatever is in it."""
        self._db.close()

    def _write_starts(self) -> None:
        for statement in filter(str.strip, _STARTS.split(";")):
            self._db.execute(statement)
        rows = self._db.execute(
            "SELECT field, key, sum(count) FROM label WHERE field <> 'section' GROUP BY field, key"
        )
        for part in iter(lambda: rows.fetchmany(_FLUSH), []):
            self._db.executemany("INSERT OR IGNORE INTO start VALUES (?, ?, ?, ?)", _starts(part))

    def _flush(self) -> None:
        sql = (
            "INSERT INTO label VALUES (?, ?, ?, ?) "
            "ON CONFLICT (field, key, label) DO UPDATE SET count = count + excluded.count"
        )
        self._db.executemany(sql, [(*names, count) for names, count in self._counts.items()])
        self._counts.clear()


def _starts(rows: Iterable[tuple[str, str, int]]) -> Iterator[tuple[str, int, str, str]]:
    """Yield for each word of a key the rest of the key from there on."""
    for field, key, count in rows:
        words = key.split(" ")
        for at in range(len(words)):
            yield " ".join(words[at:]), count, field, key
