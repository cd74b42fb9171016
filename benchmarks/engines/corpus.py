"""The corpus: articles of a file or made-up ones, as many as a size asks for, written as JSONL."""

from __future__ import annotations

import gzip
import json
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.engines.generator import generated
from benchmarks.engines.mixing import mixed
from benchmarks.relevance.sets import DataMissing, existing, rows_of

_SET = "news/orangesum.jsonl.gz"
_SOURCE = "source"
_MADE = 20_000
"""Made-up articles that larger sizes are mixed from."""


def source(data: Path | None, largest: int) -> list[dict[str, Any]]:
    """Return the articles that all sizes are taken from; made-up ones without `data`.

    `data` is a JSONL file, packed or not, or a folder that holds `news/orangesum.jsonl.gz`.
    Raises DataMissing.
    """
    if data is None:
        return list(islice(generated(), min(largest, _MADE)))
    rows = list(rows_of(existing(data / _SET if data.is_dir() else data)))
    if not rows:
        raise DataMissing(f"{data} holds no article: nothing was measured")
    return rows


def claim(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Note in a folder that keeps indexes which articles they are of. Raises DataMissing for others."""
    digest = blake2b(digest_size=16)
    for row in rows:
        digest.update(f"{row['title']}\n{row['body']}\n".encode())
    mark, own = folder / _SOURCE, digest.hexdigest()
    if mark.exists() and mark.read_text() != own:
        raise DataMissing(f"{folder} keeps indexes of other articles: take another folder, or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(own)


def write_corpus(rows: list[dict[str, Any]], articles: int, file: Path) -> None:
    """Write a corpus of so many articles; one that is there stays."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    with gzip.open(draft, "wt", encoding="utf-8", compresslevel=1) as out:
        for row in mixed(rows, articles):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    draft.rename(file)
