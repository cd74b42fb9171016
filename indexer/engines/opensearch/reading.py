"""Reading: what is asked of one index, which never changes, so that much of it can be remembered."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from indexer.engine import Hit, Info, Page
from indexer.engines.opensearch import facets
from indexer.engines.opensearch.connection import TRIES, Connection, Refused, fitting, missing
from indexer.engines.opensearch.indices import Indices
from indexer.engines.opensearch.pointer import Pointer
from indexer.engines.opensearch.translation import ORDERS, alternatives, column, hit_of, key_of, request_of
from indexer.errors import EngineError
from indexer.query import Search, Sort

Json = dict[str, Any]

WINDOW = 10_000
"""Matches that OpenSearch sorts at once (`index.max_result_window`); beyond it is gone through in order."""

_SOURCE = ["id", "stored", "bytes"]
_KEPT_ALIVE = "1m"
_AT_ONCE = 200
_MANY = 2_000
"""Terms from which all that there are are counted once, rather than each by a search of its own."""

_PART = 10_000
_REMEMBERED = 1_200_000
"""Terms whose number of articles is kept: those of the lexicon, 150 MB at most, while it is written."""

_PREFIXES = 5_000


class Reader:
    """Answer from one index of the cluster, or from none."""

    def __init__(self, connection: Connection, pointer: Pointer | None) -> None:
        self.pointer = pointer
        self._connection = connection
        self._index = pointer.index if pointer else ""
        self._known: dict[tuple[str, str], int] = {}
        self._completed: dict[tuple[str, str, int], list[str]] = {}
        self._info: Info | None = None

    def search(self, search: Search) -> Page:
        """Find articles."""
        if not self._index:
            return Page(0, (), {facet.field: facets.count_none(facet) for facet in search.facets})
        filters = alternatives(search.filters)
        body = request_of(search, filters)
        apart = {facet.field for facet in search.facets if not facet.within}
        counted = {field: filter for field, filter in filters.items() if field in apart}
        if search.facets:
            body["aggs"] = facets.first_look(search.facets, counted)
        at_once = search.offset + search.limit <= WINDOW
        if at_once:
            body |= {"size": search.limit, "from": search.offset} | self._sorted(search)
        found = self._ask(search, body)
        total: int = found["hits"]["total"]["value"]
        if at_once:
            hits = tuple(_hit(row, search) for row in found["hits"]["hits"])
        elif search.offset < total and search.limit:
            hits = tuple(islice(self._deep(search, body), search.limit))
        else:
            hits = ()

        def again(aggregations: list[Json]) -> list[Json]:
            bodies = [{"query": body["query"], "size": 0, "aggs": each} for each in aggregations]
            unsent = f"-responses.aggregations.*.{facets.UNSENT}.buckets"
            answers = self._connection.search_many(self._index, bodies, filter_path=unsent)
            return [answer["aggregations"] for answer in answers]

        counts = facets.count(search.facets, counted, found.get("aggregations", {}), again)
        return Page(total, hits, counts)

    def get(self, id: str) -> Hit | None:
        """Return one article."""
        if not self._index:
            return None
        try:
            found = self._connection.ask(
                "GET",
                f"/{self._index}/_doc/{key_of(id)}",
                seconds=self._connection.address.timeout,
                tries=TRIES,
                realtime="false",
                _source_includes=",".join(_SOURCE),
            )
        except Refused as error:
            if missing(error):
                return None
            raise fitting(error, self._connection.address) from error
        return hit_of(found["_source"])

    def complete(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return terms that begin so, and remember how many articles have them."""
        asked = (field, prefix, limit)
        if not self._index:
            column(field)
            return []
        if asked not in self._completed:
            counts = self._terms(column(field), prefix, limit)
            if len(self._completed) >= _PREFIXES:
                self._completed.clear()
            self._remember({(field, term): number for term, number in counts})
            self._completed[asked] = [term for term, _ in counts]
        return list(self._completed[asked])

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term occurs."""
        column(field)
        if not self._index:
            return dict.fromkeys(terms, 0)
        unknown = [term for term in dict.fromkeys(terms) if (field, term) not in self._known]
        found: dict[str, int] = {}
        if len(unknown) > _MANY:
            for first in range(0, len(unknown), _PART):
                part = unknown[first : first + _PART]
                body = facets.counts_of(column(field), part)
                told = self._connection.search(self._index, body)["aggregations"]["terms"]
                found |= dict.fromkeys(part, 0) | facets.totals_of(told["buckets"])
            unknown = []
        for first in range(0, len(unknown), _AT_ONCE):
            part = unknown[first : first + _AT_ONCE]
            bodies = [
                {"size": 0, "track_total_hits": True, "query": {"term": {field: {"value": term}}}}
                for term in part
            ]
            answers = self._connection.search_many(self._index, bodies)
            found |= {term: told["hits"]["total"]["value"] for term, told in zip(part, answers, strict=True)}
        known = self._known
        counts = {term: found[term] if term in found else known[field, term] for term in terms}
        self._remember({(field, term): number for term, number in found.items()})
        return counts

    def info(self) -> Info:
        """Return name, version, number of articles and size."""
        if self._info is None:
            version = self._connection.version
            indices = Indices(self._connection)
            sizes = (indices.count(self._index), indices.size(self._index)) if self._index else (0, 0)
            self._info = Info("opensearch", version, *sizes)
        return self._info

    def _remember(self, counts: dict[tuple[str, str], int]) -> None:
        if len(self._known) + len(counts) > _REMEMBERED:
            self._known = {}
        self._known |= counts

    def _ask(self, search: Search, body: Json) -> Json:
        more: dict[str, str | int] = {}
        if search.sort is Sort.RELEVANCE:
            # The weight of a word is that in the whole index, whichever shard an article lies in. All copies
            # of a shard give the same: their files are copied when the index is complete.
            more["search_type"] = "dfs_query_then_fetch"
        return self._connection.search(self._index, body, **more)

    def _sorted(self, search: Search) -> Json:
        scored = search.sort is Sort.RELEVANCE
        return {"sort": ORDERS[search.sort], "track_scores": scored, "_source": _SOURCE}

    def _deep(self, search: Search, body: Json) -> Iterator[Hit]:
        """Yield the hits from the offset on, far down: those before are passed without their texts."""
        connection = self._connection
        opened = connection.ask(
            "POST",
            f"/{self._index}/_search/point_in_time",
            seconds=connection.address.timeout,
            tries=TRIES,
            keep_alive=_KEPT_ALIVE,
            allow_partial_pit_creation="false",
        )
        pit = opened["pit_id"]
        asked = {key: value for key, value in body.items() if key in ("query", "post_filter")}
        asked |= self._sorted(search) | {"pit": {"id": pit, "keep_alive": _KEPT_ALIVE}}
        asked["track_total_hits"] = False
        more = {"search_type": "dfs_query_then_fetch"} if search.sort is Sort.RELEVANCE else {}
        skipped = given = 0
        after: Json = {}
        try:
            while given < search.limit:
                skipping = skipped < search.offset
                left = search.offset - skipped if skipping else search.limit - given
                size = min(left, WINDOW if skipping else 1_000)
                part = asked | after | {"size": size, "_source": False if skipping else _SOURCE}
                rows = connection.search("", part, **more)["hits"]["hits"]
                if skipping:
                    skipped += len(rows)
                else:
                    given += len(rows)
                    yield from (_hit(row, search) for row in rows)
                if len(rows) < size:
                    return
                after = {"search_after": rows[-1]["sort"]}
        finally:
            connection.ask("DELETE", "/_search/point_in_time", {"pit_id": [pit]}, tries=TRIES)

    def _terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent terms that begin so, with their number of articles."""

        def ask(body: Json) -> Json:
            told: Json = self._connection.search(self._index, body)["aggregations"]["terms"]
            return told

        found: list[tuple[str, int]] = []
        if limit <= facets.MOST:
            found += facets.totals_of(ask(facets.terms_of(field, prefix, limit))["buckets"]).items()
        else:
            parts = 1 + ask(facets.number_of_terms(field))["value"] // (facets.MOST // 2)
            for part in range(parts):
                told = ask(facets.part_of_terms(field, part, parts))
                if told["sum_other_doc_count"]:
                    raise EngineError(f"{self._index} has more terms in {field} than were expected")
                found += facets.totals_of(told["buckets"]).items()
        begun = ((term, number) for term, number in found if term.startswith(prefix))
        return heapq.nsmallest(limit, begun, key=lambda pair: (-pair[1], pair[0]))


def _hit(row: Json, search: Search) -> Hit:
    return hit_of(row["_source"], row["_score"] if search.sort is Sort.RELEVANCE else 0.0)
