"""Loading: articles into an index, several parts at once, none lost without a word.

What the cluster does not take just now is sent again, after longer and longer waits, until its patience is
over. What it will never take is collected and told of at the end.
"""

from __future__ import annotations

import json
import random
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from indexer.engines.opensearch.connection import BUSY, Connection, Refused, Unreachable
from indexer.errors import EngineError, EngineUnavailable

Json = dict[str, Any]

THREADS = 4
ARTICLES = 500
BYTES = 4_000_000
"""Of one request: a few megabytes are what clusters take best."""

_SECONDS = 60
_LONGEST_WAIT = 10.0
_TOLD = 5


@dataclass(slots=True)
class Loaded:
    """Hold what came of it: the change in the number of articles, unless `doubtful`, and what was refused."""

    net: int = 0
    doubtful: bool = False
    refused: list[str] = field(default_factory=list)
    refusals: int = 0


@dataclass(slots=True)
class _Part:
    actions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name of an article → its line, and that of its content; the last one counts."""
    bytes: int = 0


class Loader:
    """Send changes to an index; `close` waits for all and raises EngineError where any was refused."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="bulk")
        self._part = _Part()
        self._flying: dict[Future[None], frozenset[str]] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.loaded = Loaded()

    def put(self, key: str, document: Json, version: int = 0) -> None:
        """Send an article, in the place of one of the same name and no higher `version`."""
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
        if version:
            action = f'{{"index":{{"_id":"{key}","version":{version},"version_type":"external_gte"}}}}\n'
            if key in self._part.actions:  # who has versions sends them from the highest down
                return
        else:
            action = f'{{"index":{{"_id":"{key}"}}}}\n'
        self._take(key, action, content)

    def drop(self, key: str) -> None:
        """Remove an article; one that is not there is no error."""
        self._take(key, f'{{"delete":{{"_id":"{key}"}}}}\n', "")

    def close(self) -> Loaded:
        """Wait until all is taken."""
        try:
            self._send()
            while self._flying:
                self._land()
        finally:
            self._pool.shutdown()
        if self.loaded.refusals:
            told = "; ".join(self.loaded.refused)
            raise EngineError(f"the cluster refused {self.loaded.refusals} articles, the first: {told}")
        return self.loaded

    def abandon(self) -> None:
        """Send nothing more."""
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)

    def _take(self, key: str, action: str, content: str) -> None:
        part = self._part
        part.actions[key] = (action, content)
        part.bytes += len(action) + len(content)
        if part.bytes >= BYTES or len(part.actions) >= ARTICLES:
            self._send()

    def _send(self) -> None:
        part, self._part = self._part, _Part()
        keys = frozenset(part.actions)
        # Two requests may overtake each other, two changes to one article must not.
        while len(self._flying) >= THREADS or any(
            not keys.isdisjoint(sent) for sent in self._flying.values()
        ):
            self._land()
        if keys:
            self._flying[self._pool.submit(self._load, part.actions)] = keys

    def _land(self) -> None:
        for done in wait(self._flying, return_when=FIRST_COMPLETED).done:
            del self._flying[done]
            done.result()

    def _load(self, actions: dict[str, tuple[str, str]]) -> None:
        end = time.monotonic() + self._connection.address.patience
        tries = 0
        while actions:
            actions, reason = self._try(actions)
            if not actions:
                return
            tries += 1
            if self._stopped.is_set():
                raise EngineError("the writer was stopped")
            if time.monotonic() > end:
                raise EngineUnavailable(
                    f"{self._connection.address} has not taken {len(actions)} articles for "
                    f"{self._connection.address.patience} s: {reason}"
                )
            self._stopped.wait(random.uniform(0.5, 1) * min(0.2 * 2**tries, _LONGEST_WAIT))  # noqa: S311

    def _try(self, actions: dict[str, tuple[str, str]]) -> tuple[dict[str, tuple[str, str]], str]:
        """Send changes; return those to be sent again, and why."""
        lines = "".join(action + content for action, content in actions.values()).encode("utf-8", "replace")
        try:
            answer = self._connection.ask(
                "POST", f"/{self._index}/_bulk", lines, seconds=_SECONDS, timeout="20s"
            )
        except Refused as error:
            if error.status not in BUSY:
                raise
            return actions, str(error)
        except Unreachable as error:
            with self._lock:
                self.loaded.doubtful = True  # some may have been taken, and will be so twice
            return actions, str(error)
        again: dict[str, tuple[str, str]] = {}
        reason = ""
        for (key, sent), item in zip(actions.items(), answer["items"], strict=True):
            result: Json = next(iter(item.values()))
            if told := result.get("error"):
                why = f"{told.get('type', '')}: {told.get('reason', '')}"[:300]
                if result["status"] == 409:  # the cluster has a higher version
                    continue
                if _passing(result["status"], told):
                    again[key] = sent
                    reason = why
                else:
                    self._refuse(sent[1], why)
            else:
                with self._lock:
                    self.loaded.net += {"created": 1, "deleted": -1}.get(result["result"], 0)
        return again, reason

    def _refuse(self, content: str, why: str) -> None:
        id = json.loads(content)["id"] if content else "?"
        with self._lock:
            self.loaded.refusals += 1
            if len(self.loaded.refused) < _TOLD:
                self.loaded.refused.append(f"{id}: {why}")


def _passing(status: int, told: Json) -> bool:
    """Tell whether a change may be taken later: a disk that is full (flood stage) may be cleared."""
    return status in BUSY or (status == 403 and told.get("type") == "cluster_block_exception")
