"""Load: a few readers that each send one query after the other over a connection that stays open."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from benchmarks.http.servers import Server

_HEADERS = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html", "User-Agent": "benchmark"}
_RECONNECT = 25
"""Requests a connection; a reader looks at a few pages, and so workers get alike many."""

_TIMEOUT = 60.0


@dataclass(slots=True)
class Load:
    """Hold what came of the queries sent so far: times in milliseconds, bytes, failures."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    client: float = 0.0
    bytes: int = 0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Return requests a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the time within which this share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def send(self, server: Server, words: Sequence[str], readers: int) -> None:
        """Send each query once, spread over readers, and add what came of it."""
        waiting: SimpleQueue[str] = SimpleQueue()
        for each in words:
            waiting.put(server.address(each))
        threads = [
            threading.Thread(target=self._read, args=(server.ports[number % len(server.ports)], waiting))
            for number in range(readers)
        ]
        start, used = time.perf_counter(), time.process_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.seconds += time.perf_counter() - start
        self.client += time.process_time() - used

    def _read(self, port: int, waiting: SimpleQueue[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
        sent = 0
        while True:
            try:
                path = waiting.get_nowait()
            except Empty:
                break
            start = time.perf_counter()
            try:
                connection.request("GET", path, headers=_HEADERS)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):
                self.failures += 1
                connection.close()
                continue
            self.times.append((time.perf_counter() - start) * 1000)
            self.bytes += len(body)
            self.failures += answer.status != 200
            sent += 1
            if sent % _RECONNECT == 0:
                connection.close()
        connection.close()
