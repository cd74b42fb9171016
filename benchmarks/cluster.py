"""A cluster beside an engine of one machine: times of searches, articles a second, bytes and memory.

OPENSEARCH_URL=http://… python -m benchmarks.cluster --data DIR [--articles 34369] [--searches 300]
python -m tests.cluster run python -m benchmarks.cluster --data DIR

Builds the same articles for both engines, for the cluster by one process and by four that share them, then
asks both the same searches in turn, with their facets. A total or a facet that differs fails the run.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benchmarks.engines.corpus import source
from benchmarks.engines.mixing import mixed
from benchmarks.engines.questions import Question, questions
from indexer import Index, ManchetteError, Results
from indexer.engines.opensearch.address import Address

_FILES = 40
_OTHER = "tantivy"


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="JSONL file, or the folder of the data.")
@click.option("--articles", default="34369", show_default=True, help="Sizes, with commas between.")
@click.option("--searches", default=300, show_default=True)
@click.option("--shards", default=3, show_default=True)
@click.option("--replicas", default=1, show_default=True)
@click.option("--processes", default=4, show_default=True, help="How many share a build; 0 for none.")
def main(data: Path | None, articles: str, searches: int, shards: int, replicas: int, processes: int) -> None:
    """Print what a cluster of three nodes on this machine takes, beside an engine in a folder."""
    try:
        address = Address.parse("")
        cluster = f"opensearch+{replace(address, prefix='bench')}?shards={shards}&replicas={replicas}"
        for size in map(int, articles.split(",")):
            rows = source(data, size)
            with tempfile.TemporaryDirectory(prefix="manchette-") as folder:
                _measure(Path(folder), rows, size, questions(rows, searches), cluster, address, processes)
    except ManchetteError as error:
        raise click.ClickException(str(error)) from error


def _measure(
    folder: Path,
    rows: list[dict[str, Any]],
    size: int,
    asked: Sequence[Question],
    cluster: str,
    address: Address,
    processes: int,
) -> None:
    corpus = folder / "corpus"
    _write(rows, size, corpus)
    print(f"\n{size:,} articles")
    if processes:
        seconds = _timed(lambda: _share(folder, corpus, cluster, processes))
        done = _timed(lambda: _index(folder, corpus, cluster, "--finish"))
        print(
            f"  rebuild, {processes} processes, opensearch: {size / (seconds + done):,.0f} articles/s "
            f"({seconds:.1f} s for the shares, {done:.1f} s to finish)",
            flush=True,
        )
    for engine in (_OTHER, cluster):
        seconds = _timed(lambda engine=engine: _index(folder, corpus, engine, "--jobs", 1))
        print(
            f"  rebuild, one process, {_name(engine)}: {size / seconds:,.0f} articles/s ({seconds:.1f} s)",
            flush=True,
        )
    ours, other = Index.open(folder / "opensearch"), Index.open(folder / _OTHER)
    _compare(ours, other, asked)
    for name, ask in (("first time", asked), ("again", asked)):
        times: dict[str, list[float]] = {"opensearch": [], _OTHER: []}
        for question in ask:
            times["opensearch"].append(_timed(lambda question=question: _ask(ours, question)))
            times[_OTHER].append(_timed(lambda question=question: _ask(other, question)))
        for engine, taken in times.items():
            print(f"  search with facets, {name}, {engine}: {_quantiles(taken)}")
    ids = [listed.id for listed in ours.listed(0, 60)]
    calls: dict[str, Callable[[Index, str], object]] = {
        "article": lambda index, id: index.article(id),
        "related": lambda index, id: index.related(id),
        "complete": lambda index, id: index.complete((index.article(id).title.split() or [id])[0][:4]),  # type: ignore[union-attr]
    }
    for name, call in calls.items():
        for engine, index in (("opensearch", ours), (_OTHER, other)):
            taken = [_timed(lambda id=id, index=index, call=call: call(index, id)) for id in ids]
            print(f"  {name}, {engine}: {_quantiles(taken)}")
    _sizes(address, size)
    beside = [file for file in folder.glob("opensearch/generations/*/*") if file.is_file()]
    kept = len({file.parent for file in beside})
    print(
        f"  in the folder: {sum(file.stat().st_size for file in beside) / kept / size:,.0f} bytes an article"
    )
    ours.close()
    other.close()


def _compare(ours: Index, other: Index, asked: Sequence[Question]) -> None:
    for question in asked:
        left, right = _ask(ours, question), _ask(other, question)
        if (left.total, left.facets) != (right.total, right.facets):
            raise click.ClickException(f"{question.name}: {left.total} and {right.total}, or other facets")
    print(f"  {len(asked)} searches: all totals and facets the same")


def _ask(index: Index, question: Question) -> Results:
    return index.search(question.words, first=question.first, last=question.last)


def _write(rows: list[dict[str, Any]], size: int, folder: Path) -> None:
    folder.mkdir()
    files = [folder.joinpath(f"{number:03}.jsonl").open("w", encoding="utf-8") for number in range(_FILES)]
    for number, row in enumerate(mixed(rows, size)):
        known = {key: value for key, value in row.items() if key != "licence"}
        files[number * _FILES // size].write(json.dumps(known, ensure_ascii=False) + "\n")
    for file in files:
        file.close()


def _command(folder: Path, corpus: Path, engine: str, *options: object) -> list[str]:
    home = folder / _name(engine)
    command = [sys.executable, "-m", "indexer", "rebuild", corpus, "--engine", engine, "--index-dir", home]
    return [*map(str, (*command, "--quiet", *options))]


def _index(folder: Path, corpus: Path, engine: str, *options: object) -> None:
    subprocess.run(_command(folder, corpus, engine, *options), check=True)


def _share(folder: Path, corpus: Path, engine: str, processes: int) -> None:
    started = [
        subprocess.Popen(_command(folder, corpus, engine, "--jobs", 1, "--shard", f"{number}/{processes}"))
        for number in range(1, processes + 1)
    ]
    if any(process.wait() for process in started):
        raise click.ClickException("a share was not built")


def _sizes(address: Address, size: int) -> None:
    told = _get(address, "/bench/_stats/store,docs,segments")["_all"]
    whole, copies = told["primaries"]["store"]["size_in_bytes"], told["total"]["store"]["size_in_bytes"]
    print(f"  in the cluster: {whole / size:,.0f} bytes an article, {copies / size:,.0f} with replicas")
    nodes = _get(address, "/_nodes/stats/jvm")["nodes"].values()
    used = [node["jvm"]["mem"]["heap_used_in_bytes"] >> 20 for node in nodes]
    most = [node["jvm"]["mem"]["heap_max_in_bytes"] >> 20 for node in nodes]
    print(f"  heap used: {', '.join(map(str, used))} MB of {', '.join(map(str, most))}")


def _get(address: Address, path: str) -> Any:
    with urllib.request.urlopen(address.nodes[0] + path, timeout=60) as answer:
        return json.load(answer)


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _quantiles(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"p50 {statistics.median(times) * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms"


def _name(engine: str) -> str:
    return engine.partition("+")[0]


if __name__ == "__main__":
    main()
