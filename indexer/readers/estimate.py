"""How many articles there are to read, more or less: for a progress bar."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from indexer.errors import ReadError
from indexer.readers.unpacking import Budget, bare_name, layers_of, unpacked
from indexer.readers.walk import Found, walk
from indexer.readers.zipped import is_zip

_SAMPLE = 8 * 2**20
_SIGNS = {
    (".jsonl", ".ndjson", ".csv", ".tsv"): b"\n",
    (".warc",): b"\nWARC-Type: response",
    (".wet",): b"\nWARC-Type: conversion",
}
"""What stands once in each article of a file of many."""


def estimate(paths: Sequence[Path]) -> int:
    """Return about how many articles `read` will yield; a long file of lines is judged by its head."""
    return sum(_articles(found.path) for path in paths for found in walk(path) if isinstance(found, Found))


def _articles(path: Path) -> int:
    name = bare_name(path.name).lower()
    try:
        if is_zip(path):
            return max(1, sum(1 for _ in zipfile.ZipFile(path).infolist()))
        sign = next((sign for suffixes, sign in _SIGNS.items() if name.endswith(suffixes)), None)
        return 1 if sign is None else _counted(path, sign)
    except (OSError, EOFError, ValueError, ReadError, zipfile.BadZipFile, NotImplementedError):
        return 1


def _counted(path: Path, sign: bytes) -> int:
    size = path.stat().st_size
    budget = Budget(path.name, size)
    layers = layers_of(lambda: path.open("rb"), budget)
    # The stream closes the file below it when it is let go.
    with path.open("rb") as raw, unpacked(lambda: raw, layers, budget) as stream:
        signs = stream.read(_SAMPLE).count(sign)
        read = raw.tell()
    return max(1, signs if read >= size else round(signs * size / read))
