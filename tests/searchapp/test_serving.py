"""`python -m searchapp`: prints its address, answers, and stops at Ctrl-C without a word."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from jinja2 import Environment

from searchapp import create_app
from searchapp.__main__ import address

ROOT = Path(__file__).parents[2]


@contextmanager
def serve(archive: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Give a server, killed at the end if it has not ended: a test that fails must not wait for it."""
    command = [sys.executable, "-m", "searchapp", "--index", str(archive), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_serve_and_stop(archive: Path) -> None:
    with serve(archive, 0) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        with urllib.request.urlopen(f"{found[0]}healthz", timeout=20) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0
        assert not errors


def test_a_port_in_use_is_said(archive: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve(archive, port) as process:
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert errors.startswith(f"127.0.0.1:{port}: ")
    assert "Traceback" not in errors


def test_the_address_is_one_that_a_browser_opens() -> None:
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80/"
    assert address("::", 80) == "http://[::1]:80/"
    assert address("exemple.fr", 8000) == "http://exemple.fr:8000/"


def test_templates_are_compiled_once(archive: Path) -> None:
    client = create_app({"MANCHETTE_INDEX_DIR": str(archive)}).test_client()
    paths = ("/?q=pesquet", "/?q=zorglub", "/tag/espace", "/article/aucun")
    for path in paths:
        client.get(path)
    with patch.object(Environment, "compile", side_effect=AssertionError):
        assert [client.get(path).status_code for path in paths] == [200, 200, 200, 404]


def test_an_app_opens_nothing_before_the_first_question(tmp_path: Path) -> None:
    code = (
        "import sys, threading; from searchapp import create_app; create_app(); "
        "print([name for name in ('tantivy', 'numpy') if name in sys.modules], threading.active_count())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MANCHETTE_INDEX_DIR": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.stdout.strip() == "[] 1"
