"""Facets counted in the cluster, exactly, though each of its shards knows only its own articles.

A first look asks every shard for a few hundred values, which is all that most searches have. Where there are
more, a second one lets each shard send all that it has, so that no value is counted in part. Only the number
of values is an estimate (HyperLogLog++, within a hundredth or so) where there are more than `MOST`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from indexer.engine import FacetCounts, date_value, pick_counts
from indexer.query import CALENDAR, DAY, Facet

Json = dict[str, Any]
Ask = Callable[[list[Json]], list[Json]]
"""Send several aggregations at once, each with the query that they are for; the answers are theirs."""

UNSENT = "all"
"""The aggregation whose values are only counted: they need not be sent."""

FIRST = 400
"""Values of a facet that are asked for at first."""

MOST = 50_000
"""Values that are taken in one answer; a cluster refuses more than 65,535 (`search.max_buckets`)."""

_SENT = 10_000_000
"""Values that a shard may send to where they are added up: all that it has."""

_PAGE = 10_000
_BY_COUNT = [{"_count": "desc"}, {"_key": "asc"}]

_LONG = 200
"""Letters of a prefix that are looked for as a pattern: a cluster refuses patterns of more than 1,000."""


def first_look(facets: tuple[Facet, ...], filters: Mapping[str, Json]) -> Json:
    """Return the aggregations that count facets, each without the filters on its own field."""
    return {
        facet.field: _filtered(facet, filters, {"values": _terms(facet.field, _first(facet))})
        for facet in facets
    }


def count(
    facets: tuple[Facet, ...], filters: Mapping[str, Json], found: Json, ask: Ask
) -> dict[str, FacetCounts]:
    """Return the counts of facets from the answer to the first look, asking again where that is not all."""
    told = {facet: found[facet.field]["values"] for facet in facets}
    more = [facet for facet in facets if told[facet]["sum_other_doc_count"]]
    counts = {facet.field: pick_counts(facet, _totals(facet, told[facet]["buckets"])) for facet in facets}
    if more:
        answers = ask([{facet.field: _filtered(facet, filters, _second(facet))} for facet in more])
        for facet, answer in zip(more, answers, strict=True):
            counts[facet.field] = _settled(facet, filters, answer[facet.field], ask)
    return counts


def _second(facet: Facet) -> Json:
    everything = _terms(facet.field, MOST, _SENT)
    if facet.limit is None:
        return {"values": everything}
    asked: Json = {
        "top": _terms(facet.field, max(facet.limit, 1), _SENT),
        UNSENT: everything,
        "number": {"stats_bucket": {"buckets_path": f"{UNSENT}>_count"}},
    }
    if facet.keep:
        asked["kept"] = _terms(facet.field, len(facet.keep), include=list(facet.keep))
    return asked


def _settled(facet: Facet, filters: Mapping[str, Json], found: Json, ask: Ask) -> FacetCounts:
    if facet.limit is None:
        if found["values"]["sum_other_doc_count"]:
            return pick_counts(facet, dict(_in_pages(facet, filters, ask)))
        return pick_counts(facet, _totals(facet, found["values"]["buckets"]))
    totals = _totals(facet, found["top"]["buckets"])
    if facet.keep:
        totals |= _totals(facet, found["kept"]["buckets"])
    number = int(found["number"]["count"])
    if found[UNSENT]["sum_other_doc_count"]:
        asked = {"number": {"cardinality": {"field": facet.field, "precision_threshold": 40_000}}}
        answer = ask([{facet.field: _filtered(facet, filters, asked)}])[0]
        number = max(number, int(answer[facet.field]["number"]["value"]))
    return FacetCounts(pick_counts(facet, totals).counts, number)


def _in_pages(facet: Facet, filters: Mapping[str, Json], ask: Ask) -> Iterator[tuple[str, int]]:
    """Yield all values with their counts in their own order, some at a time."""
    source = {"sources": [{"value": {"terms": {"field": facet.field}}}], "size": _PAGE}
    after: Json = {}
    while True:
        asked = {facet.field: _filtered(facet, filters, {"values": {"composite": source | after}})}
        found = ask([asked])[0][facet.field]["values"]
        yield from ((bucket["key"]["value"], bucket["doc_count"]) for bucket in found["buckets"])
        if len(found["buckets"]) < _PAGE:
            return
        after = {"after": found["after_key"]}


def count_none(facet: Facet) -> FacetCounts:
    """Return the counts of a facet where there is no article."""
    return pick_counts(facet, {})


def terms_of(field: str, prefix: str, limit: int) -> Json:
    """Return the search for the most frequent terms that begin so; of a long prefix others come, too."""
    size = limit if len(prefix) <= _LONG else MOST
    asked: Json = {"field": field, "size": max(size, 1), "shard_size": _SENT, "order": _BY_COUNT}
    if prefix:
        asked["include"] = re.sub(r"([^\w])", r"\\\1", prefix[:_LONG]) + ".*"
    held = {"prefix": {field: {"value": prefix}}} if prefix else {"match_all": {}}
    return {"size": 0, "query": held, "aggs": {"terms": {"terms": asked}}}


def part_of_terms(field: str, part: int, parts: int) -> Json:
    """Return the search for all terms of one part of so many."""
    asked: Json = {"field": field, "size": MOST, "shard_size": _SENT, "order": _BY_COUNT}
    asked["include"] = {"partition": part, "num_partitions": parts}
    return {"size": 0, "query": {"match_all": {}}, "aggs": {"terms": {"terms": asked}}}


def counts_of(field: str, terms: list[str]) -> Json:
    """Return the search for the number of articles of each of these terms."""
    asked = _terms(field, len(terms), _SENT, terms)
    return {"size": 0, "query": {"match_all": {}}, "aggs": {"terms": asked}}


def number_of_terms(field: str) -> Json:
    """Return the search for about how many terms there are."""
    return {"size": 0, "aggs": {"terms": {"cardinality": {"field": field}}}}


def totals_of(buckets: list[Json]) -> dict[str, int]:
    """Return value → number of articles of what a terms aggregation found."""
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _totals(facet: Facet, buckets: list[Json]) -> dict[str, int]:
    if facet.field in CALENDAR:
        return {date_value(facet.field, bucket["key"]): bucket["doc_count"] for bucket in buckets}
    return totals_of(buckets)


def _first(facet: Facet) -> int:
    return MOST if facet.field in CALENDAR else max(FIRST, facet.limit or 0)


def _terms(field: str, size: int, sent: int = 0, include: list[str] | None = None) -> Json:
    asked: Json = {"field": field, "size": size, "order": _BY_COUNT}
    if sent:
        asked["shard_size"] = max(sent, size)
    if include:
        asked["include"] = include
    if field == DAY:
        asked["missing"] = 0
    return {"terms": asked}


def _filtered(facet: Facet, filters: Mapping[str, Json], aggregations: Json) -> Json:
    others = [filter for field, filter in filters.items() if facet.within or field != facet.field]
    held = {"bool": {"filter": others}} if others else {"match_all": {}}
    return {"filter": held, "aggs": aggregations}
