"""gunicorn with the configuration that ships: two workers, readers at the same time, a swap under them."""

from __future__ import annotations

import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from indexer import Article, Index

ROOT = Path(__file__).parents[2]
READERS, PAGES = 4, 25

ARTICLES = [Article(id=f"a{n}", title=f"Sommet {n}", body="Un accord.", tags=("climat",)) for n in range(40)]


@pytest.fixture(params=["whoosh", "tantivy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    Index.rebuild(folder, ARTICLES, engine=request.param, persons="off")
    return folder


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "examples" / "gunicorn.conf.py")]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "searchapp:create_app()"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MANCHETTE_INDEX_DIR": str(folder),
        "WEB_CONCURRENCY": "2",
    }
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(port)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_readers_are_served_while_a_generation_goes_live(port: int, folder: Path) -> None:
    first = _get(port, "/?q=sommet")[1]
    with ThreadPoolExecutor(READERS) as pool:
        visits = [pool.submit(_visit, port) for _ in range(READERS)]
        Index.rebuild(folder, ARTICLES[:30], engine=Index.open(folder).info().engine, persons="off")
        meanwhile = [pair for visit in visits for pair in visit.result()]
        visits = [pool.submit(_visit, port) for _ in range(READERS)]
        after = [pair for visit in visits for pair in visit.result()]
    assert {status for status, _, _ in meanwhile + after} == {200}
    totals: dict[str, set[str]] = {"40": set(), "30": set()}
    for _, tag, total in meanwhile + after:
        totals[total].add(tag)
    # All workers name one generation alike, and another one otherwise; a page made across a swap has no tag.
    assert totals["40"] <= {first, ""}
    assert len(totals["30"] - {""}) == 1
    assert {total for _, _, total in after} == {"30"}
    (second,) = totals["30"] - {""}
    assert second != first
    assert _get(port, "/?q=sommet", second)[0] == 304
    assert _get(port, "/?q=sommet", first)[0] == 200


def test_slow_and_half_open_connections_hold_up_nobody(port: int) -> None:
    """Send as many half heads as there are threads twice over, and open as many connections again."""
    address = ("127.0.0.1", port)
    with ExitStack() as stack:
        slow = [stack.enter_context(closing(socket.create_connection(address))) for _ in range(16)]
        for each in slow:
            each.sendall(b"GET /?q=sommet HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        for _ in range(40):
            stack.enter_context(closing(socket.create_connection(address)))
        for _ in range(8):
            assert _get(port, "/?q=sommet")[0] == 200
        for each in slow[:4]:  # and who is slow is answered all the same, twice over one connection
            each.settimeout(60)
            each.sendall(b"a\r\n\r\n")
            assert _head(each).startswith(b"HTTP/1.1 200")
            each.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            rest = b"".join(iter(lambda each=each: each.recv(65_536), b""))  # type: ignore[misc]
            assert b"HTTP/1.1 200" in rest


def _head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(1)
    return head


def _visit(port: int) -> list[tuple[int, str, str]]:
    found = []
    for _ in range(PAGES):
        status, tag, body = _get(port, "/?q=sommet")
        found.append((status, tag, "40" if "40\u00a0articles" in body else "30"))
    return found


def _get(port: int, path: str, known: str = "") -> tuple[int, str, str]:
    headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": known} if known else {})
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        text = gzip.decompress(body).decode() if answer.headers.get("Content-Encoding") else ""
        return answer.status, answer.headers.get("ETag", ""), text


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if _get(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("gunicorn does not answer")
