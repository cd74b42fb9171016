"""The pointer: the file in an engine's folder that says which index of the cluster holds its articles.

The folder has nothing else, so that a copy of it is a copy of the index: one that is complete never changes.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.errors import EngineError

NAME = "cluster.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Name an index, and how many articles it had when it was complete."""

    index: str
    articles: int

    @classmethod
    def load(cls, directory: Path) -> Pointer | None:
        """Read the pointer of a folder; None where the folder is empty, so has no articles."""
        file = directory / NAME
        if not file.exists():
            if found := sorted(other.name for other in directory.iterdir() if other.suffix != ".new"):
                raise EngineError(f"{directory} is damaged: it has {found[0]}, but no {NAME}")
            return None
        try:
            row = json.loads(file.read_text("utf-8"))
            index, articles = row["index"], row["articles"]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise EngineError(f"{file} is damaged: {type(error).__name__}") from error
        if not isinstance(index, str) or not isinstance(articles, int):
            raise EngineError(f"{file} is damaged")
        return cls(index, articles)

    def save(self, directory: Path) -> None:
        """Let the folder have this index: at once, as a new file, since the old one may be linked."""
        aside = directory / f"{NAME}.new"
        with aside.open("w", encoding="utf-8") as out:
            out.write(json.dumps(asdict(self)))
            out.flush()
            os.fsync(out.fileno())
        aside.replace(directory / NAME)
