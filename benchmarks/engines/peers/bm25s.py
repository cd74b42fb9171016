"""bm25s: scores of whole lists of words, nothing but the best hits."""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.engines.answers import TOP, Answer, System
from benchmarks.engines.peers.protocol import Unavailable
from benchmarks.engines.questions import SCORED, Question
from benchmarks.engines.rows import Rows
from indexer.query import Or, Query, Term

_TITLES = "titles.json"


class Bm25s:
    """bm25s with its NumPy backend."""

    name = "bm25s"
    kinds = SCORED
    notes = "scores only: no totals, no facets, no other kinds of question"

    def version(self) -> str:
        """Return the version that is installed."""
        if not find_spec("bm25s"):
            raise Unavailable("bm25s is not installed: pip install 'manchette[bench]'")
        return version("bm25s")

    def prepare(self) -> None:
        """Load the library."""
        import bm25s  # noqa: F401

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:  # noqa: ARG002 - the peers' signature
        """Compute all scores and save them."""
        import bm25s
        import numpy

        numbers: dict[str, int] = {}
        titles, texts = [], []
        for row in rows:
            titles.append(row.title)
            ids = [numbers.setdefault(term, len(numbers)) for term in row.text.split()]
            texts.append(numpy.array(ids, dtype=numpy.int32))
        retriever = bm25s.BM25(k1=1.2, b=0.75)
        retriever.index((texts, numbers), show_progress=False)
        retriever.save(folder, show_progress=False)
        (folder / _TITLES).write_text(json.dumps(titles))

    def open(self, folder: Path) -> dict[str, System]:
        """Load the scores."""
        return {self.name: _Opened(folder)}


class _Opened:
    def __init__(self, folder: Path) -> None:
        import bm25s

        self._retriever: Any = bm25s.BM25.load(folder)
        self._titles: list[str] = json.loads((folder / _TITLES).read_text())

    def ask(self, question: Question) -> Answer:
        known = [term for term in _terms(question.query) if term in self._retriever.vocab_dict]
        if not known:
            return Answer(())
        size = min(TOP, len(self._titles))
        numbers, scores = self._retriever.retrieve([known], k=size, show_progress=False)
        hits = zip(numbers[0], scores[0], strict=True)
        return Answer(tuple(self._titles[number] for number, score in hits if score > 0))

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return None

    def close(self) -> None:
        self._retriever = None


def _terms(query: Query) -> list[str]:
    match query:
        case Term(_, text):
            return [text]
        case Or(parts):
            return [text for part in parts for text in _terms(part)]
        case _:
            raise ValueError(f"bm25s cannot say {query}")
