"""SQLite FTS5: one table of terms without content, facets counted by SQL over the matches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engines.answers import TOP, VALUES, Answer, Counts, System
from benchmarks.engines.peers.protocol import days_of
from benchmarks.engines.questions import ALL_KINDS, Question
from benchmarks.engines.rows import Row, Rows
from indexer.query import And, Everything, Or, Phrase, Prefix, Query, Term

_FILE = "articles.sqlite"

# All but blanks are part of a term: the terms are analysed already.
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, published INTEGER, day INTEGER, month INTEGER);
CREATE VIRTUAL TABLE words USING fts5(
  text, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE TABLE tag (id INTEGER PRIMARY KEY, label TEXT);
CREATE TABLE person (id INTEGER PRIMARY KEY, label TEXT);
CREATE TABLE article_tag (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;
CREATE TABLE article_person (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX article_published ON article (published);
CREATE INDEX article_day ON article (day);
INSERT INTO words(words) VALUES ('optimize');
ANALYZE;
"""
_COUNT = """
SELECT {facet}.label, counted.articles FROM (
  SELECT value, count(*) AS articles FROM matched JOIN article_{facet} ON article = matched.id
  GROUP BY value ORDER BY articles DESC, value LIMIT ?) AS counted
JOIN {facet} ON {facet}.id = counted.value ORDER BY counted.articles DESC, {facet}.id
"""


class Sqlite:
    """SQLite with FTS5, through the module of Python."""

    name = "SQLite FTS5"
    kinds = ALL_KINDS - {"fuzzy"}
    notes = "FTS5 knows no fuzzy words; matches go to a temporary table that three GROUP BY count"

    def version(self) -> str:
        """Return the version of SQLite."""
        return sqlite3.sqlite_version

    def prepare(self) -> None:
        """Load nothing."""

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:  # noqa: ARG002 - the peers' signature
        """Write one database."""
        connection = sqlite3.connect(folder / _FILE)
        connection.executescript(_SCHEMA)
        numbers = {}
        for facet, labels in zip(("tag", "person"), rows.values(), strict=True):
            # In the order of the labels, so that equal counts need no look at the texts.
            numbers[facet] = {label: number for number, label in enumerate(labels)}
            connection.executemany(f"INSERT INTO {facet} VALUES (?, ?)", enumerate(labels))
        for number, row in enumerate(rows):
            month = row.day // 100
            article = (number, row.title, row.published, row.day, month)
            connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", article)
            connection.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (number, row.text))
            for facet, values in (("tag", row.tags), ("person", row.persons)):
                pairs = [(number, numbers[facet][value]) for value in values]
                connection.executemany(f"INSERT INTO article_{facet} VALUES (?, ?)", pairs)
        connection.commit()
        connection.executescript(_INDEXES)
        connection.close()

    def open(self, folder: Path) -> dict[str, System]:
        """Open the database."""
        return {self.name: _Opened(folder / _FILE)}


class _Opened:
    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
        self._connection.executescript(
            "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 4000000000; PRAGMA cache_size = -200000;"
            "CREATE TEMP TABLE matched (id INTEGER PRIMARY KEY);"
        )

    def ask(self, question: Question) -> Answer:
        execute = self._connection.execute
        execute("DELETE FROM matched")
        where, values = _where(question)
        source = (
            "article" if isinstance(question.query, Everything) else "words JOIN article ON id = words.rowid"
        )
        execute(f"INSERT INTO matched SELECT id FROM {source} {where}", values)
        order = "published DESC" if source == "article" else "rank"
        titles = execute(f"SELECT title FROM {source} {where} ORDER BY {order} LIMIT {TOP}", values)
        return Answer(
            titles=tuple(title for (title,) in titles),
            total=execute("SELECT count(*) FROM matched").fetchone()[0],
            tags=self._counted("tag"),
            persons=self._counted("person"),
            months=tuple(self._months()),
        )

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return answer

    def close(self) -> None:
        self._connection.close()

    def _counted(self, facet: str) -> Counts:
        return tuple(self._connection.execute(_COUNT.format(facet=facet), (VALUES,)))

    def _months(self) -> Iterator[tuple[str, int]]:
        counted = "SELECT month, count(*) FROM matched JOIN article USING (id) GROUP BY month ORDER BY month"
        for month, count in self._connection.execute(counted):
            yield Row("", "", "", (), (), month * 100, 0).month, count


def _where(question: Question) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    if not isinstance(question.query, Everything):
        clauses.append("words MATCH ?")
        values.append(_match(question.query))
    if days := days_of(question):
        clauses.append("day BETWEEN ? AND ?")
        values += days
    return ("WHERE " + " AND ".join(clauses) if clauses else ""), values


def _match(query: Query) -> str:
    match query:
        case Term(_, text):
            return f'"{text}"'
        case Prefix(_, text):
            return f'"{text}" *'
        case Phrase(_, terms):
            return '"' + " ".join(terms) + '"'
        case Or(parts):
            return " OR ".join(map(_match, parts))
        case And(parts):
            return " AND ".join(map(_match, parts))
        case _:
            raise ValueError(f"FTS5 cannot say {query}")
