"""One writer, told apart by process, host, command and time, with real processes."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.http.servers import gunicorn
from indexer.generations import Generations
from tests.reliability.commands import ROOT, index, nothing_left, refused, start, total
from tests.reliability.conftest import TOTALS

# A run that has begun and waits in the middle of its articles until it is told to go on.
_HOLDER = """
import sys
from pathlib import Path
from benchmarks.crashes.editions import rows
from indexer import Article, Index

def articles():
    for number, row in enumerate(rows("B", 40)):
        if number == 5:
            print("writing", flush=True)
            sys.stdin.readline()
        yield Article.from_dict(row)

if sys.argv[1] == "rebuild":
    Index.rebuild(sys.argv[2], articles(), engine=sys.argv[3], jobs=1)
else:
    Index.update(sys.argv[2], articles(), jobs=1)
"""


@contextmanager
def holding(command: str, directory: Path, engine: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that is in the middle of a run."""
    arguments = [sys.executable, "-c", _HOLDER, command, str(directory), engine]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "writing\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("first", "second"),
    [("rebuild", "rebuild"), ("rebuild", "update"), ("update", "update"), ("update", "rollback")],
)
def test_the_second_writer_is_told_at_once_who_is_writing(
    directory: Path, corpora: dict[str, Path], engine: str, first: str, second: str
) -> None:
    corpus = [] if second == "rollback" else [corpora["B"]]
    with holding(first, directory, engine) as process:
        done = index(second, *corpus, "--index-dir", directory)
        who = rf"index {first}, process {process.pid} on {re.escape(socket.gethostname())}, since 20\d\d-\S+;"
        refused(done, "being written by")
        assert re.search(who, done.stderr), done.stderr
        assert total(directory) == TOTALS["A"]
        process.communicate("go on\n", timeout=60)
        assert process.returncode == 0
    assert total(directory) == TOTALS["B"]
    assert index(second, *corpus, "--index-dir", directory, "-q").returncode == 0
    nothing_left(directory)


def test_the_lock_of_a_killed_process_does_not_block(
    directory: Path, corpora: dict[str, Path], engine: str
) -> None:
    with holding("rebuild", directory, engine) as process:
        process.kill()
        process.wait()
        assert json.loads((directory / "lock.json").read_text())["pid"] == process.pid
        assert index("update", corpora["B"], "--index-dir", directory, "-q").returncode == 0
    assert total(directory) == TOTALS["B"]
    nothing_left(directory)


def test_a_worker_process_does_not_keep_the_lock(directory: Path) -> None:
    with Generations(directory).lock("index rebuild"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
    try:
        with Generations(directory).lock("index update"):
            pass
    finally:
        child.kill()
        child.wait()


def test_many_writers_at_once(directory: Path, corpora: dict[str, Path]) -> None:
    started = [
        start(("rebuild", "update")[n % 2], corpora["B"], "--index-dir", directory, "-q") for n in range(5)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert {status for _, status in ended} <= {0, 1}
    assert 0 in {status for _, status in ended}
    assert all("being written by index " in errors for errors, status in ended if status)
    assert all(errors == "" for errors, status in ended if not status)
    assert total(directory) == TOTALS["B"]
    nothing_left(directory)


def test_an_operator_rebuilds_while_four_workers_serve(directory: Path, corpora: dict[str, Path]) -> None:
    with gunicorn(directory, 4, 4) as server:
        workers = server.workers()
        assert len(workers) == 4
        first = start("rebuild", corpora["B"], "--index-dir", directory, "-q")
        _until_written(directory, first)
        second = index("update", corpora["B"], "--index-dir", directory, "-q")
        _, errors = first.communicate(timeout=120)
        assert (first.returncode, errors) == (0, "")
        assert second.returncode in (0, 1)
        assert second.returncode == 0 or f"process {first.pid} on" in second.stderr
        assert server.workers() == workers
        assert total(directory) == TOTALS["B"]


def _until_written(directory: Path, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not (directory / "lock.json").exists() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
