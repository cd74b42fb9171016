"""A cluster behind TLS that asks for a password: a proxy does both, in front of the one of the tests."""

from __future__ import annotations

import base64
import logging
import ssl
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pytest

from indexer import Index
from indexer.errors import EngineUnavailable
from tests.cluster import rest
from tests.conftest import few_articles

USER, PASSWORD = "newsroom", "S3cret-mot-de-passe"
EXPECTED = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


class _Guard(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        if self.headers.get("Authorization") != EXPECTED:
            self._answer(401, b"Unauthorized", "text/plain")
            return
        node = rest.URL.split(",")[0]
        headers = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
        request = urllib.request.Request(node + self.path, body, headers, method=self.command)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self._answer(answer.status, answer.read(), answer.headers["Content-Type"])
        except HTTPError as error:
            self._answer(error.code, error.read(), error.headers["Content-Type"])

    def _answer(self, status: int, body: bytes, kind: str | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind or "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):
            return self._pass_on
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that do not trust the certificate."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a certificate that stands for the server and for who vouches for it."""
    folder = tmp_path_factory.mktemp("tls")
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "ca.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files],
        check=True,
        capture_output=True,
    )
    return folder / "ca.pem"


@pytest.fixture
def secured(authority: Path, prefix: str) -> Iterator[str]:
    """Give the setting of an engine behind the proxy."""
    server = _Server(("127.0.0.1", 0), _Guard)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, authority.with_name("key.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"opensearch+https://127.0.0.1:{server.server_port}/{prefix}?shards=1&patience=5"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, authority: Path, tmp_path: Path) -> Path:
    """Set what the proxy wants to know; the password stands in a file."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", "utf-8")
    monkeypatch.setenv("OPENSEARCH_USER", USER)
    monkeypatch.setenv("OPENSEARCH_PASSWORD_FILE", str(file))
    monkeypatch.setenv("OPENSEARCH_CA", str(authority))
    return file


@pytest.mark.usefixtures("known")
def test_an_index_behind_tls_and_a_password(
    tmp_path: Path, secured: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Index.rebuild(tmp_path / "index", few_articles(), engine=secured)
    index = Index.open(tmp_path / "index")
    assert index.search("grève").total == 2
    written = "".join(
        file.read_text("utf-8", "replace") for file in tmp_path.joinpath("index").rglob("*") if file.is_file()
    )
    for told in (written, caplog.text, str(index.info()), repr(vars(index))):
        assert PASSWORD not in told
        assert EXPECTED.split()[1] not in told
    index.close()


def test_a_wrong_password_is_told_of_without_it(tmp_path: Path, secured: str, known: Path) -> None:
    known.write_text("Wr0ng", "utf-8")
    with pytest.raises(EngineUnavailable, match=r"refused the user newsroom \(401\)") as caught:
        Index.rebuild(tmp_path / "index", few_articles(), engine=secured)
    assert "Wr0ng" not in str(caught.value)


@pytest.mark.usefixtures("known")
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, secured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENSEARCH_CA")
    with pytest.raises(EngineUnavailable, match=r"cannot be trusted.* Is OPENSEARCH_CA right\?"):
        Index.rebuild(tmp_path / "index", few_articles(), engine=secured)
