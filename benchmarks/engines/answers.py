"""Answers: what an engine found and counted, and where two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from benchmarks.engines.questions import Question

TOP = 10
VALUES = 20
"""Hits of a page, and values of a facet."""

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the titles of the best hits and what was counted of all matches; None: not counted.

    Values come with the most frequent first, then by value; months in order, the undated first.
    """

    titles: tuple[str, ...]
    total: int | None = None
    tags: Counts | None = None
    persons: Counts | None = None
    months: Counts | None = None


class System(Protocol):
    """Answer questions: one way to ask an opened index."""

    def ask(self, question: Question) -> Answer:
        """Answer as a user of it would; this is what is timed."""

    def comparable(self, question: Question, answer: Answer) -> Answer | None:
        """Return what must be as other engines count it; None where it means another thing."""

    def close(self) -> None:
        """Release files and memory."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one count that is not as the reference has it."""

    articles: int
    system: str
    reference: str
    question: str
    part: str
    got: str
    wanted: str


def top(counts: Mapping[str, int] | Iterable[tuple[str, int]], size: int = VALUES) -> Counts:
    """Return the most frequent values in the order of an answer."""
    pairs = counts.items() if isinstance(counts, Mapping) else counts
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:size])


def differences(answer: Answer, reference: Answer) -> dict[str, tuple[object, object]]:
    """Return the parts that both have and that differ, each with what was got and what was wanted."""
    found: dict[str, tuple[object, object]] = {}
    for part in ("total", "tags", "persons", "months"):
        got, wanted = getattr(answer, part), getattr(reference, part)
        if got is not None and wanted is not None and got != wanted:
            found[part] = _first(got, wanted) if isinstance(got, tuple) else (got, wanted)
    return found


def _first(got: Counts, wanted: Counts) -> tuple[object, object]:
    """Return the first place where two lists of counts part."""
    for ours, theirs in zip(got, wanted, strict=False):
        if ours != theirs:
            return ours, theirs
    return f"{len(got)} values", f"{len(wanted)} values"
