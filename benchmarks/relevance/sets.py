"""Test sets: documents, queries and what a reader judged relevant."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import Article


class DataMissing(Exception):
    """Say which file of the data is missing, so that nothing can be measured."""


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a query as typed and the kinds that it counts for (`typo`, `phrase`, `person` …; maybe none)."""

    id: str
    text: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TestSet:
    """Hold a set: `judged` has for each query the grade of its documents, 0 meaning not relevant."""

    name: str
    articles: tuple[Article, ...]
    queries: tuple[Query, ...]
    judged: dict[str, dict[str, int]]


def load(data: Path, name: str, every: int = 1) -> TestSet:
    """Read `ir/NAME` of a data folder, with each `every`-th of its queries. Raises DataMissing.

    The documents are in `docs.jsonl`, or named in `docs_ids.txt` as lines of `news/orangesum.jsonl.gz`.
    """
    folder = data / "ir" / name
    rows = rows_of(existing(folder / "queries.jsonl"))
    judged: dict[str, dict[str, int]] = {}
    for line in existing(folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        judged.setdefault(query, {})[document] = int(grade)
    queries = [_query(row) for row in rows if any(judged.get(row["id"], {}).values())]
    return TestSet(name, tuple(_articles(folder, data)), tuple(queries[::every]), judged)


def news(data: Path) -> Iterator[Article]:
    """Yield the articles of `news/orangesum.jsonl.gz`. Raises DataMissing."""
    return map(Article.from_dict, rows_of(existing(data / "news" / "orangesum.jsonl.gz")))


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, packed or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            if line.strip():
                yield json.loads(line)


def existing(path: Path) -> Path:
    """Return the path of a file that is there. Raises DataMissing."""
    if not path.is_file():
        raise DataMissing(f"{path} is missing: nothing was measured with it")
    return path


def _query(row: dict[str, Any]) -> Query:
    kinds = [row.get("kind") or "", *(kind for kind in ("typo", "phrase") if row.get(kind))]
    return Query(row["id"], row["text"], tuple(dict.fromkeys(kind for kind in kinds if kind)))


def _articles(folder: Path, data: Path) -> Iterable[Article]:
    ids = folder / "docs_ids.txt"
    if not ids.is_file():
        return map(Article.from_dict, rows_of(existing(folder / "docs.jsonl")))
    wanted = set(ids.read_text(encoding="utf-8").split())
    return (article for article in news(data) if article.id in wanted)
