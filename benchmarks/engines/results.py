"""Results: all that a run found, fit for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.engines.answers import Difference
from benchmarks.engines.building import Built
from benchmarks.engines.measures import Percentiles, Ratio


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Hold what an engine took at a size; `cold` in milliseconds, None where there is no index."""

    name: str
    built: Built
    cold: float | None = None
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SizeResult:
    """Hold all that was found at a size; `rows` are the articles without those that repeat another."""

    articles: int
    rows: int
    engines: tuple[EngineResult, ...]
    times: dict[str, dict[str, Percentiles]]
    ratios: tuple[Ratio, ...]
    differences: tuple[Difference, ...]
    compared: dict[str, int]


@dataclass(frozen=True, slots=True)
class RunResult:
    """Hold a run. `missing` says why an engine was left out; `load` is the mean of five minutes."""

    date: str
    data: str
    processors: int
    load: tuple[float, float]
    rounds: int
    clock: str
    versions: dict[str, str]
    notes: dict[str, str]
    missing: dict[str, str]
    sizes: list[SizeResult] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)
