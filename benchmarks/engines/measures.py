"""Measures: times of many questions → percentiles and ratios."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from benchmarks.engines.questions import Question


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Hold milliseconds by how many questions take at most as long, and how many questions there are."""

    p50: float
    p95: float
    p99: float
    questions: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """Hold how long one system takes for one second of another, over the questions that both answered."""

    system: str
    peer: str
    p50: float
    p95: float
    questions: int


def percentiles(times: Collection[float]) -> Percentiles | None:
    """Return percentiles by the nearest rank; None where nothing was timed."""
    if not times:
        return None
    ordered = sorted(times)
    p50, p95, p99 = (_share(ordered, share) for share in (0.5, 0.95, 0.99))
    return Percentiles(p50, p95, p99, len(ordered))


def by_kind(times: Mapping[Question, float]) -> dict[str, Percentiles]:
    """Return percentiles for each kind that was asked, and under `all` for all of them."""
    kinds = sorted({question.kind for question in times})
    groups = {kind: [ms for question, ms in times.items() if question.kind == kind] for kind in kinds}
    groups["all"] = list(times.values())
    return {name: found for name, values in groups.items() if (found := percentiles(values))}


def ratio(system: str, peer: str, times: Mapping[str, Mapping[Question, float]]) -> Ratio | None:
    """Return the ratio of two systems; None where no question was answered by both."""
    ours, theirs = times[system], times[peer]
    common = ours.keys() & theirs.keys()
    mine = percentiles([ours[question] for question in common])
    others = percentiles([theirs[question] for question in common])
    if mine is None or others is None:
        return None
    return Ratio(system, peer, mine.p50 / others.p50, mine.p95 / others.p95, len(common))


def _share(ordered: list[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
