"""A build that several machines share: one new index, and beside it what the articles' entries do not say.

The first machine makes both and writes down how the index is built; the others join. Each sends its share as
often as it likes: of two articles with one id that of the lower share counts, whoever comes first.
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
_SHARE = 10**12
_PARTS: Json = {
    "dynamic": "strict",
    "properties": {
        "share": {"type": "integer"},
        "number": {"type": "long"},
        "rows": {"type": "long", "index": False},
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
        """Yield what was said of each article and broken file, share by share, in the order of reading."""
        done = self._done()
        body: Json = {
            "size": _PAGE,
            "sort": ["share", "number"],
            "query": {"bool": {"must_not": [{"term": {"number": 0}}]}},
        }
        while True:
            found = self._connection.search(self._draft().parts, body)["hits"]["hits"]
            for row in (hit["_source"] for hit in found):
                if row["number"] <= done[row["share"]]:  # else left over from a longer try
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
        """Return share → number of its rows, of those that were sent to the end."""
        body = {"size": 10_000, "query": {"term": {"number": 0}}}
        found = self._connection.search(self._draft().parts, body)["hits"]["hits"]
        return {hit["_source"]["share"]: hit["_source"]["rows"] for hit in found}


class ShareWriter:
    """Take the articles of one share, and what else there is to say of them."""

    def __init__(self, articles: Loader, parts: Loader, share: int) -> None:
        self._articles = articles
        self._parts = parts
        self._share = share
        self._number = 0

    def take(self, row: Json, entry: Entry | None = None) -> None:
        """Send a row, and the entry of its article where it is one."""
        self._number += 1
        if entry:
            key, document = documented(entry)
            self._articles.put(key, document, _MOST - (self._share * _SHARE + self._number))
        self._parts.put(f"{self._share}-{self._number}", self._part(self._number, row=row))

    def close(self) -> None:
        """Wait until all is taken, and say that the share is done."""
        self._articles.close()
        self._parts.put(f"{self._share}-0", self._part(0, rows=self._number))
        self._parts.close()

    def abandon(self) -> None:
        """Send nothing more; another try sends it all again."""
        self._articles.abandon()
        self._parts.abandon()

    def _part(self, number: int, *, row: Json | None = None, rows: int | None = None) -> Json:
        said = {"row": row} if rows is None else {"rows": rows}
        return {"share": self._share, "number": number, **said}


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
