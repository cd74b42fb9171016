"""A build that several machines share: one new index, and beside it what the articles' entries do not say.

The first machine makes both and writes down how the index is built; the others join. Each sends its share as
often as it likes: of two articles with one id the one that stands first in the corpus counts, whoever sends
it first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.engine import Entry, Hit
from indexer.engines.opensearch.address import Address
from indexer.engines.opensearch.connection import TRIES, Connection, Refused
from indexer.engines.opensearch.indices import Indices
from indexer.engines.opensearch.loading import Loader
from indexer.engines.opensearch.lock import INDEX, make_index
from indexer.engines.opensearch.pointer import Pointer
from indexer.engines.opensearch.reading import Reader
from indexer.engines.opensearch.writer import documented
from indexer.errors import IndexMissing

Json = dict[str, Any]

_PAGE = 1_000
_MOST = 2**62
_BATCH = 10**7
"""Beyond the number of articles that a batch has: a place is the batch times this, and the article in it."""

_PARTS: Json = {
    "dynamic": "strict",
    "properties": {
        "share": {"type": "integer"},
        "place": {"type": "long"},
        "ends": {"type": "boolean"},
        "done": {"type": "boolean"},
        "row": {"type": "object", "enabled": False},
    },
}


@dataclass(frozen=True, slots=True)
class _Draft:
    index: str
    parts: str
    plan: Json


class SharedBuild:
    """Be one of those who build an index together."""

    def __init__(self, address: str) -> None:
        self._connection = Connection(Address.parse(address))
        self._connection.version  # noqa: B018  # raises where the cluster is none that is known
        self._indices = Indices(self._connection)
        self._key = f"{self._connection.address.prefix}.build"
        self._reader: Reader | None = None

    def join(self, plan: Json) -> Json:
        """Begin the build with this plan, or return the plan of the one that has begun."""
        make_index(self._connection)
        if draft := draft_of(self._connection):
            return draft.plan
        index, parts = self._indices.new_name(), self._indices.new_name()
        self._indices.create(index)
        self._indices.create(parts, _PARTS)
        row = {"index": index, "parts": parts, "plan": plan}
        try:
            self._connection.ask("PUT", f"/{INDEX}/_create/{self._key}", row)
        except Refused as error:
            self._indices.drop(index, parts)
            if error.status != 409:
                raise
        return self._draft().plan

    def plan(self) -> Json:
        """Return the plan of the build; raise IndexMissing where none has begun."""
        return self._draft().plan

    @contextmanager
    def writing(self, share: int) -> Iterator[ShareWriter]:
        """Send a share; it is done when the context is left without an exception."""
        draft = self._draft()
        writer = ShareWriter(
            Loader(self._connection, draft.index), Loader(self._connection, draft.parts), share
        )
        try:
            yield writer
            writer.close()
        except BaseException:
            writer.abandon()
            raise

    def undone(self, shares: int) -> list[int]:
        """Return the shares that nobody has sent to the end."""
        draft = self._draft()
        self._connection.ask("POST", f"/{draft.parts}/_refresh", tries=TRIES)
        return sorted(set(range(1, shares + 1)) - self._done().keys())

    def rows(self) -> Iterator[Json]:
        """Yield what was said of each article and broken file, in the order of the corpus."""
        last, ended = self._done(), -1
        body: Json = {
            "size": _PAGE,
            "sort": ["place"],
            "query": {"bool": {"must_not": [{"term": {"done": True}}]}},
        }
        while True:
            found = self._connection.search(self._draft().parts, body)["hits"]["hits"]
            for row in (hit["_source"] for hit in found):
                batch = row["place"] // _BATCH
                if batch == ended or row["place"] > last[row["share"]]:
                    continue  # left over from another try, which had more of them
                if row.get("ends"):
                    ended = batch
                if row.get("row"):
                    yield row["row"]
            if len(found) < _PAGE:
                return
            body["search_after"] = found[-1]["sort"]

    def adopt(self, directory: Path) -> None:
        """Let the folder of an engine have the new index, with all that was sent."""
        index = self._draft().index
        pointer = Pointer(index, self._indices.complete(index))
        pointer.save(directory)
        self._reader = Reader(self._connection, pointer)

    def get(self, id: str) -> Hit | None:
        """Return an article of the index that was adopted."""
        assert self._reader is not None
        return self._reader.get(id)

    def drop(self) -> None:
        """Forget the build: it is finished, or given up."""
        self._draft()
        self._connection.ask("DELETE", f"/{INDEX}/_doc/{self._key}", tries=TRIES)
        self._indices.clear()

    def close(self) -> None:
        """Let go of the connections."""
        self._connection.close()

    def _draft(self) -> _Draft:
        draft = draft_of(self._connection)
        if draft is None:
            raise IndexMissing(
                f"{self._connection.address}: nobody has begun a shared build. Run: index rebuild --shard 1/N"
            )
        return draft

    def _done(self) -> dict[int, int]:
        """Return share → its last place, of those that were sent to the end."""
        body = {"size": 10_000, "query": {"term": {"done": True}}}
        found = self._connection.search(self._draft().parts, body)["hits"]["hits"]
        return {hit["_source"]["share"]: hit["_source"]["place"] for hit in found}


class ShareWriter:
    """Take the articles of one share, and what else there is to say of them."""

    def __init__(self, articles: Loader, parts: Loader, share: int) -> None:
        self._articles = articles
        self._parts = parts
        self._share = share
        self._place = -1
        self._row: Json | None = None

    def begin(self, batch: int) -> None:
        """Say which batch of the corpus comes now, counted from 0."""
        self._end()
        self._place = batch * _BATCH

    def take(self, row: Json, entry: Entry | None = None) -> None:
        """Send a row, and the entry of its article where it is one."""
        if self._row:
            self._send(str(self._place), row=self._row)
        self._place += 1
        self._row = row
        if entry:
            key, document = documented(entry)
            self._articles.put(key, document, _MOST - self._place)

    def close(self) -> None:
        """Wait until all is taken, and say that the share is done."""
        self._end()
        self._articles.close()
        self._send(f"done-{self._share}", done=True)
        self._parts.close()

    def abandon(self) -> None:
        """Send nothing more; another try sends it all again."""
        self._articles.abandon()
        self._parts.abandon()

    def _end(self) -> None:
        """Send the last row of a batch, which says that it is; a batch without any has an empty one."""
        if self._place < 0:
            return
        if self._row is None:
            self._place += 1
        self._send(str(self._place), ends=True, row=self._row)
        self._row = None

    def _send(self, key: str, **said: Any) -> None:
        self._parts.put(key, {"share": self._share, "place": self._place, **said})


def draft_of(connection: Connection) -> _Draft | None:
    """Return the build that a prefix has begun; None where there is none."""
    try:
        found = connection.ask("GET", f"/{INDEX}/_doc/{connection.address.prefix}.build", tries=TRIES)
    except Refused as error:
        if error.status != 404:
            raise
        return None
    row = found["_source"]
    return _Draft(row["index"], row["parts"], row["plan"])


def open_shared(address: str) -> SharedBuild:
    """Open the shared build of an address."""
    return SharedBuild(address)
