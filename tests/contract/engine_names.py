"""The engines that the contract is run on, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from indexer.engine import Engine
from indexer.engines import NAMES, open_engine

ENGINES = NAMES

Open = Callable[[Path], Engine]


def opener(name: str) -> Open:
    """Return the function that opens an engine on a folder."""
    return partial(open_engine, name)
