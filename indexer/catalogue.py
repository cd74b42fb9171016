"""The catalogue: what an index knows beside the engine – digests, titles, the spelling of facet values.

One SQLite file a generation, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.failures import reading
from indexer.persons import Join, Named

SPELLED = "spelled"
"""The field of the labels that count persons as the articles spell them, before any are joined."""

LABELS = """
SELECT field, key, label, sum(count), max(count) FROM label WHERE $where AND count > 0
GROUP BY field, key ORDER BY 4 DESC, key
"""
"""Facet values with their most frequent spelling: with one max() SQLite takes the columns that are not
aggregated from the row that has the maximum."""

_REMEMBERED = 50_000


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
        self._file = file
        with reading(file):
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._labels: dict[tuple[str, str], Label | None] = {}

    def label(self, field: str, key: str) -> Label | None:
        """Return a facet value by its key; a person by any spelling that was joined."""
        known = self._labels
        if (field, key) not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            main = self.main(key) if field == "person" else key
            known[field, key] = next(iter(self._find("field = ? AND key = ?", (field, main))), None)
        return known[field, key]

    def labels(self, field: str) -> list[Label]:
        """Return all values of a facet, the most frequent first."""
        return self._find("field = ?", (field,))

    def complete(self, prefix: str, limit: int) -> list[Label]:
        """Return tags and persons of which a word begins with this folded text.

        The most frequent come first, those that were in the news of late before others of their size.
        """
        sql = (
            "SELECT DISTINCT field, key FROM start WHERE word >= ? AND word < ? "
            "ORDER BY rank DESC, key LIMIT ?"
        )
        rows = self._rows(sql, (prefix, prefix + "\U0010ffff", limit))
        found = (self.label(field, key) for field, key in rows)
        return [label for label in found if label]

    def initials(self, field: str) -> str:
        """Return the first letters of the keys of a facet in order, each once."""
        sql = "SELECT DISTINCT substr(key, 1, 1) FROM label WHERE field = ? AND count > 0 ORDER BY 1"
        return "".join(row[0] for row in self._rows(sql, (field,)))

    def main(self, key: str) -> str:
        """Return the key of the person whose spelling a key is; most are their own."""
        rows = self._rows("SELECT main FROM joined WHERE key = ? AND main <> ''", (key,))
        return rows[0][0] if rows else key

    def named(self, word: str) -> list[str]:
        """Return the names of the persons of which another spelling has this folded word."""
        sql = "SELECT DISTINCT name FROM joined WHERE ' ' || key || ' ' LIKE ? AND main <> '' ORDER BY name"
        return [row[0] for row in self._rows(sql, (f"% {word.replace('%', '')} %",))]

    def joins(self) -> dict[str, Join]:
        """Return for each key of a person that was joined whose spelling it is."""
        return {row[0]: Join(*row[1:]) for row in self._rows("SELECT * FROM joined", ())}

    def spelled(self) -> list[Named]:
        """Return the persons as the articles spell them, before any are joined."""
        return [Named(label.key, label.label, label.count) for label in self._find("field = ?", (SPELLED,))]

    def spellings(self, field: str, key: str) -> list[str]:
        """Return how the articles spell a facet value, joined persons included, the most frequent first."""
        sql = (
            "SELECT label FROM label WHERE field = ? AND count > 0 "
            "AND (key = ? OR ? AND key IN (SELECT key FROM joined WHERE main = ?)) "
            "GROUP BY label ORDER BY sum(count) DESC, label"
        )
        spelled = SPELLED if field == "person" else field
        return [row[0] for row in self._rows(sql, (spelled, key, field == "person", key))]

    def persons(self, limit: int) -> list[Label]:
        """Return the most frequent persons; all of them where the limit is negative."""
        persons = self._find("field = ?", ("person",))
        return persons if limit < 0 else persons[:limit]

    def titled(self, key: str) -> list[str]:
        """Return the ids of the articles whose folded title is this, at most fifty, the newest first."""
        sql = "SELECT id FROM article WHERE title_key = ? ORDER BY published DESC, id LIMIT 50"
        return [row[0] for row in self._rows(sql, (key,))]

    def coded(self, numbers: range) -> str | None:
        """Return the id whose number is one of these, the first published of several; None for none."""
        sql = (
            "SELECT id FROM article WHERE code BETWEEN ? AND ? "
            "ORDER BY published IS NULL, published, id LIMIT 1"
        )
        rows = self._rows(sql, (numbers.start, numbers.stop - 1))
        return rows[0][0] if rows else None

    def digest(self, id: str) -> bytes | None:
        """Return the digest of an article; None where there is none of this id."""
        rows = self._rows("SELECT digest FROM article WHERE id = ?", (id,))
        return rows[0][0] if rows else None

    def sample(self, limit: int) -> list[str]:
        """Return some ids, spread over all."""
        rows = self._rows("SELECT id FROM article ORDER BY digest LIMIT ?", (limit,))
        return [row[0] for row in rows]

    def dated(self, first: int, limit: int) -> list[tuple[str, int | None]]:
        """Return ids with their publication in seconds, in the order of ids, from that place on."""
        return self._rows("SELECT id, published FROM article ORDER BY id LIMIT ? OFFSET ?", (limit, first))

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
        return [Label(*row[:4]) for row in self._rows(LABELS.replace("$where", where), values)]

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock, reading(self._file):
            return self._db.execute(sql, values).fetchall()
