"""The file of the engine in memory: its number of articles, then a line of JSON for each."""

from __future__ import annotations

import json
import os
from pathlib import Path

from indexer.engine import Entry
from indexer.errors import EngineError


def load(file: Path) -> dict[str, Entry]:
    """Return the articles of a file, none where there is no file; raise EngineError where it is damaged."""
    if not file.exists():
        return {}
    try:
        with file.open(encoding="utf-8") as lines:
            count = json.loads(next(lines, ""))
            rows = [json.loads(line) for line in lines]
        entries = {row["id"]: Entry(**{**row, "stored": row["stored"].encode("latin-1")}) for row in rows}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise EngineError(f"{file} is damaged: {type(error).__name__}") from error
    if count != len(entries):
        raise EngineError(f"{file} is damaged: it holds {len(entries)} articles of {count}")
    return entries


def save(file: Path, entries: dict[str, Entry]) -> None:
    """Write beside the file and swap, so that a crash leaves the old one."""
    aside = file.with_suffix(".tmp")
    with aside.open("w", encoding="utf-8") as out:
        out.write(f"{len(entries)}\n")
        for entry in entries.values():
            row = {
                "id": entry.id,
                "terms": {name: list(terms) for name, terms in entry.terms.items()},
                "values": {name: list(values) for name, values in entry.values.items()},
                "published": entry.published,
                "day": entry.day,
                "stored": entry.stored.decode("latin-1"),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)
