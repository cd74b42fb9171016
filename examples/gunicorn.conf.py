"""Serve the search with gunicorn: `gunicorn -c examples/gunicorn.conf.py 'searchapp:create_app()'`."""

from __future__ import annotations

import gc
import io
import os
import time
from typing import Any

from gunicorn.workers import gthread

bind = os.environ.get("MANCHETTE_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# Code and templates are loaded once and shared. An index is opened by each worker at its first question,
# so neither an engine's threads nor a connection to SQLite lives through a fork.
preload_app = True

# A worker is begun anew after so many requests, not all at the same time: what leaks somewhere stays small.
max_requests = 50_000
max_requests_jitter = 5_000

# As long as a reader looks at a page.
keepalive = 30
graceful_timeout = 30


DEFER = getattr(gthread, "_DEFER", None)
HEAD_SECONDS = 10
HEAD_BYTES = 64_000
"""How long the head of a request may take to come, and how large it may be before gunicorn judges it."""


class HeadFirst(gthread.ThreadWorker):  # type: ignore[misc]
    """Give a connection a thread once the head of its request is there.

    The worker that this extends gives it one at the first byte, and one for some seconds to a connection that
    sends nothing, so that as many slow clients as there are threads hold up all others.
    """

    def handle(self, conn: Any) -> Any:
        """Answer a request, or wait for the rest of its head among the connections that are polled."""
        if self.cfg.is_ssl or conn.is_http2:
            return super().handle(conn)
        held, conn.held = getattr(conn, "held", b""), b""
        conn.since = getattr(conn, "since", None) or time.monotonic()
        before = conn.parser.unreader.buf.getvalue() if conn.parser else b""
        conn.sock.setblocking(False)
        try:
            while b"\r\n\r\n" not in before + held and len(held) < HEAD_BYTES:
                data = conn.sock.recv(8_192)
                if not data:
                    return False
                held += data
        except BlockingIOError:
            conn.held = held
            return DEFER if time.monotonic() - conn.since < HEAD_SECONDS else False
        except OSError:
            return False
        conn.since = None
        conn.init()
        conn.parser.unreader.buf = io.BytesIO()
        conn.parser.unreader.unread(before + held)
        conn.data_ready = True
        return super().handle(conn)


# Older versions have no place where connections wait without a thread: put a proxy in front of them.
worker_class = HeadFirst if DEFER else "gthread"


def child_exit(_: Any, worker: Any) -> None:
    """Take the gauges of a worker that is gone out of the metrics, where workers add them up."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def post_worker_init(worker: Any) -> None:
    """Open the index and compile the templates before the first reader comes."""
    worker.wsgi.test_client().get("/?q=a")
    # What is there now stays: the collector need not look at it again, which took 50 ms each time.
    gc.collect()
    gc.freeze()
