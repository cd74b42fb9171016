"""Where the time of a build goes, and how much faster it is with several processes.

    python -m benchmarks.build_stages --data DIR [--engine tantivy --engine whoosh] [--jobs 1 --jobs 2]

DIR holds `news/orangesum.jsonl.gz`. The shares are those of a build by one process; Tantivy inverts in a
thread of its own meanwhile, which is in « commit » as far as it has to be waited for.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from benchmarks.memory import peak_memory
from indexer import Index, build, completion, preparing
from indexer.article import Article
from indexer.catalogue_writer import CatalogueWriter
from indexer.corpus import Corpus, Reading
from indexer.french import Analyser
from indexer.generations import Generations
from indexer.persons import open_extractor
from indexer.progress import Report

STAGES = (
    "reading",
    "persons",
    "analysis",
    "payload",
    "engine",
    "catalogue",
    "commit",
    "check",
    "lexicon",
    "checksums",
    "swap",
)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), show_default=True)
@click.option("--jobs", multiple=True, type=int, default=(1, 2), show_default=True)
@click.option("--builds", default=3, show_default=True, help="How often each number of processes builds.")
@click.option("--persons", default="names", help="names, tags or off.")
def main(data: Path, engines: tuple[str, ...], jobs: tuple[int, ...], builds: int, persons: str) -> None:
    """Print the share of each stage, then articles a second by number of processes."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    print("| engine | " + " | ".join(STAGES) + " | rest | ms an article |")
    print("| --- |" + " ---: |" * (len(STAGES) + 2))
    for engine in engines:
        report, spent = _shares(file, engine, persons)
        shares = [spent.get(stage, 0.0) / report.seconds for stage in STAGES]
        cells = " | ".join(f"{share:.1%}" for share in (*shares, 1 - sum(shares)))
        print(f"| {engine} | {cells} | {report.seconds / report.articles * 1000:.2f} |", flush=True)
    print("\n| engine | processes | articles/s, best | median | MB at most | load |")
    print("| --- |" + " ---: |" * 5)
    for engine in engines:
        for number in jobs:
            _show(file, engine, persons, number, builds)


def _show(file: Path, engine: str, persons: str, jobs: int, builds: int) -> None:
    rates, peaks = [], []
    for _ in range(builds):
        with tempfile.TemporaryDirectory() as folder, peak_memory() as peak:
            report = Index.rebuild(folder, Corpus([file]), engine=engine, persons=persons, jobs=jobs)
        rates.append(report.articles / report.seconds)
        peaks.append(peak.megabytes or 0.0)
    row = f"{max(rates):.0f} | {statistics.median(rates):.0f} | {max(peaks):.0f} | {os.getloadavg()[1]:.1f}"
    print(f"| {engine} | {jobs} | {row} |", flush=True)


class _Clock:
    """Give each moment to the innermost stage that is on."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stages = ["rest"]
        self._since = time.perf_counter()

    def _turn(self) -> None:
        now = time.perf_counter()
        stage = self._stages[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        self._turn()
        self._stages.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            with self.on(stage):
                return function(*args, **named)

        return timed


class _Timed(Corpus):
    """Read with the clock on."""

    def __init__(self, file: Path, clock: _Clock) -> None:
        super().__init__([file])
        self._clock = clock

    def __iter__(self) -> Iterator[Reading]:
        readings = super().__iter__()
        while True:
            with self._clock.on("reading"):
                reading = next(readings, None)
            if reading is None:
                return
            yield reading


def _shares(file: Path, engine: str, persons: str) -> tuple[Report, dict[str, float]]:
    clock = _Clock()
    opened = open_extractor(persons)

    class Extractor:
        def persons(self, article: Article) -> tuple[str, ...]:
            with clock.on("persons"):
                return opened.persons(article)

    @contextmanager
    def writing(*args: Any, **named: Any) -> Iterator[Any]:
        # What is left of it outside the other stages is leaving the writer.
        with clock.on("commit"), _writing(*args, **named) as opened, clock.on("rest"):
            yield opened

    _writing = build._writing  # noqa: SLF001 - a benchmark looks inside
    stages: list[tuple[Any, str, str]] = [
        (Analyser, "term_texts", "analysis"),
        (preparing, "entry_of", "payload"),
        (preparing, "digest_of", "payload"),
        (preparing, "facet_labels", "payload"),
        (build._Builder, "add", "engine"),  # noqa: SLF001
        (CatalogueWriter, "seen", "catalogue"),
        (CatalogueWriter, "add", "catalogue"),
        (CatalogueWriter, "count", "catalogue"),
        (CatalogueWriter, "close", "catalogue"),
        (completion, "_check", "check"),
        (completion, "write_lexicon", "lexicon"),
        (completion, "list_files", "checksums"),
        (Generations, "swap", "swap"),
    ]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for owner, name, stage in stages:
            stack.enter_context(patch.object(owner, name, clock.timed(getattr(owner, name), stage)))
        stack.enter_context(patch.object(preparing, "open_extractor", lambda _: Extractor()))
        stack.enter_context(patch.object(build, "_writing", writing))
        report = Index.rebuild(folder, _Timed(file, clock), engine=engine, persons=persons, jobs=1)
    return report, clock.spent


if __name__ == "__main__":
    main()
