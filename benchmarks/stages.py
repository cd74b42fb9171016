"""Where the time of a search goes: parsing, other spellings and synonyms, engine, highlighting, the rest.

python -m benchmarks.stages --data DIR [--engine tantivy --engine whoosh] [--rounds 5]
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from benchmarks.news import SEARCHES
from indexer import Index, explain, searching
from indexer.corpus import Corpus
from indexer.highlight import Highlighter


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), show_default=True)
@click.option("--rounds", default=10, show_default=True)
def main(data: Path, engines: tuple[str, ...], rounds: int) -> None:
    """Print p50 and p95 of a search and the share of each stage, an engine at a time."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    print("| engine | p50 ms | p95 ms | parsing | spelling, synonyms | engine | highlighting | rest |")
    print("| --- |" + " ---: |" * 7)
    for engine in engines:
        with tempfile.TemporaryDirectory() as folder:
            Index.rebuild(folder, Corpus([file]), engine=engine)
            index = Index.open(folder)
            print(_row(engine, *_measure(index, rounds)), flush=True)
            index.close()


def _measure(index: Index, rounds: int) -> tuple[list[float], dict[str, float]]:
    for words in SEARCHES:
        index.search(words)
    spent: defaultdict[str, float] = defaultdict(float)
    with index._current() as snapshot:  # noqa: SLF001 - a benchmark looks inside
        engine = snapshot.engine
        stages: list[tuple[Any, str, str]] = [
            (searching, "parse", "parsing"),
            (searching, "widened", "widening"),
            (engine, "search", "engine"),
            (Highlighter, "light", "highlighting"),
            (searching, "snippet_of", "highlighting"),
            (explain.Explainer, "reasons", "reasons"),
        ]
        times: list[float] = []
        for _ in range(rounds):
            for words in SEARCHES:
                start = time.perf_counter()
                index.search(words)
                times.append((time.perf_counter() - start) * 1000)
        patches = [
            patch.object(owner, name, _timed(getattr(owner, name), spent, stage))
            for owner, name, stage in stages
        ]
        for each in patches:
            each.start()
        start = time.perf_counter()
        for _ in range(rounds):
            for words in SEARCHES:
                index.search(words)
        spent["all"] = time.perf_counter() - start
        for each in patches:
            each.stop()
    return times, dict(spent)


def _timed(function: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*args, **named)
        finally:
            spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - start

    return timed


def _row(engine: str, times: list[float], spent: dict[str, float]) -> str:
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    shares = {
        name: spent.get(name, 0.0) / spent["all"]
        for name in ("parsing", "widening", "engine", "highlighting")
    }
    rest = 1 - sum(shares.values())
    cells = " | ".join(f"{share:.0%}" for share in (*shares.values(), rest))
    return f"| {engine} | {statistics.median(times):.1f} | {p95:.1f} | {cells} |"


if __name__ == "__main__":
    main()
