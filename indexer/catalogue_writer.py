"""The catalogue of a generation that is being built, open for writing."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from indexer.catalogue import LABELS
from indexer.codes import number_of
from indexer.persons import Join, Named

_SCHEMA = """
CREATE TABLE article (
    id TEXT PRIMARY KEY, digest BLOB NOT NULL, title_key TEXT NOT NULL, published INTEGER,
    run INTEGER NOT NULL, code INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE label (
    field TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (field, key, label)
) WITHOUT ROWID;
CREATE TABLE month (
    field TEXT NOT NULL, key TEXT NOT NULL, month INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (field, key, month)
) WITHOUT ROWID;
CREATE TABLE joined (
    key TEXT PRIMARY KEY, main TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE found (id TEXT PRIMARY KEY, persons TEXT NOT NULL) WITHOUT ROWID;
"""
_PERSON_LABELS = """
DELETE FROM label WHERE field = 'person';
INSERT INTO label SELECT 'person', key, label, count FROM label
    WHERE field = 'spelled' AND count > 0 AND key NOT IN (SELECT key FROM joined);
DELETE FROM month WHERE field = 'person';
INSERT INTO month SELECT 'person', coalesce(main, month.key), month, sum(count)
    FROM month LEFT JOIN joined ON joined.key = month.key
    WHERE field = 'spelled' AND count > 0 AND coalesce(main, month.key) <> '' GROUP BY 2, 3;
"""
# Every word that a tag or a name begins with or has inside, so that « hidalgo » finds « Anne Hidalgo ».
_STARTS = """
DROP TABLE IF EXISTS start;
CREATE TABLE start (
    word TEXT NOT NULL, rank REAL NOT NULL, field TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (word, field, key)
) WITHOUT ROWID;
"""
_FREQUENCIES = """
WITH value AS (
    SELECT field, key, sum(count) AS count,
        (SELECT max(month) FROM month WHERE month.field = label.field AND month.key = label.key) AS last
    FROM label WHERE field IN ('tag', 'person') AND count > 0 GROUP BY field, key
)
SELECT field, key, count, last, key FROM value UNION ALL
SELECT field, value.key, count, last, joined.key
    FROM joined JOIN value ON field = 'person' AND value.key = joined.main
"""
_FLUSH = 50_000

RECENT = 1.0
"""What a value of the newest month gains at most, as a part of its number of articles: it counts double."""

HALF_LIFE = 12
"""Months after which half of that gain is left."""


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
        self._months: Counter[tuple[str, str, int]] = Counter()

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
        sql = "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?)"
        self._db.execute(sql, (id, digest, title_key, published, self._run, number_of(id)))

    def set_joins(self, joins: Mapping[str, Join]) -> None:
        """Keep these joins of persons, and no others."""
        self._db.execute("DELETE FROM joined")
        rows = ((key, join.main, join.name, join.rule) for key, join in joins.items())
        self._db.executemany("INSERT INTO joined VALUES (?, ?, ?, ?)", rows)

    def joins(self) -> dict[str, Join]:
        """Return the joins of persons that were kept last."""
        return {row[0]: Join(*row[1:]) for row in self._db.execute("SELECT * FROM joined")}

    def spelled(self) -> Iterator[Named]:
        """Yield the persons as the articles spell them, before any are joined."""
        self._flush()
        for row in self._db.execute(LABELS.replace("$where", "field = 'spelled'")):
            yield Named(row[1], row[2], row[3])

    def keep_found(self, id: str, persons: tuple[str, ...]) -> None:
        """Keep the persons of an article as it spells them, where joins have made others of them."""
        sql = "INSERT OR REPLACE INTO found VALUES (?, ?)"
        self._db.execute(sql, (id, json.dumps(persons, ensure_ascii=False)))

    def drop_found(self, id: str) -> tuple[str, ...] | None:
        """Forget and return what `keep_found` kept of an article."""
        row = self._db.execute("DELETE FROM found WHERE id = ? RETURNING persons", (id,)).fetchone()
        return tuple(json.loads(row[0])) if row else None

    def found(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what `keep_found` kept."""
        for id, persons in self._db.execute("SELECT id, persons FROM found ORDER BY id").fetchall():
            yield id, tuple(json.loads(persons))

    def settle_persons(self, gained: Iterable[tuple[str, str, int]]) -> None:
        """Count the persons anew: as spelled, without those joined, and what others gained by that.

        `gained` holds keys, names and numbers of articles.
        """
        self._flush()
        for statement in filter(str.strip, _PERSON_LABELS.split(";")):
            self._db.execute(statement)
        for key, name, count in gained:
            self.count("person", ((key, name),), by=count)
        self._flush()

    def count(
        self, field: str, labels: Iterable[tuple[str, str]], day: int | None = None, by: int = 1
    ) -> None:
        """Add to the counts of facet values, each a key and a spelling, of an article of this day."""
        month = day // 10_000 * 12 + day // 100 % 100 if day and field != "section" else 0
        for key, label in labels:
            self._counts[field, key, label] += by
            if month:
                self._months[field, key, month] += by
        if max(len(self._counts), len(self._months)) > _FLUSH:
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
        self._db.execute("DELETE FROM month WHERE count <= 0")
        # One sort at the end takes half the time of an insertion a title.
        self._db.execute("CREATE INDEX IF NOT EXISTS article_title ON article (title_key)")
        self._db.execute("CREATE INDEX IF NOT EXISTS article_code ON article (code)")
        self._db.execute("COMMIT")
        self._db.close()

    def abandon(self) -> None:
        """Close the file, whatever is in it."""
        self._db.close()

    def write_starts(self) -> None:
        """Write what suggestions are found by: each word of a tag or person, also of its other spellings."""
        self._flush()
        for statement in filter(str.strip, _STARTS.split(";")):
            self._db.execute(statement)
        newest = self._db.execute("SELECT coalesce(max(month), 0) FROM month").fetchone()[0]
        rows = self._db.execute(_FREQUENCIES)
        for part in iter(lambda: rows.fetchmany(_FLUSH), []):
            self._db.executemany(
                "INSERT OR IGNORE INTO start VALUES (?, ?, ?, ?)", _starts(part, newest or 0)
            )

    def _flush(self) -> None:
        sql = (
            "INSERT INTO label VALUES (?, ?, ?, ?) "
            "ON CONFLICT (field, key, label) DO UPDATE SET count = count + excluded.count"
        )
        self._db.executemany(sql, [(*names, count) for names, count in self._counts.items()])
        self._counts.clear()
        sql = (
            "INSERT INTO month VALUES (?, ?, ?, ?) "
            "ON CONFLICT (field, key, month) DO UPDATE SET count = count + excluded.count"
        )
        self._db.executemany(sql, [(*value, count) for value, count in self._months.items()])
        self._months.clear()


def _starts(
    rows: Iterable[tuple[str, str, int, int | None, str]], newest: int
) -> Iterator[tuple[str, float, str, str]]:
    """Yield for each word of a key or of another spelling the rest from there on, with the value's rank."""
    for field, key, count, last, spelling in rows:
        rank = count * (1 + _recency(newest - last) if last else 1)
        words = spelling.split(" ")
        for at in range(len(words)):
            yield " ".join(words[at:]), rank, field, key


def _recency(months: int) -> float:
    """Return what a value gains that was last in the news so many months before the newest article."""
    return RECENT * math.pow(0.5, months / HALF_LIFE)
