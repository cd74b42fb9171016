"""The writer: changes into an index of its own, which counts once all of them are in it."""

from __future__ import annotations

import logging
from hashlib import blake2b
from typing import Any

from indexer.engine import Entry
from indexer.engines.opensearch.connection import TRIES, Connection
from indexer.engines.opensearch.indices import Indices, lost
from indexer.engines.opensearch.loading import Loader
from indexer.engines.opensearch.pointer import Pointer
from indexer.engines.opensearch.translation import document_of, key_of
from indexer.errors import ManchetteError

Json = dict[str, Any]

_LOOKED_UP = 500

_log = logging.getLogger("manchette")


class Writer:
    """Take articles in. An update skips those that the cluster has as they are, by the hash beside each."""

    def __init__(self, connection: Connection, indices: Indices, before: Pointer | None) -> None:
        self._connection = connection
        self._indices = indices
        self._before = before
        self._name = ""
        self._loader: Loader | None = None
        self._waiting: dict[str, Json] = {}
        self._touched: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Add an article in the place of one with the same id."""
        key, document = documented(entry)
        if self._before is None or key in self._touched:
            self._loading().put(key, document)
            return
        self._waiting[key] = document
        if len(self._waiting) >= _LOOKED_UP:
            self._look_up()

    def delete(self, id: str) -> None:
        """Drop an article."""
        key = key_of(id)
        self._look_up()
        if self._before is not None:
            self._touched.add(key)
        self._loading().drop(key)

    def begin(self) -> None:
        """Make the index, though there may be nothing to write into it."""
        self._loading()

    def finish(self) -> Pointer | None:
        """Wait until all is written and counted; return the new pointer, None where nothing changed."""
        self._look_up()
        if self._loader is None:
            return None
        loaded = self._loader.close()
        articles = self._indices.complete(self._name)
        expected = loaded.net + (self._before.articles if self._before else 0)
        if articles != expected and not loaded.doubtful:
            raise lost(expected, articles, self._name)
        return Pointer(self._name, articles)

    def abandon(self) -> None:
        """Remove what was written."""
        if self._loader is not None:
            self._loader.abandon()
            try:
                self._indices.drop(self._name)
            except ManchetteError as error:  # the next writer clears it away
                _log.warning("%s is left over: %s", self._name, error)

    def _loading(self) -> Loader:
        if self._loader is None:
            self._name = self._indices.new_name()
            self._loader = Loader(self._connection, self._name)
            if self._before:
                self._indices.copy(self._before.index, self._name)
            else:
                self._indices.create(self._name)
        return self._loader

    def _look_up(self) -> None:
        """Send the articles that wait, unless the index has them as they are."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        assert self._before is not None
        asked = {"ids": list(waiting)}
        found = self._connection.ask(
            "POST",
            f"/{self._before.index}/_mget",
            asked,
            tries=TRIES,
            realtime="false",
            _source_includes="digest",
        )
        known = {row["_id"]: row["_source"]["digest"] for row in found["docs"] if row.get("found")}
        for key, document in waiting.items():
            if known.get(key) != document["digest"]:
                self._touched.add(key)
                self._loading().put(key, document)


def documented(entry: Entry) -> tuple[str, Json]:
    """Return the name of an article in the cluster, and what is sent, with a hash of that."""
    document = document_of(entry)
    content = repr(sorted(document.items())).encode("utf-8", "replace")
    document["digest"] = blake2b(content, digest_size=12).hexdigest()
    return key_of(entry.id), document
