"""The indices of a prefix: made, copied, completed, let go live, cleared away.

An index that is complete takes no more writing. An update goes into a copy, for which the cluster links the
files that it has: so the live index answers as it is until another is whole.
"""

from __future__ import annotations

import logging
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from indexer.engines.opensearch.connection import TRIES, Connection, Refused
from indexer.engines.opensearch.translation import MAPPINGS, SETTINGS
from indexer.errors import EngineError, EngineUnavailable

Json = dict[str, Any]

_log = logging.getLogger("manchette")


class Indices:
    """Look after the indices of one prefix."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._address = connection.address

    def new_name(self) -> str:
        """Return a name that no index has."""
        stamp = datetime.now(UTC).strftime("%Y%m%dt%H%M%S")
        return f"{self._address.prefix}-{stamp}-{secrets.token_hex(3)}"

    def create(self, name: str, mappings: Json = MAPPINGS) -> None:
        """Make an index for loading: no copies of its shards, and nothing to be seen before `complete`."""
        settings = {"number_of_shards": self._address.shards, "number_of_replicas": 0}
        self._make(f"/{name}", {"settings": {"index": settings | SETTINGS}, "mappings": mappings})
        self._primaries(name)

    def copy(self, source: str, target: str) -> None:
        """Make an index with all that another has."""
        settings = {
            "index.number_of_replicas": 0,
            "index.auto_expand_replicas": False,
            "index.blocks.write": None,
        }
        self._make(f"/{source}/_clone/{target}", {"settings": settings})
        self._primaries(target)

    def complete(self, name: str) -> int:
        """Let all that was written be seen, and nothing more be written; return the number of articles."""
        ask = self._connection.ask
        done = ask("POST", f"/{name}/_refresh", tries=TRIES)
        if done["_shards"]["failed"]:
            raise EngineUnavailable(f"{self._address}: a shard of {name} is gone; nothing was swapped in")
        ask("PUT", f"/{name}/_settings", {"index.blocks.write": True}, tries=TRIES)
        # A copy is made of what is on disk.
        ask("POST", f"/{name}/_flush", tries=TRIES)
        return self.count(name)

    def count(self, name: str) -> int:
        """Return the number of articles of an index."""
        body = {"size": 0, "track_total_hits": True}
        total: int = self._connection.search(name, body)["hits"]["total"]["value"]
        return total

    def size(self, name: str) -> int:
        """Return the bytes of an index, those of its replicas as well."""
        told = self._connection.ask("GET", f"/{name}/_stats/store", tries=TRIES)
        return int(told["_all"]["total"]["store"]["size_in_bytes"])

    def drop(self, *names: str) -> None:
        """Remove indices; one that is gone is no error."""
        for name in names:
            try:
                self._connection.ask("DELETE", f"/{name}", tries=TRIES)
            except Refused as error:
                if error.status != 404:
                    raise

    def go_live(self, name: str) -> None:
        """Give the index its replicas and the alias of the prefix, in one step that no search sees.

        The one before gets the alias `PREFIX-previous`, and is kept for a rollback.
        """
        self._replicate(name)
        alias, before = self._address.prefix, f"{self._address.prefix}-previous"
        live = [other for other in self._named(alias) if other != name]
        actions: list[Json] = [{"add": {"index": name, "alias": alias}}]
        actions += [{"remove": {"index": other, "alias": alias}} for other in live]
        if live:
            actions += [{"remove": {"index": other, "alias": before}} for other in self._named(before)]
            actions += [{"add": {"index": live[0], "alias": before}}]
        self._connection.ask("POST", "/_aliases", {"actions": actions}, tries=TRIES)

    def clear(self, *keep: str) -> list[str]:
        """Remove the indices of the prefix that are neither live nor the one before, nor in `keep`.

        Only who holds the lock may: nobody else is building one then. Returns their names.
        """
        alias = self._address.prefix
        kept = {*keep, *self._named(alias), *self._named(f"{alias}-previous")}
        found = self._connection.ask("GET", f"/{alias}-2*", expand_wildcards="all", tries=TRIES)
        abandoned = sorted(name for name in found if name not in kept and _ours(name, alias))
        self.drop(*abandoned)
        return abandoned

    def _named(self, alias: str) -> list[str]:
        try:
            return sorted(self._connection.ask("GET", f"/_alias/{alias}", tries=TRIES))
        except Refused as error:
            if error.status != 404:
                raise
            return []

    def _make(self, path: str, body: Json) -> None:
        try:
            self._connection.ask("PUT", path, body, tries=TRIES)
        except Refused as error:
            # The answer to the first try was lost: nobody else makes names like ours.
            if error.kind != "resource_already_exists_exception":
                raise

    def _primaries(self, name: str) -> None:
        """Wait until an index can be written."""
        if not self._healthy(name, "yellow", 60):
            raise EngineUnavailable(f"{self._address}: no node takes the shards of {name}")

    def _replicate(self, name: str) -> None:
        """Give an index its replicas, as many as there are nodes for, and wait for them."""
        if not self._address.replicas:
            return
        wanted = {"index.auto_expand_replicas": f"0-{self._address.replicas}"}
        self._connection.ask("PUT", f"/{name}/_settings", wanted, tries=TRIES)
        if not self._healthy(name, "green", max(self._address.patience, 1)):
            if not self._healthy(name, "yellow", 10):
                raise EngineUnavailable(f"{self._address}: a shard of {name} is gone; it was not swapped in")
            _log.warning("%s goes live before all of its replicas are there", name)

    def _healthy(self, name: str, colour: str, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                told = self._connection.ask(
                    "GET",
                    f"/_cluster/health/{name}",
                    seconds=20,
                    wait_for_status=colour,
                    timeout=f"{min(left, 10):.0f}s",
                )
                if not told["timed_out"]:
                    return True
            except Refused as error:
                if error.status != 408:  # what it answers when the time is over
                    raise
            except EngineUnavailable as error:
                _log.warning("%s", error)
                time.sleep(min(1, left))
        return False


def _ours(name: str, prefix: str) -> bool:
    stamp, _, token = name.removeprefix(f"{prefix}-").partition("-")
    return len(stamp) == 15 and stamp[8] == "t" and len(token) == 6


def lost(expected: int, found: int, name: str) -> EngineError:
    """Return the error of an index that has not the articles that it was given."""
    return EngineError(f"the index {name} has {found} articles instead of {expected}; it was not swapped in")
