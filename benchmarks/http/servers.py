"""Servers on the loopback, started as their documentation says, and stopped again."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "examples" / "gunicorn.conf.py"
_PATIENCE = 60.0
_COLUMNS = ("title", "section", "published", "month", "tags", "persons")


@dataclass(frozen=True, slots=True)
class Server:
    """Hold a server: its ports, the address of a query without its words, its processes."""

    name: str
    ports: tuple[int, ...]
    path: str
    processes: tuple[int, ...]

    def address(self, words: str) -> str:
        """Return the path of a query."""
        return self.path + quote(words)

    def workers(self) -> list[int]:
        """Return the processes that answer: those that were started by the server's own."""
        return [
            int(pid)
            for process in self.processes
            for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]


@contextmanager
def gunicorn(index: Path, workers: int, threads: int) -> Iterator[Server]:
    """Serve an index with gunicorn and the configuration that ships."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", str(CONFIGURATION), "--threads", str(threads)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "searchapp:create_app()"]
    # One address sends everything here, which the limit of requests is there to stop.
    environment = {
        "MANCHETTE_INDEX_DIR": str(index),
        "WEB_CONCURRENCY": str(workers),
        "MANCHETTE_RATE": "",
    }
    with _running([*command], [port], "/healthz", environment) as process:
        yield Server("Manchette", (port,), "/?q=", (process,))


@contextmanager
def datasette(command: str, database: Path, processes: int) -> Iterator[Server]:
    """Serve a database with so many processes of Datasette, a port each.

    The file is opened as one that does not change, facets are not suggested, and none is left out for
    want of time.
    """
    path = shutil.which(command)
    assert path, f"{command}: not found"
    options = ["--setting", "suggest_facets", "off", "--setting", "facet_time_limit_ms", "20000"]
    options += ["--setting", "sql_time_limit_ms", "20000", "--host", "127.0.0.1"]
    with ExitStack() as stack:
        ports, pids = [], []
        for _ in range(processes):
            ports.append(_free_port())
            serve = [path, "serve", "-i", str(database), *options, "--port", str(ports[-1])]
            pids.append(stack.enter_context(_running(serve, ports[-1:], "/-/versions.json", {})))
        # Without the body: to count a facet Datasette sorts all columns of all matches.
        shown = "&".join(f"_col={each}" for each in _COLUMNS)
        facets = f"{shown}&_facet=month&_facet_array=tags&_facet_array=persons&_facet_size=8&_size=10"
        yield Server("Datasette", tuple(ports), f"/{database.stem}/articles?{facets}&_search=", tuple(pids))


@contextmanager
def _running(
    command: Sequence[str], ports: Sequence[int], path: str, environment: dict[str, str]
) -> Iterator[int]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=settings, stdout=quiet, stderr=quiet) as process:
        try:
            for port in ports:
                _wait(process, port, path)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"port {port} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
