"""What a page weighs and what it takes the server, without a browser."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from flask.testing import FlaskClient

_TIMES = 15


@dataclass(frozen=True, slots=True)
class Weight:
    """Hold bytes of a page as it is and as it is sent, and milliseconds of processor time, a median."""

    bytes: int
    sent: int
    milliseconds: float


def weight_of(client: FlaskClient, path: str) -> Weight:
    """Ask for a page as a browser does; raise AssertionError where it is not there."""
    plain = client.get(path)
    assert plain.status_code < 400, f"{path}: {plain.status}"
    sent = client.get(path, headers={"Accept-Encoding": "gzip"})
    times = []
    for _ in range(_TIMES):
        start = time.thread_time()
        client.get(path)
        times.append(time.thread_time() - start)
    return Weight(len(plain.data), len(sent.data), statistics.median(times) * 1000)
