"""The measures, by ir-measures: each as a mean over queries, one without any hit counting as 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, R, nDCG

DEPTH = 20
"""How many hits of a query are judged."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the measures of one query, or their means."""

    ndcg10: float = 0.0
    recall20: float = 0.0
    mrr: float = 0.0


def score(judged: Mapping[str, Mapping[str, int]], hits: Mapping[str, Sequence[str]]) -> dict[str, Scores]:
    """Return the measures of each query in `hits` (document ids, best first)."""
    wanted = {query: dict(judged[query]) for query in hits}
    # Equal scores would be reordered by id: the rank is the score.
    run = {query: {id: -float(at) for at, id in enumerate(ids[:DEPTH])} for query, ids in hits.items()}
    found: dict[str, dict[str, float]] = {query: {} for query in hits}
    for metric in ir_measures.iter_calc([nDCG @ 10, R @ DEPTH, RR], wanted, run):
        found[metric.query_id][str(metric.measure)] = metric.value
    return {
        query: Scores(row.get("nDCG@10", 0.0), row.get(f"R@{DEPTH}", 0.0), row.get("RR", 0.0))
        for query, row in found.items()
    }


def mean(scores: Iterable[Scores]) -> Scores:
    """Return the means; zeros where there is nothing to average."""
    rows = list(scores)
    n = len(rows) or 1
    return Scores(
        sum(row.ndcg10 for row in rows) / n,
        sum(row.recall20 for row in rows) / n,
        sum(row.mrr for row in rows) / n,
    )
