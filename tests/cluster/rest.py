"""Questions to the cluster of the tests, past the engine: how it is, what is in it, what it shall suffer."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any
from urllib.error import HTTPError

import pytest

URL = os.environ.get("OPENSEARCH_URL", "")
NOT_RUN = "no cluster: run `make test-cluster`, or set OPENSEARCH_URL"


def ask(method: str, path: str, body: object = None, *, node: int = 0) -> Any:
    """Return the answer of a node; an error is an exception."""
    scheme, _, hosts = URL.partition("://")
    address = f"{scheme}://{hosts.split('/')[0].split(',')[node]}{path}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        address, data, {"Content-Type": "application/json"} if data else {}, method=method
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def indices(prefix: str) -> list[str]:
    """Return the names of the indices that begin so."""
    return sorted(
        row["index"] for row in ask("GET", f"/_cat/indices/{prefix}*?format=json&expand_wildcards=all")
    )


def clear(prefix: str) -> None:
    """Remove the indices that begin so, and the lock of the prefix."""
    if not URL:
        return
    for name in indices(prefix):
        ask("DELETE", f"/{name}")


def deselect(config: pytest.Config, items: list[pytest.Item]) -> int:
    """Leave out the tests that need a cluster where there is none; return how many."""
    if URL:
        return 0
    left = [item for item in items if item.get_closest_marker("cluster")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]
    return len(left)


def unlock(prefix: str) -> None:
    """Remove the lock of a prefix, where there is one."""
    try:
        ask("DELETE", f"/manchette-locks/_doc/{prefix}")
    except HTTPError as error:
        if error.code != 404:
            raise
