"""The lock of a cluster: one writer for a prefix, whichever machine it runs on.

It is a document that only one can create. Its holder says every few seconds that it is still there; one that
has not for `STALE` seconds is taken for dead. The clocks of the machines may differ by less than that.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from indexer.engines.opensearch.connection import TRIES, Connection, Refused
from indexer.errors import EngineError, IndexLocked

Json = dict[str, Any]

INDEX = "manchette-locks"
BEAT = 15.0
STALE = 90.0

_log = logging.getLogger("manchette")
_NONE: Mapping[str, Lock] = {}
_held: ContextVar[Mapping[str, Lock]] = ContextVar("held", default=_NONE)
_SETTINGS: Json = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "auto_expand_replicas": "0-2"},
    "mappings": {"dynamic": False},
}


class Lock:
    """Be the one writer of a prefix until it is released."""

    def __init__(self, connection: Connection, key: str, note: Json, place: tuple[int, int]) -> None:
        self._connection = connection
        self._key = key
        self._note = note
        self._place = place
        self._over = threading.Event()
        self._beaten = time.monotonic()
        self._lost = ""
        self._thread = threading.Thread(target=self._beat, name="lock of the cluster", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise IndexLocked where the lock went to another, or may have."""
        if not self._lost and time.monotonic() - self._beaten > STALE:
            self._lost = "the cluster has not answered for too long"
        if self._lost:
            raise IndexLocked(f"the lock of {self._key} is lost: {self._lost}. Nothing was swapped in")

    def release(self) -> None:
        """Let others write."""
        self._over.set()
        self._thread.join()
        if not self._lost:
            number, term = self._place
            with suppress(EngineError):  # else it is taken for dead in a while
                self._connection.ask(
                    "DELETE", f"/{INDEX}/_doc/{self._key}", seconds=10, if_seq_no=number, if_primary_term=term
                )

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self._place = _put(self._connection, self._key, self._note, self._place)
                self._beaten = time.monotonic()
            except Refused as error:
                if error.status == 409:
                    self._lost = "another writer took it"
                    return
                _log.warning("the lock of %s could not be renewed: %s", self._key, error)
            except EngineError as error:
                _log.warning("the lock of %s could not be renewed: %s", self._key, error)


@contextmanager
def locked(connection: Connection, command: str) -> Iterator[Lock]:
    """Hold the lock of a prefix; who holds it already, in the same context, goes on holding it.

    Raises IndexLocked at once where another writer has it, naming it.
    """
    key = connection.address.prefix
    if mine := _held.get().get(key):
        yield mine
        return
    lock = _acquire(connection, key, command)
    token = _held.set({**_held.get(), key: lock})
    try:
        yield lock
    finally:
        _held.reset(token)
        lock.release()


def _acquire(connection: Connection, key: str, command: str) -> Lock:
    make_index(connection)
    note = {
        "host": socket.gethostname(),
        "process": os.getpid(),
        "command": command,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "token": secrets.token_hex(8),
    }
    try:
        place = _put(connection, key, note, None)
    except Refused as error:
        if error.status != 409:
            raise
        place = _inherit(connection, key, note)
    return Lock(connection, key, note, place)


def _inherit(connection: Connection, key: str, note: Json) -> tuple[int, int]:
    """Take the lock of a writer that is dead, or that let it go just now."""
    try:
        found = connection.ask("GET", f"/{INDEX}/_doc/{key}", tries=TRIES)
    except Refused as error:
        if error.status != 404:
            raise
        return _put(connection, key, note, None)
    other = found["_source"]
    place = found["_seq_no"], found["_primary_term"]
    if other["token"] == note["token"]:  # our own first try, whose answer was lost
        return place
    if time.time() - other["beat"] < STALE:
        raise IndexLocked(_taken(key, other))
    _log.warning("%s; it is taken for dead", _taken(key, other))
    try:
        return _put(connection, key, note, place)
    except Refused as error:
        if error.status == 409:
            raise IndexLocked(_taken(key, other)) from None
        raise


def _put(connection: Connection, key: str, note: Json, place: tuple[int, int] | None) -> tuple[int, int]:
    body = note | {"beat": time.time()}
    if place is None:
        done = connection.ask("PUT", f"/{INDEX}/_create/{key}", body, seconds=20, tries=TRIES)
    else:
        done = connection.ask(
            "PUT", f"/{INDEX}/_doc/{key}", body, seconds=20, if_seq_no=place[0], if_primary_term=place[1]
        )
    return done["_seq_no"], done["_primary_term"]


def make_index(connection: Connection) -> None:
    """Make the index of locks, where there is none."""
    if connection.ask("HEAD", f"/{INDEX}", tries=TRIES)["found"]:
        return
    try:
        connection.ask("PUT", f"/{INDEX}", _SETTINGS, tries=TRIES)
    except Refused as error:
        if error.kind != "resource_already_exists_exception":
            raise


def _taken(key: str, other: Json) -> str:
    who = f"{other['command']}, process {other['process']} on {other['host']}, since {other['since']}"
    return f"the indices {key} are being written by {who}"
