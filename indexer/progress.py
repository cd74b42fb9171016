"""Progress of a run: what the builder tells those who wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from indexer.errors import ReadError
from indexer.skipped import Skipped

MOST_NAMED = 1_000
"""How many problems and warnings of a run are kept word by word."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a run is: articles done, and the stage (reading, checking, swapping)."""

    articles: int
    stage: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one thing that a run has to say of what it read.

    `kind` is problem (left out), skipped (passed over on purpose, `count` times), duplicate (the same as
    another article) or warning (taken in, with a doubt). `path` and `position` are where it stands, `id` is
    the article's, where it is one.
    """

    kind: str
    path: str
    position: str
    reason: str
    id: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold how many articles repeat another and were left out, and the near copies and their stories."""

    duplicates: int = 0
    copies: int = 0
    stories: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what a run did.

    `broken` counts the files and lines that were left out, `problems` names the first thousand of them
    and why; `skipped` counts what was passed over on purpose, by reason; `doubts` counts the doubts about
    articles that were taken in, `warnings` has the first thousand.
    """

    generation: str
    articles: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    broken: int = 0
    problems: tuple[ReadError, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    copies: Counted = Counted()
    doubts: int = 0
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    swapped: bool = True


Listener = Callable[[Progress], None]
Recorder = Callable[[Remark], None]


@dataclass(slots=True)
class Tally:
    """Count while a run goes on; memory does not grow with the number of broken files."""

    articles: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    broken: int = 0
    doubts: int = 0
    problems: list[ReadError] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    copies: Counted = Counted()
    warnings: list[str] = field(default_factory=list)
    recorder: Recorder | None = None

    def note(self, problem: ReadError) -> None:
        """Count a file or line that was left out."""
        self.broken += 1
        if len(self.problems) < MOST_NAMED:
            self.problems.append(problem)
        self._record(Remark("problem", problem.path, problem.position, problem.reason))

    def skip(self, skipped: Skipped) -> None:
        """Count what was passed over on purpose."""
        self.skipped[skipped.reason] += skipped.count
        self._record(Remark("skipped", skipped.path, skipped.position, skipped.reason, "", skipped.count))

    def repeat(self, id: str, origin: tuple[str, str], kept: str) -> None:
        """Tell that an article is the same as one that is kept."""
        self._record(Remark("duplicate", *origin, f"the same article as {kept}", id))

    def doubt(self, id: str, origin: tuple[str, str], warnings: Iterable[str]) -> None:
        """Count the doubts about an article that is taken in."""
        for warning in warnings:
            self._warn(f"{id}: {warning}")
            self._record(Remark("warning", *origin, warning, id))

    def warn(self, warning: str) -> None:
        """Keep a doubt about the run."""
        self._warn(warning)
        self._record(Remark("warning", "", "", warning))

    def _warn(self, warning: str) -> None:
        self.doubts += 1
        if len(self.warnings) < MOST_NAMED:
            self.warnings.append(warning)

    def _record(self, remark: Remark) -> None:
        if self.recorder:
            self.recorder(remark)
