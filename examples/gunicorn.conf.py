"""Serve the search with gunicorn: `gunicorn -c examples/gunicorn.conf.py 'searchapp:create_app()'`."""

from __future__ import annotations

import gc
import os
from typing import Any

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
