"""Progress of a run: what the builder tells those who wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.errors import ReadError

MOST_NAMED = 1_000
"""How many problems and warnings of a run are kept word by word."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a run is: articles done, and the stage (reading, checking, swapping)."""

    articles: int
    stage: str


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what a run did.

    `broken` counts the files and lines that were left out, `problems` names the first thousand of them
    and why; `warnings` has the first thousand doubts about articles that were taken in.
    """

    generation: str
    articles: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    broken: int = 0
    problems: tuple[ReadError, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    swapped: bool = True


Listener = Callable[[Progress], None]


@dataclass(slots=True)
class Tally:
    """Count while a run goes on; memory does not grow with the number of broken files."""

    articles: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    broken: int = 0
    problems: list[ReadError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def note(self, problem: ReadError) -> None:
        """Count a file or line that was left out."""
        self.broken += 1
        if len(self.problems) < MOST_NAMED:
            self.problems.append(problem)

    def warn(self, *warnings: str) -> None:
        """Keep doubts about an article."""
        self.warnings += warnings[: MOST_NAMED - len(self.warnings)]
