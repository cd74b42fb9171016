"""Compression: the same bytes after unpacking, for texts of some size, and never another's business."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from backports import zstd
from flask import Flask, Response
from flask.testing import FlaskClient
from flask_compress import Compress

from searchapp import create_blueprint
from searchapp.compression import SMALLEST

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}

ADDRESSES = [
    "/",
    "/?q=pesquet",
    "/tag/espace",
    "/feed.atom",
    "/suggest?q=esp",
    "/api/v1/search?q=pesquet",
    "/assets/search.css",
    "/assets/search.js",
]


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("url", ADDRESSES)
def test_what_is_unpacked_is_what_was_sent(client: FlaskClient, url: str, coding: str) -> None:
    with client.get(url) as answer:
        plain, headers = answer.data, answer.headers
    with client.get(url, headers={"Accept-Encoding": coding}) as packed:
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert packed.headers["Vary"] == headers["Vary"]
        assert packed.headers.get("ETag") == headers.get("ETag")
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        if len(plain) < SMALLEST:
            assert "Content-Encoding" not in packed.headers
            assert packed.data == plain
            return
        assert packed.headers["Content-Encoding"] == coding
        assert UNPACK[coding](packed.data) == plain
        assert len(packed.data) < len(plain) * 0.6
        tag = packed.headers.get("ETag")
    if tag:
        with client.get(url, headers={"Accept-Encoding": coding, "If-None-Match": tag}) as again:
            assert again.status_code == 304
            assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("br;q=0.1, gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("compress", None),
    ],
)
def test_the_coding_is_one_that_the_client_reads(
    client: FlaskClient, accepted: str, coding: str | None
) -> None:
    headers = client.get("/", headers={"Accept-Encoding": accepted}).headers
    assert headers.get("Content-Encoding") == coding


def test_parts_of_a_file_stay_as_they_are(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-99"}
    with client.get("/assets/search.css", headers=headers) as answer:
        assert answer.status_code == 206
        assert "Content-Encoding" not in answer.headers
        assert len(answer.data) == 100


def test_a_host_keeps_its_own_ways(archive: Path) -> None:
    app = Flask("host")
    before = dict(app.config)
    app.register_blueprint(create_blueprint(archive), url_prefix="/ours")
    app.register_blueprint(create_blueprint(archive, name="plain", compress=False), url_prefix="/plain")
    assert dict(app.config) == before

    @app.get("/own")
    def own() -> str:
        return "mine " * 1000

    @app.get("/stream")
    def stream() -> Response:
        def lines() -> Iterator[str]:
            for number in range(1000):
                yield f"{number}\n"

        return Response(lines(), mimetype="text/plain")

    client = app.test_client()
    asked = {"Accept-Encoding": "gzip"}
    assert client.get("/ours/", headers=asked).headers["Content-Encoding"] == "gzip"
    for path in ("/own", "/stream", "/plain/"):
        headers = client.get(path, headers=asked).headers
        assert "Content-Encoding" not in headers
        assert "Accept-Encoding" not in headers.get("Vary", "")


def test_a_host_that_compresses_does_not_do_it_twice(archive: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(archive), url_prefix="/ours")
    app.register_blueprint(create_blueprint(archive, name="plain", compress=False), url_prefix="/plain")
    app.add_url_rule("/own", view_func=lambda: "mine " * 1000)
    Compress(app)
    client = app.test_client()
    for path in ("/ours/?q=pesquet", "/plain/?q=pesquet", "/own"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        if "ETag" in packed.headers:
            known = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
            assert client.get(path, headers=known).status_code == 304
