"""A data folder of a few lines for each benchmark."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

ARTICLES = [
    {"id": "a", "title": "Grève des cheminots", "body": "Les trains sont à l’arrêt.", "date": "2020-05-01"},
    {"id": "b", "title": "La grève des trains", "body": "Les cheminots à l’arrêt.", "date": "2020-05-03"},
    {"id": "c", "title": "Séisme au Japon", "body": "La terre a tremblé.", "date": "2020-05-02"},
    {"id": "d", "title": "Grève ancienne", "body": "Des cheminots, des trains.", "date": "2012-05-02"},
]  # fmt: skip
QUERIES = [
    {"id": "q1", "text": "séisme", "kind": "topical"},
    {"id": "q2", "text": "cheminots", "kind": "topical", "phrase": True},
    {"id": "q3", "text": "jamais jugé"},
]


def make_data(folder: Path) -> Path:
    """Write the sets `ir/tiny` (its own documents) and `ir/piaf` (named ones), links and cases."""
    write_rows(folder / "ir" / "tiny" / "docs.jsonl", ARTICLES)
    for name in ("tiny", "piaf"):
        write_rows(folder / "ir" / name / "queries.jsonl", QUERIES)
        judged = "qid\tdocid\trel\nq1\tc\t2\nq1\ta\t0\nq2\ta\t1\nq2\tb\t1\nq3\tc\t0\n"
        (folder / "ir" / name / "qrels.tsv").write_text(judged)
    (folder / "ir" / "piaf" / "docs_ids.txt").write_text("a\nb\nc\n")
    (folder / "news").mkdir()
    with gzip.open(folder / "news" / "orangesum.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in ARTICLES)
    (folder / "related").mkdir()
    (folder / "related" / "dev.tsv").write_text("article\trelated\na\tb\na\td\nb\ta\n")
    write_cases(folder)
    return folder


def write_cases(folder: Path, wanted: str = "a") -> None:
    """Write one case of each kind; that for searching wants this document."""
    docs = [{"id": "a", "title": "Brève", "body": "L’État a payé.", "tags": []}]
    case = {"id": "s1", "level": "must", "docs": docs, "query": "etat", "match": [wanted], "not_match": []}
    write_rows(folder / "cases" / "search_cases.jsonl", [case | {"order": None}])
    write_rows(folder / "cases" / "parser_cases.jsonl", [case | {"match": ["a"], "exact_set": True}])
    marked = {"expected": "L’<mark>État</mark> a payé.", "accept": []}
    row = {"id": "h1", "level": "must", "text": "L’État a payé.", "query": "etat"} | marked
    write_rows(folder / "cases" / "highlight_cases.jsonl", [row])


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write JSON, an object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
