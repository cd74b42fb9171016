"""The access log: one line of JSON a request, without what the reader searched for."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from searchapp.observing import Observed

NAME = "manchette.access"

_log = logging.getLogger(NAME)


def start_log() -> None:
    """Let the lines be written to standard error, where nobody has said where they go."""
    if not _log.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _log.addHandler(handler)
        _log.propagate = False
    if _log.getEffectiveLevel() > logging.INFO:
        _log.setLevel(logging.INFO)


def log(observed: Observed) -> None:
    """Write the line of a request.

    The query string is left out: what somebody searches for is theirs. The path names articles, persons and
    tags, as any web server's log does; `json.dumps` escapes whatever could end the line.
    """
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "address": observed.address,
        "method": observed.method,
        "path": observed.path,
        "route": observed.route,
        "status": observed.status,
        "ms": round(observed.seconds * 1000, 1),
        "engine_ms": round(observed.engine * 1000, 1),
        "cut": observed.cut,
        "bytes": observed.size,
    }
    _log.info("%s", json.dumps(line))
