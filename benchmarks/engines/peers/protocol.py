"""What a peer must be able to do."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from benchmarks.engines.answers import System
from benchmarks.engines.questions import Question
from benchmarks.engines.rows import Rows
from indexer.engine import day_number


class Unavailable(Exception):
    """Say why an engine cannot run here."""


class Peer(Protocol):
    """Build an index of rows and open it.

    `kinds` are the kinds of questions that it can be asked; `notes` says what a reader of its figures
    must know.
    """

    name: str
    kinds: frozenset[str]
    notes: str

    def version(self) -> str:
        """Return the version that is installed. Raises Unavailable where none is."""

    def prepare(self) -> None:
        """Load what is loaded once a process, before a time is taken."""

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:
        """Write an index to a folder: of the rows, or of the corpus where it makes its own."""

    def open(self, folder: Path) -> dict[str, System]:
        """Open an index: by name, each way to ask it that is timed."""


def days_of(question: Question) -> tuple[int, int] | None:
    """Return the first and last day of a question as rows have them, 20181118; None without a period."""
    if question.first is None or question.last is None:
        return None
    return day_number(question.first), day_number(question.last)
