"""The engine that is counted: another engine, whose every call comes out of the budget of its request."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from indexer.budget import current_budget
from indexer.engine import Engine, Hit, Info, Page, Writer
from indexer.query import Search


class TimedEngine:
    """Answer as another engine does; raises OutOfTime where the budget of the request is used up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rebuild(self) -> AbstractContextManager[Writer]:
        """Replace all articles by those written."""
        return self._engine.rebuild()

    def update(self) -> AbstractContextManager[Writer]:
        """Add, replace and delete articles."""
        return self._engine.update()

    def search(self, search: Search) -> Page:
        """Find articles."""
        with _counted():
            return self._engine.search(search)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        with _counted():
            return self._engine.get(id)

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms of a text field that begin so."""
        with _counted():
            return self._engine.complete(field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term of a text field occurs."""
        with _counted():
            return self._engine.frequencies(field, terms)

    def info(self) -> Info:
        """Return name, version, number of articles and size."""
        return self._engine.info()

    def close(self) -> None:
        """Release files and memory."""
        self._engine.close()


def _counted() -> AbstractContextManager[None]:
    budget = current_budget()
    return budget.counting() if budget else nullcontext()
