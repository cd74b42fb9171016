"""The engine for many machines: an OpenSearch cluster that is there already.

The folder of the engine holds a pointer to an index of the cluster, nothing else. An index that is complete
is never written again, so whoever has a pointer has the same articles for as long as the index is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.engine import Engine, Hit, Info, Page
from indexer.engines.opensearch.address import Address
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.indices import Indices
from indexer.engines.opensearch.lock import locked
from indexer.engines.opensearch.pointer import Pointer
from indexer.engines.opensearch.reading import Reader
from indexer.engines.opensearch.writer import Writer
from indexer.errors import EngineError
from indexer.query import Search


class OpenSearchEngine:
    """Search articles in a cluster."""

    def __init__(self, directory: Path, address: Address) -> None:
        self._directory = directory
        pointer = Pointer.load(directory)
        self._connection: Connection | None = Connection(address)
        self._reader = Reader(self._connection, pointer)

    @contextmanager
    def rebuild(self) -> Iterator[Writer]:
        """Replace all articles by those written."""
        with self._writing(fresh=True) as writer:
            yield writer

    @contextmanager
    def update(self) -> Iterator[Writer]:
        """Add, replace and delete articles."""
        with self._writing(fresh=False) as writer:
            yield writer

    def search(self, search: Search) -> Page:
        """Find articles; every shard has its part in the answer, or there is none."""
        return self._open().search(search)

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""
        return self._open().get(id)

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so, the most frequent first."""
        return self._open().complete(field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        return self._open().frequencies(field, terms)

    def info(self) -> Info:
        """Return name, version, number of articles and size."""
        return self._open().info()

    def close(self) -> None:
        """Let go of the connections."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _open(self) -> Reader:
        if self._connection is None:
            raise EngineError("the opensearch engine is closed")
        return self._reader

    @contextmanager
    def _writing(self, *, fresh: bool) -> Iterator[Writer]:
        before = self._open().pointer
        connection = self._connection
        assert connection is not None
        connection.version  # noqa: B018  # raises where the cluster is none that is known
        with locked(connection, "rebuild" if fresh else "update") as lock:
            indices = Indices(connection)
            writer = Writer(connection, indices, None if fresh else before)
            try:
                if fresh:
                    writer.begin()
                yield writer
                self._open()
                pointer = writer.finish()
                lock.check()
                if pointer:
                    pointer.save(self._directory)
            except BaseException:
                writer.abandon()
                raise
            if pointer:
                self._reader = Reader(connection, pointer)


def open_engine(directory: Path, address: str = "") -> Engine:
    """Open the engine on a folder; without an address OPENSEARCH_URL says where the cluster is."""
    return OpenSearchEngine(directory, Address.parse(address))
