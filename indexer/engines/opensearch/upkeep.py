"""What a build does in the cluster around its writing: one lock for all of it, and the alias at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.engines.opensearch.address import Address
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.indices import Indices
from indexer.engines.opensearch.lock import locked
from indexer.engines.opensearch.pointer import Pointer
from indexer.engines.opensearch.shared import draft_of
from indexer.errors import EngineError


@contextmanager
def writing(address: str, command: str) -> Iterator[None]:
    """Be the one writer of a prefix, on any machine; raise IndexLocked at once where there is another."""
    with closing(Connection(Address.parse(address))) as connection:
        connection.version  # noqa: B018  # raises where the cluster is none that is known
        with locked(connection, command) as lock:
            yield
            lock.check()


def go_live(directory: Path, address: str) -> None:
    """Give the index of an engine's folder its replicas and the alias; clear away those that nobody needs."""
    pointer = Pointer.load(directory)
    if pointer is None:
        raise EngineError(f"{directory}: no index of the cluster to let go live")
    with closing(Connection(Address.parse(address))) as connection, locked(connection, "swap") as lock:
        indices = Indices(connection)
        lock.check()
        indices.go_live(pointer.index)
        draft = draft_of(connection)  # that of machines that are building another index
        indices.clear(pointer.index, *((draft.index, draft.parts) if draft else ()))
