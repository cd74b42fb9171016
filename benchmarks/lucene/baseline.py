"""Rankings by Lucene: texts in, the best documents of each query out."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lucene.jar import LuceneMissing, java_and_jar

PROGRAM = Path(__file__).with_name("Baseline.java")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Hold the ids of the documents of each query, best first, and the times of a search in ms."""

    hits: dict[str, list[str]]
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class LuceneRun:
    """Hold the version of Lucene and its two rankings.

    `one_field` has title and text in one field; `two_fields` searches both apart and adds the scores.
    """

    version: str
    one_field: Ranked
    two_fields: Ranked


def rank(
    documents: Iterable[tuple[str, str, str]], queries: Iterable[tuple[str, str]], size: int
) -> LuceneRun:
    """Return the best `size` documents (id, title, text) of each query (id, text), any word matching.

    Raises LuceneMissing where there is no Java or no jar, or Java fails.
    """
    java, jar = java_and_jar()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "documents", documents)
        _write(folder / "queries", queries)
        texts = [str(folder / "documents"), str(folder / "queries"), name, str(size)]
        options = ["-Xmx1g", "-Dfile.encoding=UTF-8", "-cp", str(jar)]
        done = subprocess.run(
            [java.path, *options, str(PROGRAM), *texts], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LuceneMissing(f"Java failed: {done.stderr.strip()[-500:]}")
        version, *times = done.stdout.splitlines()
        runs = {
            name: _read(folder / f"{name}.tsv", float(p50), float(p95))
            for name, p50, p95 in map(_cells, times)
        }
    return LuceneRun(version, runs["one-field"], runs["two-fields"])


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _read(path: Path, p50: float, p95: float) -> Ranked:
    hits: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document = _cells(line)
        hits.setdefault(query, []).append(document)
    return Ranked(hits, p50, p95)


def _cells(line: str) -> list[str]:
    return line.split("\t")
