"""Assets: the static files under addresses that change with their content, so that browsers keep them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, request

STATIC = Path(__file__).parent / "static"

VERSION = "v"
"""The parameter of a static file that holds its version."""

FOREVER = "public, max-age=31536000, immutable"
"""A year; the address of another content is another."""


def version_of(file: str) -> str:
    """Return what changes with the content of a static file; the empty text where there is none."""
    path = STATIC / file
    try:
        status = path.stat()
    except OSError:
        return ""
    return _version(path, status.st_mtime_ns, status.st_size)


def kept(response: Response) -> Response:
    """Return a static file with how long it may be kept: forever at the address of its version.

    At any other address it has its ETag, and the browser asks each time.
    """
    asked = request.args.get(VERSION)
    if asked and response.status_code in {200, 206, 304}:
        file = (request.view_args or {}).get("filename", "")
        if asked == version_of(file):
            response.headers["Cache-Control"] = FOREVER
    return response


@lru_cache(maxsize=64)
def _version(path: Path, changed: int, size: int) -> str:
    del changed, size
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()
