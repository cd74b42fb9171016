"""The engines by name; the library of one is imported only when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.engine import Engine
from indexer.errors import EngineUnavailable

if TYPE_CHECKING:
    from indexer.engines.opensearch import SharedBuild

NAMES = ("memory", "whoosh", "tantivy", "opensearch")
"""The engines there are, beside `auto`: tantivy where it is installed, else whoosh."""

CLUSTER = "opensearch"
"""The engine that lives in a cluster; its name may have an address behind a `+`: `opensearch+https://…`."""

_EXTRAS = {"tantivy": ("fast", "tantivy"), CLUSTER: (CLUSTER, "opensearchpy")}
"""Engine → the extra that installs it, and the module that tells whether it is."""


def resolve_engine(name: str) -> str:
    """Return the engine that a name stands for: `auto` is the fastest installed.

    Raises EngineUnavailable for a name that is none, or whose library is not installed.
    """
    if name == "auto":
        return "tantivy" if find_spec("tantivy") else "whoosh"
    kind, _, address = name.partition("+")
    if kind not in NAMES or (address and kind != CLUSTER):
        raise EngineUnavailable(f"there is no engine {kind!r}; there are auto, {', '.join(NAMES)}")
    extra, module = _EXTRAS.get(kind, ("", ""))
    if module and not find_spec(module):
        raise EngineUnavailable(f"the engine {kind} is not installed: pip install 'manchette[{extra}]'")
    return name


def open_engine(name: str, directory: Path) -> Engine:
    """Open the engine of this name on a folder, which may be empty."""
    kind, _, address = resolve_engine(name).partition("+")
    module = import_module(f"indexer.engines.{kind}")
    engine: Engine = module.open_engine(directory, address) if address else module.open_engine(directory)
    return engine


@contextmanager
def writing(name: str, command: str) -> Iterator[None]:
    """Be the one writer of what machines share; an engine in a folder is locked with that folder.

    Raises IndexLocked at once where another machine is writing there.
    """
    kind, _, address = resolve_engine(name).partition("+")
    if kind != CLUSTER:
        yield
        return
    with import_module(f"indexer.engines.{kind}").writing(address, command):
        yield


def go_live(name: str, directory: Path) -> None:
    """Tell what machines share that the engine of this folder answers from now on."""
    kind, _, address = resolve_engine(name).partition("+")
    if kind == CLUSTER:
        import_module(f"indexer.engines.{kind}").go_live(directory, address)


def shared_build(name: str) -> SharedBuild:
    """Open the build that several machines share; raise EngineUnavailable for an engine of one machine."""
    kind, _, address = resolve_engine(name).partition("+")
    if kind != CLUSTER:
        raise EngineUnavailable(f"several machines build for the engine {CLUSTER}, not for {kind}")
    shared: SharedBuild = import_module(f"indexer.engines.{kind}").open_shared(address)
    return shared
