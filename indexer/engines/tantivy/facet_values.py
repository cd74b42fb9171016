"""The list of all values of the facets, for engines that count the places of values in it.

It only grows, and is saved before the articles that need it are: so it covers them whichever of the
two came last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from indexer.errors import EngineError
from indexer.query import FACET_FIELDS


class FacetValues:
    """Number the values of each facet field in the order of their arrival."""

    def __init__(self, places: dict[str, dict[str, int]] | None = None) -> None:
        self._places = {field: dict(places[field]) if places else {} for field in FACET_FIELDS}
        self._names = {field: list(places) for field, places in self._places.items()}

    @classmethod
    def load(cls, file: Path) -> FacetValues:
        """Read a saved list; raise EngineError where the file does not hold one."""
        try:
            rows = json.loads(file.read_text("utf-8"))
            return cls({field: {value: n for n, value in enumerate(rows[field])} for field in FACET_FIELDS})
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise EngineError(f"{file} is damaged: {error}") from error

    def save(self, file: Path) -> None:
        """Write beside the file and swap, so that neither a crash nor a hard link sees half of it."""
        aside = file.with_suffix(".tmp")
        with aside.open("w", encoding="utf-8") as out:
            json.dump(self._names, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)

    def copy(self) -> FacetValues:
        """Return a list that may grow while this one does not."""
        return FacetValues(self._places)

    def add(self, field: str, value: str) -> int:
        """Return the place of a value, a new one where it has none."""
        places = self._places[field]
        place = places.setdefault(value, len(places))
        if place == len(self._names[field]):
            self._names[field].append(value)
        return place

    def places(self, field: str, values: Iterable[str]) -> list[int]:
        """Return the places of those values that have one."""
        places = self._places[field]
        return [places[value] for value in values if value in places]

    def names(self, field: str) -> list[str]:
        """Return the values of a field, each at its place."""
        return self._names[field]
