"""Build an index of a news corpus and time searches in it, an engine at a time.

    python -m benchmarks.news --data DIR [--engine tantivy --engine whoosh] [--rounds 20]

DIR holds `news/orangesum.jsonl.gz`, one article a line. Each engine builds and searches in a process of
its own, so that the peak of its memory is its own.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from benchmarks.memory import peak_memory
from indexer import Index
from indexer.corpus import Corpus

SEARCHES = [
    "grève sncf",
    "élection présidentielle",
    '"gilets jaunes"',
    "macron retraites réforme",
    "coronavirus vaccin essai clinique",
    "attentat",
    "incendie cathédrale notre-dame",
    "réchauff*",
    "trump OU biden",
    "hidlago~ mairie",
]


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"))
@click.option("--rounds", default=20, help="How often each search is timed.")
@click.option("--persons", default="names", help="names, tags or off.")
@click.option("--jobs", default=0, help="Processes that read and analyse; 0: one a processor.")
@click.option("--one", is_flag=True, hidden=True)
def main(data: Path, engines: tuple[str, ...], rounds: int, persons: str, jobs: int, one: bool) -> None:
    """Print build and search figures for each engine."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    if one:
        print(json.dumps(_measure(file, engines[0], rounds, persons, jobs)))
        return
    for engine in engines:
        args = ["--data", data, "--engine", engine, "--rounds", rounds, "--persons", persons]
        args += ["--jobs", jobs, "--one"]
        command = [sys.executable, "-m", "benchmarks.news", *map(str, args)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        _show(engine, json.loads(done.stdout.splitlines()[-1]))


def _measure(file: Path, engine: str, rounds: int, persons: str, jobs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        with peak_memory() as peak:
            report = Index.rebuild(folder, Corpus([file]), engine=engine, persons=persons, jobs=jobs)
        index = Index.open(folder)
        opened = time.perf_counter()
        index.search("grève")
        cold = (time.perf_counter() - opened) * 1000
        times: dict[str, list[float]] = {words: [] for words in SEARCHES}
        totals = {}
        for _ in range(rounds):
            for words in SEARCHES:
                start = time.perf_counter()
                totals[words] = index.search(words).total
                times[words].append((time.perf_counter() - start) * 1000)
        size = index.info().bytes
        index.close()
    return {
        "articles": report.articles,
        "broken": report.broken,
        "seconds": report.seconds,
        "peak": peak.megabytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size,
        "cold": cold,
        "times": times,
        "totals": totals,
    }


def _show(engine: str, row: dict[str, object]) -> None:
    times, totals = row["times"], row["totals"]
    assert isinstance(times, dict)
    assert isinstance(totals, dict)
    rate = float(str(row["articles"])) / float(str(row["seconds"]))
    print(f"\n## {engine}\n")
    built = f"{row['articles']} articles in {row['seconds']:.1f} s ({rate:.0f}/s), {row['broken']} left out"
    size = f"peak memory of all processes {row['peak']:.0f} MB, index {row['size'] / 1e6:.0f} MB"
    print(f"{built}, {size}, first search {row['cold']:.0f} ms\n")
    print("| search | articles | p50 ms | p95 ms |\n| --- | ---: | ---: | ---: |")
    for words, values in times.items():
        print(f"| {words} | {totals[words]} | {statistics.median(values):.1f} | {_p95(values):.1f} |")
    everything = [value for values in times.values() for value in values]
    print(f"| all | | {statistics.median(everything):.1f} | {_p95(everything):.1f} |")


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95) - 1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
