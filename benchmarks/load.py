"""Serve the news with gunicorn as it ships, and send it queries over 1 to 200 connections, for each engine.

    python -m benchmarks.load --data DIR [--engine tantivy] [--index DIR] [--seconds 10] [--client asyncio]

DIR holds `news/orangesum.jsonl.gz`. Loopback only. The client is wrk where it is installed, else one of
asyncio, which takes a good part of a processor itself: compare figures of one client alone.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from benchmarks.http.queries import queries
from benchmarks.http.servers import Server, gunicorn
from indexer import Index
from indexer.corpus import Corpus

CONNECTIONS = (1, 10, 50, 200)
_PATIENCE = 30.0

_SCRIPT = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
local at = 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary, latency)
  local e = summary.errors
  print(string.format("FOUND %d %f %f %d", summary.requests, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what came of one number of connections: requests a second, milliseconds, failures."""

    engine: str
    connections: int
    rate: float
    p50: float
    p99: float
    failures: int


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), help="May be repeated.")
@click.option("--index", "folder", type=click.Path(path_type=Path), help="Folder of indexes, one an engine.")
@click.option("--seconds", default=10, show_default=True, help="Of each cell.")
@click.option("--workers", default=2, show_default=True, help="Processes of gunicorn.")
@click.option("--threads", default=4, show_default=True, help="Threads a process.")
@click.option("--client", type=click.Choice(["wrk", "asyncio"]), help="Default: wrk where it is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(
    data: Path,
    engines: tuple[str, ...],
    folder: Path | None,
    seconds: int,
    workers: int,
    threads: int,
    client: str | None,
    as_json: bool,
) -> None:
    """Print requests a second and the times at 1, 10, 50 and 200 connections."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    used = client or ("wrk" if shutil.which("wrk") else "asyncio")
    asked = queries(file, 1_000)
    cells = []
    with tempfile.TemporaryDirectory() as temporary:
        for engine in engines:
            index = (folder or Path(temporary)) / engine
            if not (index / "current").exists():
                Index.rebuild(index, Corpus([file]), engine=engine)
            with gunicorn(index, workers, threads) as server:
                _send(server, asked, 10, 2, used, Path(temporary))  # warm
                for connections in CONNECTIONS:
                    found = _send(server, asked, connections, seconds, used, Path(temporary))
                    cells.append(Cell(engine, connections, *found))
    result = {
        "client": used,
        "workers": workers,
        "threads": threads,
        "cells": [asdict(each) for each in cells],
    }
    print(json.dumps(result) if as_json else _table(cells, used))


def _send(
    server: Server, asked: list[str], connections: int, seconds: int, client: str, folder: Path
) -> tuple[float, float, float, int]:
    paths = [server.address(words) for words in asked]
    port = server.ports[0]
    if client == "wrk":
        return _wrk(port, paths, connections, seconds, folder)
    return asyncio.run(_readers(port, paths, connections, seconds))


def _wrk(
    port: int, paths: list[str], connections: int, seconds: int, folder: Path
) -> tuple[float, float, float, int]:
    listed, script = folder / "paths", folder / "load.lua"
    listed.write_text("\n".join(paths), encoding="ascii")
    script.write_text(_SCRIPT.replace("PATHS", str(listed)), encoding="ascii")
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    command += ["--timeout", f"{_PATIENCE:.0f}s", "--script", str(script), f"http://127.0.0.1:{port}/"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=seconds + 2 * _PATIENCE
    )
    found = re.search(r"FOUND (\d+) ([\d.]+) ([\d.]+) (\d+)", done.stdout)
    assert found, done.stdout
    return int(found[1]) / seconds, float(found[2]) / 1000, float(found[3]) / 1000, int(found[4])


async def _readers(
    port: int, paths: list[str], connections: int, seconds: int
) -> tuple[float, float, float, int]:
    times: list[float] = []
    failures = 0
    end = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        nonlocal failures
        at = number * 37
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while time.perf_counter() < end:
            at += 1
            start = time.perf_counter()
            try:
                async with asyncio.timeout(_PATIENCE):
                    streams = streams or await asyncio.open_connection("127.0.0.1", port)
                    kept = await _get(streams, paths[at % len(paths)])
                times.append((time.perf_counter() - start) * 1000)
            except (OSError, EOFError, ValueError, TimeoutError):
                failures, kept = failures + 1, False
            if not kept and streams:
                streams[1].close()
                streams = None
        if streams:
            streams[1].close()

    await asyncio.gather(*(reader(number) for number in range(connections)))
    ordered = sorted(times) or [0.0]
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99))
    return len(times) / seconds, p50, p99, failures


async def _get(streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str) -> bool:
    """Send one request, read all of the answer, and tell whether the connection stays open."""
    reader, writer = streams
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode("ascii"))
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if not head.startswith("http/1.1 200"):
        raise ValueError(head.partition("\r")[0])
    length = re.search(r"content-length: (\d+)", head)
    if not length:
        raise ValueError("no length")
    await reader.readexactly(int(length[1]))
    return "connection: close" not in head


def _table(cells: list[Cell], client: str) -> str:
    lines = ["| engine | connections | requests/s | p50 ms | p99 ms | failed |", "| --- |" + " ---: |" * 5]
    lines += [
        f"| {each.engine} | {each.connections} | {each.rate:.0f} | {each.p50:.0f} | {each.p99:.0f} "
        f"| {each.failures} |"
        for each in cells
    ]
    return "\n".join([*lines, f"\nClient: {client}."])


if __name__ == "__main__":
    main()
