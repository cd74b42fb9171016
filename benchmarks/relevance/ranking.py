"""Rankings by an index: the articles of a set in, the ids found for each query out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.relevance.measures import DEPTH
from benchmarks.relevance.sets import Query
from indexer import Article, Index


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold the ids found for each query, best first, and what each call of the search took, in ms."""

    hits: Mapping[str, Sequence[str]]
    times: Sequence[float]


@contextmanager
def built(articles: Iterable[Article], engine: str) -> Iterator[Index]:
    """Give an index of the articles in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        # In this process, where `benchmarks.steps` changes what it measures.
        Index.rebuild(folder, articles, engine=engine, jobs=1)
        index = Index.open(folder)
        try:
            yield index
        finally:
            index.close()


def rank(index: Index, queries: Iterable[Query]) -> Ranking:
    """Search for each query as a reader would, the first twenty hits."""
    hits: dict[str, list[str]] = {}
    times = []
    for query in queries:
        start = time.perf_counter()
        results = index.search(query.text, size=DEPTH)
        times.append((time.perf_counter() - start) * 1000)
        hits[query.id] = [hit.article.id for hit in results.hits]
    return Ranking(hits, times)


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time that this share of the calls did not exceed; 0 for no calls."""
    return sorted(times)[max(0, round(share * len(times)) - 1)] if times else 0.0
