"""The live generation, opened: the one that answers, and those that still have readers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexMissing
from indexer.french import Analyser
from indexer.generations import Generations
from indexer.snapshot import Snapshot, open_live

_log = logging.getLogger("manchette")


class Live:
    """Give the snapshot of the live generation of a folder; any number of threads may ask."""

    def __init__(self, directory: Path, analyser: Analyser) -> None:
        self._directory = directory
        self._analyser = analyser
        self._generations = Generations(directory)
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._readers: dict[Snapshot, int] = {}

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Give the snapshot of the live generation, kept open until the last of its readers is done."""
        with self._lock:
            snapshot = self._opened()
            self._readers[snapshot] += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._readers[snapshot] -= 1
                if snapshot is not self._snapshot:
                    self._release(snapshot)

    def close(self) -> None:
        """Release files and memory; the next question opens them again."""
        with self._lock:
            self._retire()

    def _opened(self) -> Snapshot:
        stamp = self._generations.stamp()
        if self._snapshot and stamp == self._stamp:
            return self._snapshot
        if stamp is None and self._snapshot:
            raise IndexMissing(f"{self._directory}: the index is gone. Run: index rebuild CORPUS")
        snapshot, error = open_live(self._generations, self._analyser)
        if error:
            _log.error("%s; serving generation %s instead", error, snapshot.name)
        self._retire()
        self._stamp, self._snapshot = stamp, snapshot
        self._readers[snapshot] = 0
        return snapshot

    def _retire(self) -> None:
        old, self._snapshot, self._stamp = self._snapshot, None, None
        if old:
            self._release(old)

    def _release(self, snapshot: Snapshot) -> None:
        """Close a snapshot that nobody reads any more."""
        if self._readers[snapshot] == 0:
            del self._readers[snapshot]
            snapshot.close()
