"""Facet counts out of Tantivy's aggregations over the places of values: all of them, and exact."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import takewhile
from typing import Any, TypedDict

from indexer.engine import FacetCounts, date_value, pick_counts
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.query import CALENDAR, DAY, MONTH, Facet

MOST = 60_000
"""Buckets in one answer: Tantivy 0.27 refuses more than 65,000 over all fields of an aggregation."""

_DATES = {MONTH: 1_000_000, DAY: 100_000_000}
"""Lie above all numbers of months and days, 201811 and 20181118."""


class Bucket(TypedDict):
    """Hold the place of a value, or the number of a month, and how many articles have it."""

    key: float
    doc_count: int


Aggregate = Callable[[dict[str, Any]], dict[str, Any]]
"""Answers an aggregation over the articles that match."""


def count_buckets(
    aggregate: Aggregate, values: FacetValues, fields: Collection[str]
) -> dict[str, list[Bucket]]:
    """Return for each facet field all buckets that are not empty, the largest first."""
    if not fields:
        return {}
    spans = {field: _DATES.get(field) or len(values.names(field)) for field in fields}
    size = MOST // len(fields)
    # Segments that gave up only their most frequent values would make the sums too small.
    most = {"size": size, "segment_size": max(size, *spans.values())}
    answer = aggregate({field: {"terms": {"field": field, **most}} for field in fields})
    buckets: dict[str, list[Bucket]] = {field: answer[field]["buckets"] for field in fields}
    full = [field for field in fields if len(buckets[field]) == size]
    return buckets | {field: _in_slices(aggregate, field, spans[field]) for field in full}


def pick_buckets(facet: Facet, values: FacetValues, buckets: list[Bucket]) -> FacetCounts:
    """Return the counts that `facet` asks for; only those that can be among them get their names."""
    if facet.field in CALENDAR:
        dates = {date_value(facet.field, int(each["key"])): each["doc_count"] for each in buckets}
        return pick_counts(facet, dates)
    top = buckets
    if facet.limit is not None and facet.limit < len(buckets):
        least = buckets[max(facet.limit - 1, 0)]["doc_count"]
        top = list(takewhile(lambda bucket: bucket["doc_count"] >= least, buckets))
    if facet.keep:
        kept = set(values.places(facet.field, facet.keep))
        top = top + [bucket for bucket in buckets[len(top) :] if int(bucket["key"]) in kept]
    names = values.names(facet.field)
    counts = pick_counts(facet, {names[int(bucket["key"])]: bucket["doc_count"] for bucket in top})
    return FacetCounts(counts.counts, len(buckets))


def _in_slices(aggregate: Aggregate, field: str, span: int) -> list[Bucket]:
    """Return the buckets of a field that has too many of them for one answer."""
    buckets: list[Bucket] = []
    for first in range(0, span, MOST):
        bounds = {"min": first, "max": first + MOST - 1}
        histogram = {"field": field, "interval": 1, "min_doc_count": 1, "hard_bounds": bounds}
        buckets += aggregate({"slice": {"histogram": histogram}})["slice"]["buckets"]
    return sorted(buckets, key=lambda bucket: -bucket["doc_count"])
