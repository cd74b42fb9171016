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

# As long as a reader looks at a page.
keepalive = 30
graceful_timeout = 30


def post_worker_init(worker: Any) -> None:
    """Open the index and compile the templates before the first reader comes."""
    worker.wsgi.test_client().get("/?q=a")
    # What is there now stays: the collector need not look at it again, which took 50 ms each time.
    gc.collect()
    gc.freeze()
