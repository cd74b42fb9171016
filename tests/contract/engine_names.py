"""The engines that the contract is run on, and how one is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path

import pytest

from indexer.engine import Engine
from indexer.engines import NAMES, open_engine

CLUSTER_URL = os.environ.get("OPENSEARCH_URL", "")
NOT_RUN = "no cluster: what needs one is not run (make test-cluster, or set OPENSEARCH_URL)"
PREFIX = "contract"

Open = Callable[[Path], Engine]


def engines(*, without: str = "") -> list[object]:
    """Return the engines as parameters; that of the cluster is marked, and not run without one."""
    marks = [pytest.mark.cluster, pytest.mark.skipif(not CLUSTER_URL, reason=NOT_RUN)]
    return [
        pytest.param(name, marks=marks) if name == "opensearch" else name for name in NAMES if name != without
    ]


def opener(name: str) -> Open:
    """Return the function that opens an engine on a folder."""
    return _open_in_cluster if name == "opensearch" else partial(open_engine, name)


def _open_in_cluster(directory: Path) -> Engine:
    """Open an engine whose indices have a prefix of their own, as each folder has its own files."""
    own = blake2b(str(directory).encode(), digest_size=6).hexdigest()
    return open_engine(f"opensearch+{CLUSTER_URL}/{PREFIX}-{own}?shards=2&replicas=0&patience=30", directory)
