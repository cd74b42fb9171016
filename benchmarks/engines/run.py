"""The run: a size after the other, corpus → indexes → cold openings → rounds."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engines.building import INDEX, BuildFailed, build, cold_open
from benchmarks.engines.corpus import write_corpus
from benchmarks.engines.measures import by_kind, ratio
from benchmarks.engines.ours import CALLS, SEARCH, TREE, Ours, Replayed
from benchmarks.engines.peers.protocol import Peer
from benchmarks.engines.questions import Question
from benchmarks.engines.registry import MOST
from benchmarks.engines.results import EngineResult, SizeResult
from benchmarks.engines.rounds import Measured, Opened, measure
from benchmarks.engines.rows import write_rows

_CORPUS, _ROWS, _QUESTION = "corpus.jsonl.gz", "rows.jsonl", "question"


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold how a run goes: seconds that a build may take, and that a system may be asked, at each size."""

    folder: Path
    limit: float
    budget: float
    rounds: int
    clock: str = "wall"
    build_only: bool = False


def measure_size(
    plan: Plan,
    engines: dict[str, Peer],
    articles: int,
    source: list[dict[str, Any]],
    questions: Sequence[Question],
    say: Callable[[str], None],
) -> SizeResult:
    """Return what all engines take at a size; the first of this project's makes the rows of the others.

    Raises BuildFailed.
    """
    folder = plan.folder / str(articles)
    corpus, rows = folder / _CORPUS, folder / _ROWS
    write_corpus(source, articles, corpus)
    results: list[EngineResult] = []
    for name, engine in engines.items():
        if articles > MOST.get(name, articles):
            say(f"{name} is left out above {MOST[name]:,} articles")
            continue
        # All the others need the first one, so it may take as long as it does.
        limit = plan.limit if rows.exists() or results else None
        built = build(name, folder / name, rows, corpus, limit)
        say(f"{articles:,} articles, {name}: {built.cut or f'{built.seconds:.0f} s, {built.disk:.0f} MB'}")
        if not rows.exists():
            if built.cut:
                raise BuildFailed(f"{name} makes the rows of the others, and {built.cut}")
            write_rows(folder / name / INDEX, articles, rows)
        results.append(EngineResult(engine.name, built))
    with rows.open("rb") as lines:
        count = sum(1 for _ in lines)
    if plan.build_only:
        return SizeResult(articles, count, tuple(results), {}, (), (), {})
    named = {engine.name: name for name, engine in engines.items()}
    results = [_opened_cold(result, named[result.name], folder, questions) for result in results]
    usable = [named[result.name] for result in results if not result.built.cut]
    results, measured = _asked(plan, {name: engines[name] for name in usable}, results, articles, questions)
    return SizeResult(
        articles,
        count,
        tuple(results),
        {name: by_kind(times) for name, times in measured.times.items()},
        tuple(_ratios(engines, measured)),
        measured.differences,
        dict(measured.compared),
    )


def _opened_cold(
    result: EngineResult, name: str, folder: Path, questions: Sequence[Question]
) -> EngineResult:
    if result.built.cut:
        return result
    question = folder / _QUESTION
    question.write_bytes(
        pickle.dumps(next(question for question in questions if question.kind == "frequent"))
    )
    return EngineResult(result.name, result.built, cold_open(name, folder / name, question))


def _asked(
    plan: Plan,
    engines: dict[str, Peer],
    results: Sequence[EngineResult],
    articles: int,
    questions: Sequence[Question],
) -> tuple[list[EngineResult], Measured]:
    opened: list[Opened] = []
    systems: dict[str, tuple[str, ...]] = {}
    for name, engine in engines.items():
        engine.prepare()
        found = engine.open(plan.folder / str(articles) / name / INDEX)
        systems[engine.name] = tuple(found)
        opened += [Opened(way, system, engine.kinds) for way, system in found.items()]
    for one in opened:
        if isinstance(one.system, Replayed):
            one.system.record(questions)
    try:
        measured = measure(opened, questions, articles, plan.rounds, plan.budget, plan.clock)
    finally:
        for one in reversed(opened):
            one.system.close()
    named = [EngineResult(one.name, one.built, one.cold, systems.get(one.name, ())) for one in results]
    return named, measured


def _ratios(engines: dict[str, Peer], measured: Measured) -> list[Any]:
    """Return each of this project's engines against each peer, and what a search adds to its engine."""
    ours = [engine for name, engine in engines.items() if isinstance(engine, Ours) and name not in MOST]
    peers = [engine.name for engine in engines.values() if engine.name in measured.times]
    pairs = [(engine.named(way), peer) for engine in ours for peer in peers for way in (SEARCH, TREE)]
    pairs += [(engine.named(SEARCH), engine.named(CALLS)) for engine in ours]
    times = measured.times
    return [
        found
        for one, other in pairs
        if one in times and other in times and (found := ratio(one, other, times))
    ]
