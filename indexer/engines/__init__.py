"""The engines by name; the library of one is imported only when it is opened."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from indexer.engine import Engine
from indexer.errors import EngineUnavailable

NAMES = ("memory", "whoosh", "tantivy")
"""The engines there are, beside `auto`: tantivy where it is installed, else whoosh."""

_EXTRAS = {"tantivy": "fast"}


def resolve_engine(name: str) -> str:
    """Return the engine that a name stands for: `auto` is the fastest installed.

    Raises EngineUnavailable for a name that is none, or whose library is not installed.
    """
    if name == "auto":
        return "tantivy" if find_spec("tantivy") else "whoosh"
    if name not in NAMES:
        raise EngineUnavailable(f"there is no engine {name!r}; there are auto, {', '.join(NAMES)}")
    if (extra := _EXTRAS.get(name)) and not find_spec(name):
        raise EngineUnavailable(f"the engine {name} is not installed: pip install 'manchette[{extra}]'")
    return name


def open_engine(name: str, directory: Path) -> Engine:
    """Open the engine of this name on a folder, which may be empty."""
    module = import_module(f"indexer.engines.{resolve_engine(name)}")
    engine: Engine = module.open_engine(directory)
    return engine
