"""Serve with gunicorn while generations are swapped: failures, mixed answers, times, memory.

    python -m benchmarks.swaps [--engine whoosh] [--seconds 60] [--clients 50] [--swaps 30] [--json]

Clients ask without a pause, first while nothing else happens, then while three rebuilds and ten updates run
as commands. Each generation has another number of articles, and names itself in every title and tag, so an
answer tells which generation its total, its hits and its facets come from. Then `--swaps` updates follow one
another, and what a worker holds is read after each. No data is needed. Fails where a request fails, answers
are mixed, p99 is five times the quiet one, or a worker grows.
"""

from __future__ import annotations

import http.client
import json
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.http.servers import Server, gunicorn

LEAST = 300
"""Articles of generation 0; each later one has one more."""

PATHS = ("/?q=commune", "/api/v1/search?q=commune&size=20", "/?q=commune&page=2", "/api/v1/search?q=commune")
_WARM = 5
"""Swaps after which a worker has all that it keeps: what it holds then is compared with the end."""


@dataclass(slots=True)
class Asked:
    """Hold what came of the requests of one stretch of time."""

    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    generations: Counter[int] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds within which this share was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """Hold what a worker has: resident memory in MB, open files, maps of files of generations."""

    memory: float
    files: int
    maps: int


def write(file: Path, generation: int) -> Path:
    """Write the articles of a generation."""
    with file.open("w", encoding="utf-8") as out:
        for number in range(LEAST + generation):
            row = {
                "id": f"a{number:05}",
                "title": f"Une dépêche commune, édition-{generation} numéro {number}",
                "body": f"Le texte commun de la dépêche {number} et de la ville {number % 17}. " * 4,
                "date": f"2020-{number % 12 + 1:02}-{number % 28 + 1:02}",
                "tags": [f"édition-{generation}", f"ville {number % 9}"],
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


def index(command: str, corpus: Path, directory: Path, engine: str) -> None:
    """Run the command as an operator does; raise CalledProcessError where it fails."""
    arguments = [sys.executable, "-m", "indexer", command, str(corpus), "--index-dir", str(directory), "-q"]
    arguments += ["--engine", engine] if command == "rebuild" else []
    subprocess.run(arguments, check=True)


def ask(server: Server, clients: int, stop: threading.Event) -> Asked:
    """Let clients ask until they are told to stop, and return what came of it."""
    asked = Asked()
    lock = threading.Lock()

    def client(number: int) -> None:
        turn = number
        while not stop.is_set():
            with closing(http.client.HTTPConnection("127.0.0.1", server.ports[0], timeout=60)) as connection:
                for _ in range(20):
                    turn += 1
                    path = PATHS[turn % len(PATHS)]
                    began = time.perf_counter()
                    try:
                        connection.request("GET", path)
                        answer = connection.getresponse()
                        body = answer.read().decode()
                        failure = "" if answer.status == 200 else f"{path}: {answer.status}"
                    except (OSError, http.client.HTTPException) as error:
                        failure, body = f"{path}: {type(error).__name__}: {error}", ""
                    taken = (time.perf_counter() - began) * 1000
                    named = set() if failure else _generations(path, body)
                    with lock:
                        asked.times.append(taken)
                        if failure:
                            asked.failures.append(failure)
                        elif len(named) != 1:
                            asked.mixed.append(f"{path}: {sorted(named)}")
                        else:
                            asked.generations.update(named)
                    if failure or stop.is_set():
                        break

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return asked


def stretch(server: Server, clients: int, seconds: float) -> Asked:
    """Let clients ask for so many seconds."""
    stop = threading.Event()
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    try:
        return ask(server, clients, stop)
    finally:
        timer.cancel()


def held(worker: int) -> Held:
    """Return what a process holds."""
    status = Path(f"/proc/{worker}/status").read_text()
    memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    maps = Path(f"/proc/{worker}/maps").read_text().count("/generations/")
    return Held(memory, len(list(Path(f"/proc/{worker}/fd").iterdir())), maps)


def swap_often(
    server: Server, corpora: Path, directory: Path, engine: str, first: int, swaps: int
) -> list[Held]:
    """Swap one generation after the other, let all workers answer, and return what they hold each time.

    Of several workers the largest value counts.
    """
    found = []
    for number in range(first, first + swaps):
        index("update", write(corpora / "next.jsonl", number), directory, engine)
        for _ in range(3):  # so that each worker has seen it
            stretch(server, 8, 0.2)
        each = [held(worker) for worker in server.workers()]
        found.append(
            Held(
                max(one.memory for one in each), max(one.files for one in each), max(one.maps for one in each)
            )
        )
    return found


@click.command()
@click.option("--engine", default="tantivy")
@click.option("--seconds", default=60.0)
@click.option("--clients", default=50)
@click.option("--workers", default=2)
@click.option("--rebuilds", default=3)
@click.option("--updates", default=10)
@click.option("--swaps", default=30)
@click.option("--slower", default=5.0, help="How many times the quiet p99 is too slow; 0: not judged.")
@click.option("--json", "as_json", is_flag=True)
def main(
    engine: str,
    seconds: float,
    clients: int,
    workers: int,
    rebuilds: int,
    updates: int,
    swaps: int,
    slower: float,
    as_json: bool,
) -> None:
    """Print what came of it; the status is 1 where something did not hold."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then, too
    with tempfile.TemporaryDirectory() as name:
        corpora, directory = Path(name), Path(name, "index")
        index("rebuild", write(corpora / "next.jsonl", 0), directory, engine)
        with gunicorn(directory, workers, 4) as server:
            stretch(server, clients, 2)
            quiet = stretch(server, clients, max(seconds / 4, 2))
            commands = _spread(rebuilds, updates)
            stop = threading.Event()
            busy: list[Asked] = []
            asking = threading.Thread(target=lambda: busy.append(ask(server, clients, stop)))
            asking.start()
            try:
                began = time.monotonic()
                for number, command in enumerate(commands, 1):
                    time.sleep(max(0.0, began + (number - 1) * seconds / len(commands) - time.monotonic()))
                    index(command, write(corpora / "next.jsonl", number), directory, engine)
                time.sleep(max(0.5, began + seconds - time.monotonic()))
            finally:
                stop.set()
                asking.join()
            after = swap_often(server, corpora, directory, engine, len(commands) + 1, swaps)
    row, wrong = _judged(quiet, busy[0], after, slower)
    row = {"engine": engine, "clients": clients, "rebuilds": rebuilds, "updates": updates, **row}
    if as_json:
        print(json.dumps(row, indent=1))
    else:
        for key, value in row.items():
            print(f"{key.replace('_', ' '):>24}: {value}")
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    sys.exit(bool(wrong))


def _judged(
    quiet: Asked, busy: Asked, after: Sequence[Held], slower: float
) -> tuple[dict[str, object], list[str]]:
    ratio = busy.percentile(0.99) / quiet.percentile(0.99)
    row: dict[str, object] = {
        "requests": len(quiet.times) + len(busy.times),
        "failed": len(quiet.failures) + len(busy.failures),
        "mixed": len(quiet.mixed) + len(busy.mixed),
        "generations_seen": len(busy.generations),
        "quiet_p50_ms": round(quiet.percentile(0.5), 1),
        "quiet_p99_ms": round(quiet.percentile(0.99), 1),
        "busy_p50_ms": round(busy.percentile(0.5), 1),
        "busy_p99_ms": round(busy.percentile(0.99), 1),
        "p99_ratio": round(ratio, 2),
    }
    wrong = [*quiet.failures[:5], *busy.failures[:5], *quiet.mixed[:5], *busy.mixed[:5]]
    if slower and ratio >= slower:
        wrong.append(f"p99 is {ratio:.1f} times the quiet one")
    if len(after) > 2 * _WARM:
        first, last = _middle(after[_WARM : 2 * _WARM]), _middle(after[-_WARM:])
        row |= {
            "swaps_in_a_row": len(after),
            "memory_mb": f"{first.memory:.1f} → {last.memory:.1f}",
            "open_files": f"{first.files} → {last.files}",
            "maps": f"{first.maps} → {last.maps}",
        }
        if last.memory > 1.1 * first.memory + 2 or last.files > first.files + 3 or last.maps > 2 * first.maps:
            wrong.append("a worker grows with the number of swaps")
    return row, wrong


def _middle(rows: Sequence[Held]) -> Held:
    return Held(
        statistics.median(row.memory for row in rows),
        int(statistics.median(row.files for row in rows)),
        int(statistics.median(row.maps for row in rows)),
    )


def _spread(rebuilds: int, updates: int) -> list[str]:
    """Return the commands with the rebuilds spread among the updates."""
    commands = ["update"] * updates
    for number in range(rebuilds):
        commands.insert((number + 1) * len(commands) // (rebuilds + 1), "rebuild")
    return commands


def _generations(path: str, body: str) -> set[int]:
    """Return which generations an answer names: by its total, by its hits and by its facets."""
    if path.startswith("/api/"):
        row = json.loads(body)
        named = {int(row["total"]) - LEAST}
        named |= {int(number) for hit in row["hits"] for number in _EDITION.findall(hit["title"])}
        return named | {
            int(number) for value in row["facets"]["tag"] for number in _EDITION.findall(value["value"])
        }
    total = _TOTAL.search(body)
    named = {int(re.sub(r"\D", "", total[1])) - LEAST} if total else {-1}
    return named | {int(number) for number in _EDITION.findall(body)}


_EDITION = re.compile(r"édition(?:</mark>)?-(\d+)")
_TOTAL = re.compile(r"(\d[\d\s\u202f\u00a0]*)[\s\u00a0]articles")


if __name__ == "__main__":
    main()
