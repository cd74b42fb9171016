"""The same articles as a SQLite database for Datasette: full text over title and body, facets as JSON."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from indexer import Index

_TABLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT, body TEXT, section TEXT, published TEXT, month TEXT, tags TEXT,
    persons TEXT
);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, content = 'articles', tokenize = 'unicode61 remove_diacritics 2'
);
"""


def write_database(index: Index, file: Path) -> int:
    """Write all articles of an index, persons as the index found them; return how many."""
    with index._current() as snapshot, closing(sqlite3.connect(file)) as database:  # noqa: SLF001
        database.executescript(_TABLES)
        ids = snapshot.catalogue.sample(-1)
        database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (_row(index, id) for id in ids)
        )
        database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")
        database.execute("ANALYZE")
    return len(ids)


def _row(index: Index, id: str) -> tuple[str, ...]:
    article = index.article(id)
    assert article
    day = article.published.astimezone(index.zone).date().isoformat() if article.published else ""
    lists = (json.dumps(values, ensure_ascii=False) for values in (article.tags, article.persons))
    return (id, article.title, f"{article.lede}\n\n{article.body}", article.section, day, day[:7], *lists)
