"""The corpus: articles of a file or made-up ones, as many as a size asks for, written as JSONL."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.engines.generator import generated
from benchmarks.engines.mixing import mixed
from benchmarks.relevance.sets import DataMissing, existing, rows_of

_SET = "news/orangesum.jsonl.gz"
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
