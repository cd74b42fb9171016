"""Facets counted in the cluster, exactly, though each of its shards knows only its own articles.

A first look asks every shard for a few hundred values, which is all that most searches have. Where there are
more, a second one lets each shard send all that it has, so that no value is counted in part. Only the number
of values is an estimate (HyperLogLog++, within a hundredth or so) where there are more than `MOST`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from indexer.engine import FacetCounts, pick_counts
from indexer.query import MONTH, Facet

Json = dict[str, Any]
Ask = Callable[[Json], Json]
"""Send aggregations, with the query that they are for; the answer is theirs."""

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
    counted = {facet: {"values": _terms(facet.field, _first(facet)), **_distinct(facet)} for facet in facets}
    return {facet.field: _filtered(facet, filters, asked) for facet, asked in counted.items()}


def count(facet: Facet, filters: Mapping[str, Json], found: Json, ask: Ask) -> FacetCounts:
    """Return the counts of a facet from the answer to the first look, asking again where that is not all."""
    told = found[facet.field]
    buckets, more = told["values"]["buckets"], told["values"]["sum_other_doc_count"]
    if facet.field == MONTH or not more:
        return pick_counts(facet, _totals(facet, buckets))
    distinct = int(told["distinct"]["value"])
    if facet.limit is None:
        return pick_counts(facet, dict(_all(facet, filters, distinct, ask)))
    return _second_look(facet, facet.limit, filters, distinct, ask)


def _second_look(
    facet: Facet, limit: int, filters: Mapping[str, Json], distinct: int, ask: Ask
) -> FacetCounts:
    asked: Json = {"top": _terms(facet.field, max(limit, 1), _SENT)}
    if distinct <= MOST:
        asked["all"] = _terms(facet.field, distinct + distinct // 10 + 100, _SENT)
        asked["number"] = {"stats_bucket": {"buckets_path": "all>_count"}}
    if facet.keep:
        asked["kept"] = _terms(facet.field, len(facet.keep), include=list(facet.keep))
    found = ask({facet.field: _filtered(facet, filters, asked)})[facet.field]
    totals = _totals(facet, found["top"]["buckets"])
    if facet.keep:
        totals |= _totals(facet, found["kept"]["buckets"])
    picked = pick_counts(facet, totals)
    number = int(found["number"]["count"]) if "number" in found else max(distinct, picked.distinct)
    return FacetCounts(picked.counts, number)


def _all(facet: Facet, filters: Mapping[str, Json], distinct: int, ask: Ask) -> Iterator[tuple[str, int]]:
    """Yield all values with their counts: in one answer, or where there are too many in their own order."""
    if distinct <= MOST:
        asked = {"values": _terms(facet.field, distinct + distinct // 10 + 100, _SENT)}
        found = ask({facet.field: _filtered(facet, filters, asked)})[facet.field]["values"]
        if not found["sum_other_doc_count"]:
            yield from _totals(facet, found["buckets"]).items()
            return
    source = {"sources": [{"value": {"terms": {"field": facet.field}}}], "size": _PAGE}
    after: Json = {}
    while True:
        composite = {"values": {"composite": source | after}}
        found = ask({facet.field: _filtered(facet, filters, composite)})[facet.field]["values"]
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


def number_of_terms(field: str) -> Json:
    """Return the search for about how many terms there are."""
    return {"size": 0, "aggs": {"terms": {"cardinality": {"field": field}}}}


def totals_of(buckets: list[Json]) -> dict[str, int]:
    """Return value → number of articles of what a terms aggregation found."""
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _totals(facet: Facet, buckets: list[Json]) -> dict[str, int]:
    if facet.field == MONTH:
        return {_month(bucket["key"]): bucket["doc_count"] for bucket in buckets}
    return totals_of(buckets)


def _month(number: int) -> str:
    return f"{number // 100:04d}-{number % 100:02d}" if number else ""


def _first(facet: Facet) -> int:
    return MOST if facet.field == MONTH else max(FIRST, facet.limit or 0)


def _terms(field: str, size: int, sent: int = 0, include: list[str] | None = None) -> Json:
    asked: Json = {"field": field, "size": size, "order": _BY_COUNT}
    if sent:
        asked["shard_size"] = max(sent, size)
    if include:
        asked["include"] = include
    return {"terms": asked}


def _distinct(facet: Facet) -> Json:
    if facet.field == MONTH:
        return {}
    return {"distinct": {"cardinality": {"field": facet.field, "precision_threshold": 40_000}}}


def _filtered(facet: Facet, filters: Mapping[str, Json], aggregations: Json) -> Json:
    others = [filter for field, filter in filters.items() if facet.within or field != facet.field]
    held = {"bool": {"filter": others}} if others else {"match_all": {}}
    return {"filter": held, "aggs": aggregations}
