"""Serve the results page with gunicorn and send it a thousand queries, Datasette beside it.

    python -m benchmarks.http --data DIR [--datasette PATH] [--index DIR] [--json]

DIR holds `news/orangesum.jsonl.gz`. Each query is sent once to each server, in blocks that take turns;
every page has ten articles and three facets: months, tags, persons.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.http.database import write_database
from benchmarks.http.load import Load
from benchmarks.http.page import Cost, page_cost
from benchmarks.http.queries import queries
from benchmarks.http.servers import Server, datasette, gunicorn
from indexer import Index
from indexer.corpus import Corpus

_WARMING = 40


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--queries", "count", default=1_000, show_default=True, help="Different queries, once each.")
@click.option("--blocks", default=5, show_default=True, help="Turns that the servers take.")
@click.option("--readers", default=4, show_default=True, help="Connections that send at the same time.")
@click.option("--workers", default=2, show_default=True, help="Processes of each server.")
@click.option("--threads", default=4, show_default=True, help="Threads a process of gunicorn.")
@click.option("--datasette", "peer", default="datasette", show_default=True, help="Its command.")
@click.option("--index", "folder", type=click.Path(path_type=Path), help="An index of the corpus.")
@click.option("--seconds", default=600, show_default=True, help="No new block after so long.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(
    data: Path,
    count: int,
    blocks: int,
    readers: int,
    workers: int,
    threads: int,
    peer: str,
    folder: Path | None,
    seconds: int,
    as_json: bool,
) -> None:
    """Print requests a second and the times of the results page, beside Datasette's."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    asked = queries(file, count + _WARMING)
    warming, asked = asked[:_WARMING], asked[_WARMING:]
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        index = folder or Path(temporary) / "index"
        if folder is None:
            Index.rebuild(index, Corpus([file]))
        cost = page_cost(index, asked[:300])
        servers = [stack.enter_context(gunicorn(index, workers, threads))]
        if shutil.which(peer):
            database = Path(temporary) / "news.db"
            write_database(Index.open(index), database)
            servers.append(stack.enter_context(datasette(peer, database, workers)))
        loads = _measure(servers, warming, asked, blocks, readers, seconds)
        memory = _memory(servers[0])
    result = {
        "page": _cost(cost),
        "servers": {server.name: _row(load) for server, load in zip(servers, loads, strict=True)},
        "memory": memory,
    }
    print(json.dumps(result, ensure_ascii=False) if as_json else _table(result, loads, peer))


def _measure(
    servers: Sequence[Server],
    warming: list[str],
    asked: list[str],
    blocks: int,
    readers: int,
    seconds: float,
) -> list[Load]:
    for server in servers:
        Load().send(server, warming, readers)
    loads = [Load() for _ in servers]
    end = time.monotonic() + seconds
    for block in range(blocks):
        if time.monotonic() > end:
            break
        for server, load in zip(servers, loads, strict=True):
            load.send(server, asked[block::blocks], readers)
    return loads


def _row(load: Load) -> dict[str, float]:
    return {
        "requests": len(load.times),
        "failures": load.failures,
        "rate": load.rate,
        "p50": load.percentile(0.5),
        "p95": load.percentile(0.95),
        "p99": load.percentile(0.99),
        "kilobytes": load.bytes / max(1, len(load.times)) / 1000,
        "client_share": load.client / load.seconds if load.seconds else 0.0,
    }


def _cost(cost: Cost) -> dict[str, dict[str, float]]:
    named = {"page": cost.page, "search": cost.search, "hits": cost.hits, "beyond": cost.beyond}
    return {name: {"p50": statistics.median(each), "p95": _p95(each)} for name, each in named.items()}


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _memory(server: Server) -> list[dict[str, float]]:
    """Return megabytes of each worker: its own, its share of what is shared (PSS), and all it maps (RSS)."""
    found = []
    for pid in server.workers():
        lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
        sizes = {line[0].rstrip(":"): int(line[1]) / 1024 for line in lines}
        own = sizes["Private_Clean"] + sizes["Private_Dirty"]
        found.append({"own": own, "pss": sizes["Pss"], "rss": sizes["Rss"]})
    return found


def _table(result: dict[str, dict[str, dict[str, float]]], loads: list[Load], peer: str) -> str:
    lines = ["| milliseconds of processor | p50 | p95 |", "| --- | ---: | ---: |"]
    names = {
        "page": "results page",
        "search": "of it the search",
        "hits": "of it titles, snippets and reasons",
        "beyond": "the page beyond them",
    }
    lines += [
        f"| {names[name]} | {each['p50']:.2f} | {each['p95']:.2f} |" for name, each in result["page"].items()
    ]
    lines += ["", "| server | requests | failed | requests/s | p50 ms | p95 ms | p99 ms | kB | client |"]
    lines.append("| --- |" + " ---: |" * 8)
    for name, row in result["servers"].items():
        times = " | ".join(f"{row[each]:.1f}" for each in ("rate", "p50", "p95", "p99", "kilobytes"))
        counts = f"{row['requests']} | {row['failures']}"
        lines.append(f"| {name} | {counts} | {times} | {row['client_share']:.0%} |")
    if len(loads) == 2:
        ours, theirs = loads
        rate, p99 = ours.rate / theirs.rate, theirs.percentile(0.99) / ours.percentile(0.99)
        lines.append(f"\n{rate:.1f} times the requests a second, p99 {p99:.1f} times as short.")
    else:
        lines.append(f"\n{peer} is not installed: nothing stands beside.")
    lines.append("Memory of the workers, MB: " + "; ".join(_megabytes(each) for each in result["memory"]))
    return "\n".join(lines)


def _megabytes(sizes: dict[str, float]) -> str:
    return f"{sizes['own']:.0f} own, {sizes['pss']:.0f} PSS, {sizes['rss']:.0f} RSS"


if __name__ == "__main__":
    main()
