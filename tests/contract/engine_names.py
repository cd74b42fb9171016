"""The engines that the contract is run on, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path

import pytest

from indexer.engine import Engine
from indexer.engines import NAMES, open_engine
from tests.cluster.rest import URL

PREFIX = "contract"

Open = Callable[[Path], Engine]


def engines(*, without: str = "") -> list[object]:
    """Return the engines as parameters, that of the cluster marked."""
    marks = {"opensearch": [pytest.mark.cluster]}
    return [pytest.param(name, marks=marks.get(name, [])) for name in NAMES if name != without]


def opener(name: str) -> Open:
    """Return the function that opens an engine on a folder."""
    return _open_in_cluster if name == "opensearch" else partial(open_engine, name)


def _open_in_cluster(directory: Path) -> Engine:
    """Open an engine whose indices have a prefix of their own, as each folder has its own files."""
    own = blake2b(str(directory).encode(), digest_size=6).hexdigest()
    return open_engine(f"opensearch+{URL}/{PREFIX}-{own}?shards=2&replicas=0&patience=30", directory)
