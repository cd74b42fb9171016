"""Growth: what an engine takes at each size, and what it would take at ten times the largest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from benchmarks.engines.results import EngineResult, SizeResult

EXTRAPOLATED = 10_000_000
_LEAST = 100_000
"""Sizes under this say nothing of ten millions."""

_HEAD = (
    "| engine | articles | build s | index MB | peak MB | cold open ms | p50 ms | p95 ms | p99 ms |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of an engine at a size; times are those of the first way to ask it."""

    seconds: float
    disk: float
    memory: float
    cold: float
    p50: float
    p95: float
    p99: float


def growth(sizes: Sequence[SizeResult]) -> str:
    """Return the table of growth, an engine after the other."""
    return "\n".join((*_HEAD, *_rows(sizes)))


def extrapolated(small: tuple[int, Figures], large: tuple[int, Figures], articles: int) -> Figures:
    """Return the figures at another size: each on the power law through its values at two sizes.

    x(n) = x₂ · (n / n₂)^k with k = log(x₂ / x₁) / log(n₂ / n₁); a figure that shrinks is left as it is.
    """
    (n1, first), (n2, second) = small, large
    values = []
    for x1, x2 in zip(astuple(first), astuple(second), strict=True):
        exponent = max(0.0, math.log(x2 / x1) / math.log(n2 / n1)) if x1 > 0 and x2 > 0 else 0.0
        values.append(x2 * (articles / n2) ** exponent)
    return Figures(*values)


def figures(size: SizeResult, engine: EngineResult) -> Figures | None:
    """Return the figures of an engine at a size; None where it was cut."""
    if engine.built.cut or engine.cold is None or not engine.systems:
        return None
    times = size.times[engine.systems[0]].get("all")
    if times is None:
        return None
    built = engine.built
    return Figures(built.seconds, built.disk, built.megabytes, engine.cold, times.p50, times.p95, times.p99)


def _rows(sizes: Sequence[SizeResult]) -> Iterator[str]:
    for name in dict.fromkeys(engine.name for size in sizes for engine in size.engines):
        known: list[tuple[int, Figures]] = []
        for size in sizes:
            engine = next((engine for engine in size.engines if engine.name == name), None)
            if engine is None:
                continue
            if found := figures(size, engine):
                known.append((size.articles, found))
                yield _row(engine.systems[0] if engine.systems else name, f"{size.articles:,}", found)
            else:
                yield f"| {name} | {size.articles:,} | {engine.built.cut or 'no time to ask'} |" + " |" * 6
        large = [pair for pair in known if pair[0] >= _LEAST]
        if len(large) > 1 and large[-1][0] < EXTRAPOLATED:
            guessed = extrapolated(large[-2], large[-1], EXTRAPOLATED)
            yield _row(f"{name}, extrapolated", f"{EXTRAPOLATED:,}", guessed)


def _row(name: str, articles: str, found: Figures) -> str:
    whole = " | ".join(f"{value:,.0f}" for value in (found.seconds, found.disk, found.memory, found.cold))
    times = " | ".join(f"{value:,.1f}" for value in (found.p50, found.p95, found.p99))
    return f"| {name} | {articles} | {whole} | {times} |"
