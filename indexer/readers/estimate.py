"""How many articles there are to read, more or less: for a progress bar."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from indexer.readers.walk import Found, walk

_SAMPLE = 8 * 2**20


def estimate(paths: Sequence[Path]) -> int:
    """Return about how many articles `read` will yield; a long file of lines is judged by its head."""
    return sum(_articles(found.path) for path in paths for found in walk(path) if isinstance(found, Found))


def _articles(path: Path) -> int:
    if not path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".csv", ".tsv")):
        return 1
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            lines = stream.read(_SAMPLE).count(b"\n")
            read, size = raw.tell(), path.stat().st_size
    except (OSError, EOFError):
        return 1
    return max(1, lines if read >= size else round(lines * size / read))
