"""Answers: what the model said of a name, kept in a file so that a rebuild need not ask again."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from indexer.persons.gather import Judge

FILE = "persons-ner.sqlite"

KEPT_DAYS = 180
"""Answers that nobody asked for in this time are dropped."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (key BLOB PRIMARY KEY, person INT, day INT) WITHOUT ROWID"
_FLUSH = 1_000
_log = logging.getLogger("manchette")


class Answers:
    """Be a judge that remembers the answers of another.

    An answer belongs to a sentence, the place of the name in it and the version of the model; what it
    depends on changes the key. A file that is damaged is replaced by a new one, and one that cannot be
    written is done without; both are logged as warnings. Several processes may use one file.
    """

    def __init__(self, judge: Judge, version: str, folder: Path) -> None:
        self._judge = judge
        self._version = version
        self._file = folder / FILE
        self._today = int(time.time()) // 86_400
        self._new: dict[bytes, bool] = {}
        self._db = self._open()

    def __call__(self, sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[bool]:
        """Tell for each sentence whether what stands at its span is a person."""
        keys = [self._key(sentence, span) for sentence, span in zip(sentences, spans, strict=True)]
        known = {key: answer for key in keys if (answer := self._look_up(key)) is not None}
        asked = [at for at, key in enumerate(keys) if key not in known]
        if asked:
            answers = self._judge([sentences[at] for at in asked], [spans[at] for at in asked])
            found = {keys[at]: answer for at, answer in zip(asked, answers, strict=True)}
            known |= found
            self._new |= found
            if len(self._new) >= _FLUSH:
                self._flush()
        return [known[key] for key in keys]

    def close(self) -> None:
        """Write what is new, drop what is old."""
        self._flush()
        if self._db is not None:
            try:
                with self._db:
                    self._db.execute("DELETE FROM answer WHERE day < ?", (self._today - KEPT_DAYS,))
            except sqlite3.Error as error:
                self._give_up(error)
        if self._db is not None:
            self._db.close()
            self._db = None

    def _key(self, sentence: str, span: tuple[int, int]) -> bytes:
        text = f"{self._version}\0{span[0]}\0{span[1]}\0{sentence}"
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _look_up(self, key: bytes) -> bool | None:
        if key in self._new:
            return self._new[key]
        if self._db is None:
            return None
        try:
            row = self._db.execute("SELECT person, day FROM answer WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None:
            return None
        if row[1] != self._today:
            self._new[key] = bool(row[0])  # written again with the day of today
        return bool(row[0])

    def _flush(self) -> None:
        if self._db is not None and self._new:
            rows = [(key, person, self._today) for key, person in self._new.items()]
            try:
                with self._db:
                    self._db.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", rows)
            except sqlite3.Error as error:
                self._give_up(error)
        self._new.clear()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                return self._connect()
            except sqlite3.DatabaseError as error:
                _log.warning("%s: the answers of the model are asked for anew (%s)", self._file, error)
                self._file.unlink(missing_ok=True)
                return self._connect()
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
            return None

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=30)
        try:
            db.execute("PRAGMA synchronous = OFF")
            db.execute(_SCHEMA)
            db.execute("SELECT person, day FROM answer LIMIT 1").fetchone()
            db.commit()
        except BaseException:
            db.close()
            raise
        return db

    def _give_up(self, error: Exception) -> None:
        """Go on without the file."""
        _log.warning("%s: the answers of the model are not kept (%s)", self._file, error)
        db, self._db = getattr(self, "_db", None), None
        if db is not None:
            db.close()
