"""This project, asked in three ways: a reader's words, what those ask of the engine, the bare tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.engines.answers import TOP, VALUES, Answer, Counts, System
from benchmarks.engines.questions import ALL_KINDS, Question
from benchmarks.engines.rows import Rows
from indexer import Index, Progress, Results
from indexer.corpus import Corpus
from indexer.engine import Engine, FacetCounts, Page
from indexer.engines import resolve_engine
from indexer.french import fold_key
from indexer.query import MONTH, Between, Everything, Facet, Search, Sort
from indexer.storedjson import from_stored

SEARCH, CALLS, TREE = "Index.search", "its engine calls", "Engine.search"

_FACETS = (Facet("tag", VALUES), Facet("person", VALUES), Facet(MONTH, None, within=True))
_OTHER_FIELD = frozenset({"phrase", "prefix", "fuzzy"})
"""The kinds that a search answers from the forms as typed, not from their stems."""
_TOLD = 1_000


class Ours:
    """An index of this project on one of its engines."""

    kinds = ALL_KINDS
    notes = "the whole product: eight text fields, persons found, the article stored, catalogue, near copies"

    def __init__(self, engine: str) -> None:
        self.name = engine

    def version(self) -> str:
        """Return the version of the engine's library. Raises EngineUnavailable."""
        resolve_engine(self.name)
        return version("manchette" if self.name == "memory" else self.name)

    def prepare(self) -> None:
        """Load nothing."""

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:
        """Build with `Index.rebuild`, which finds the persons and analyses by itself."""

        def tell(progress: Progress) -> None:
            if rows.told and progress.articles % _TOLD == 0:
                rows.told.write_text(str(progress.articles))

        Index.rebuild(folder, Corpus([corpus]), self.name, tell)

    def open(self, folder: Path) -> dict[str, System]:
        """Open the index once, for all three ways."""
        index = Index.open(folder)
        return {
            self.named(SEARCH): _Searched(index),
            self.named(CALLS): Replayed(index),
            self.named(TREE): _Bare(index),
        }

    def named(self, way: str) -> str:
        """Return how a way to ask is called in the results."""
        return f"{way}, {self.name}"


class _Searched:
    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: Question) -> Answer:
        found = self._index.search(
            question.words, first=question.first, last=question.last, size=TOP, facet_size=VALUES
        )
        return _answer_of(found, _shown)

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        """Search the words as typed: the tree over the stems, by construction, in the kinds of one field."""
        if question.kind in _OTHER_FIELD:
            return None
        plain = _answer_of(
            self._index.search(
                question.words,
                first=question.first,
                last=question.last,
                size=TOP,
                facet_size=VALUES,
                spelling=False,
                synonyms=False,
            ),
            fold_key,
        )
        # Months are counted without the period that was chosen, so that others can be.
        months = plain.months if question.first is None else None
        return Answer(plain.titles, plain.total, plain.tags, plain.persons, months)

    def close(self) -> None:
        self._index.close()


_Call = tuple[str, tuple[Any, ...]]
"""A method of an engine and what it is given."""


class Replayed:
    """Repeat what a search asked of the engine, without the work around it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._asked: dict[Question, list[_Call]] = {}
        with index._current() as snapshot:  # noqa: SLF001 - a benchmark looks inside
            self._engine = snapshot.engine

    def record(self, questions: Iterable[Question]) -> None:
        """Ask all questions once by their words, and keep what that asked of the engine."""
        for question in questions:
            asked = self._asked[question] = []
            with ExitStack() as patched:
                for name in ("search", "frequencies", "complete", "get"):
                    recording = _recording(name, getattr(self._engine, name), asked)
                    patched.enter_context(patch.object(self._engine, name, recording))
                _Searched(self._index).ask(question)

    def ask(self, question: Question) -> Answer:
        """Repeat the calls that a question led to."""
        answers = [getattr(self._engine, name)(*given) for name, given in self._asked[question]]
        pages = [answer for answer in answers if isinstance(answer, Page)]
        return Answer((), pages[-1].total if pages else None)

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        """Compare nothing."""
        return None

    def close(self) -> None:
        """Leave the engine to the index."""


def _recording(name: str, call: Callable[..., Any], asked: list[_Call]) -> Callable[..., Any]:
    def recorded(*given: Any) -> Any:
        asked.append((name, given))
        return call(*given)

    return recorded


class _Bare:
    """Ask the engine for the tree over the stems, as the peers are asked."""

    def __init__(self, index: Index) -> None:
        with index._current() as snapshot:  # noqa: SLF001 - a benchmark looks inside
            self._engine: Engine = snapshot.engine

    def ask(self, question: Question) -> Answer:
        days = (Between(question.first, question.last),) if question.first else ()
        sort = Sort.NEWEST if isinstance(question.query, Everything) else Sort.RELEVANCE
        page = self._engine.search(Search(question.query, days, sort, limit=TOP, facets=_FACETS))
        return Answer(
            titles=tuple(from_stored(hit.stored)["title"] for hit in page.hits),
            total=page.total,
            tags=_counts(page.facets["tag"]),
            persons=_counts(page.facets["person"]),
            months=_counts(page.facets[MONTH]),
        )

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return answer

    def close(self) -> None:
        """Leave the engine to the index."""


def _counts(facet: FacetCounts) -> Counts:
    return tuple((count.value, count.count) for count in facet.counts)


def _shown(value: str) -> str:
    """Return a value as a page shows it; what others count is its key."""
    return value


def _answer_of(found: Results, key: Callable[[str], str]) -> Answer:
    def counts(name: str) -> Counts:
        return tuple((key(value.value), value.count) for value in found.facets[name])

    months = tuple((value.value, value.count) for value in found.facets["date"])
    return Answer(
        tuple(hit.article.title for hit in found.hits), found.total, counts("tag"), counts("person"), months
    )
