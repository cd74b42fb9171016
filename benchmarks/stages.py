"""Where the time of a search goes, and how far it lies above the bare calls of the engine.

python -m benchmarks.stages --data DIR [--engine tantivy --engine whoosh] [--articles 34369] [--searches 300]

The searches are drawn from the articles (`benchmarks.drawn`), others before them for warming up, and each is
asked once. The calls that it makes of the engine are made alone as well, on the same index opened another
time, before or after it in turn. All times are processor time of the thread: on a quiet machine those of a
call.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from benchmarks.drawn import Drawn, draw
from benchmarks.suggestions import build
from indexer import Index, ManchetteError, Results, searching

_WARMING = 100
_STAGES = ("parsing", "widening", "engine")
_SPENT = (*_STAGES, "search", "looking")
_CALLS = ("search", "frequencies", "get", "complete")


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), show_default=True)
@click.option("--articles", default=34_369, show_default=True, help="Size of the index.")
@click.option("--searches", default=300, show_default=True)
@click.option("--index", "folder", type=click.Path(path_type=Path), help="Folder to keep the indexes in.")
def main(data: Path, engines: tuple[str, ...], articles: int, searches: int, folder: Path | None) -> None:
    """Print p50 and p95 of a search, of a page and of the bare engine, an engine at a time."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    print("| engine | articles | search p50 ms | p95 | page p50 | p95 | engine p50 | p95 | search / engine |")
    print("| --- |" + " ---: |" * 8)
    shares = []
    with tempfile.TemporaryDirectory() as temporary:
        for engine in engines:
            at = (folder or Path(temporary)) / f"{engine}-{articles}"
            if not _is_there(at):
                build(at, file, articles, engine)
            measured = _measure(at, searches)
            print(_row(engine, articles, measured), flush=True)
            shares.append(_shares(engine, measured))
    print(
        "\n| engine | parsing | spelling, synonyms | engine | rest of a search | titles, snippets, reasons |"
    )
    print("| --- |" + " ---: |" * 5)
    print("\n".join(shares))


@dataclass(slots=True)
class _Measured:
    """Hold the milliseconds of each search, page and run of bare calls, and the seconds of each stage."""

    search: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    spent: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys((*_STAGES, "search", "looking"), 0.0)
    )


def _is_there(folder: Path) -> bool:
    try:
        with Index.open(folder)._current() as snapshot:  # noqa: SLF001 - a benchmark looks inside
            return bool(snapshot.manifest.articles)
    except ManchetteError:
        return False


def _measure(folder: Path, searches: int) -> _Measured:
    measured = _Measured()
    indexes = [Index.open(folder) for _ in range(3)]
    drawn = draw(indexes[0], _WARMING + searches)
    warming, asked = drawn[:_WARMING], drawn[_WARMING:]
    for index in indexes:
        for search in warming:
            _look(search.ask(index))
    first, index, alone = indexes
    calls = [_calls(search, first, measured) for search in asked]
    for number, search in enumerate(asked):
        if number % 2:
            _repeat(calls[number], alone, measured)
            _ask(search, index, measured)
        else:
            _ask(search, index, measured)
            _repeat(calls[number], alone, measured)
    for each in indexes:
        each.close()
    return measured


def _calls(search: Drawn, index: Index, measured: _Measured) -> list[tuple[str, Sequence[Any]]]:
    """Return the calls that a search makes of the engine, and add to the time of each stage."""
    calls: list[tuple[str, Sequence[Any]]] = []
    spent = measured.spent
    with ExitStack() as stack:
        engine = stack.enter_context(index._current()).engine  # noqa: SLF001
        for name in _CALLS:
            noted = _noted(getattr(engine, name), name, calls)
            stack.enter_context(patch.object(engine, name, _timed(noted, spent, "engine")))
        for name, stage in (("parse", "parsing"), ("widened", "widening")):
            function = getattr(searching, name)
            stack.enter_context(patch.object(searching, name, _timed(function, spent, stage)))
        start = time.thread_time()
        results = search.ask(index)
        found = time.thread_time()
        _look(results)
    spent["search"] += found - start
    spent["looking"] += time.thread_time() - found
    return calls


def _repeat(calls: list[tuple[str, Sequence[Any]]], index: Index, measured: _Measured) -> None:
    with index._current() as snapshot:  # noqa: SLF001
        start = time.thread_time()
        for name, arguments in calls:
            getattr(snapshot.engine, name)(*arguments)
        measured.bare.append((time.thread_time() - start) * 1000)


def _ask(search: Drawn, index: Index, measured: _Measured) -> None:
    """Ask, and look at all that was found."""
    start = time.thread_time()
    results = search.ask(index)
    found = time.thread_time()
    _look(results)
    end = time.thread_time()
    measured.search.append((found - start) * 1000)
    measured.page.append((end - start) * 1000)


def _look(results: Results) -> None:
    for hit in results.hits:
        _ = hit.title, hit.snippet, hit.why


def _noted(
    function: Callable[..., Any], name: str, calls: list[tuple[str, Sequence[Any]]]
) -> Callable[..., Any]:
    def noted(*arguments: Any) -> Any:
        calls.append((name, arguments))
        return function(*arguments)

    return noted


def _timed(function: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    """Add the time of each call to its stage; what it asks of the engine is the engine's."""

    def timed(*arguments: Any, **named: Any) -> Any:
        start, within = time.thread_time(), spent["engine"]
        try:
            return function(*arguments, **named)
        finally:
            inside = spent["engine"] - within
            spent[stage] += time.thread_time() - start - inside

    return timed


def _row(engine: str, articles: int, measured: _Measured) -> str:
    times = (measured.search, measured.page, measured.bare)
    cells = " | ".join(f"{statistics.median(values):.2f} | {_p95(values):.2f}" for values in times)
    ratio = statistics.median(measured.search) / statistics.median(measured.bare)
    return f"| {engine} | {articles:,} | {cells} | {ratio:.2f} |"


def _shares(engine: str, measured: _Measured) -> str:
    spent = measured.spent
    stages = [spent[stage] for stage in _STAGES]
    parts = [*stages, spent["search"] - sum(stages), spent["looking"]]
    whole = sum(parts)
    return f"| {engine} | {' | '.join(f'{part / whole:.0%}' for part in parts)} |"


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1]


if __name__ == "__main__":
    main()
