"""The values of one facet under a search: all of them, in pages, by their count or by their name."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from indexer.engine import Count
from indexer.french import Analyser, fold_key
from indexer.query import FACET_FIELDS, MONTH, Search
from indexer.ranking import compile_query
from indexer.request import Request
from indexer.results import FacetValues
from indexer.searching import look, shown_values, wanted
from indexer.snapshot import Snapshot
from indexer.synonyms import Synonyms

_FIELDS = {**{name: name for name in FACET_FIELDS}, "date": MONTH}


class ValueSort(StrEnum):
    """Name the orders of values: the most frequent first, or by name as a French index has them."""

    COUNT = "count"
    NAME = "name"


def list_values(
    facet: str,
    request: Request,
    snapshot: Snapshot,
    analyser: Analyser,
    synonyms: Synonyms | None,
    *,
    sort: str,
    prefix: str,
    contains: str,
) -> FacetValues:
    """Return one page of the values of a facet; `page` and `size` of the request are those of the values.

    Raises ValueError for an unknown facet or order.
    """
    if facet not in _FIELDS:
        raise ValueError(f"{facet!r} is no facet: {', '.join(_FIELDS)}")
    order = ValueSort(sort)
    request, parsed = wanted(request, snapshot, analyser, synonyms)
    field = _FIELDS[facet]
    counted = (request.facet(field, None),)
    search = Search(compile_query(parsed.wanted), request.filters, limit=0, facets=counted)
    page, _, _ = look(search, parsed, snapshot)
    # The key of a value is its label folded; that of a month is the month.
    folded = str.strip if field == MONTH else fold_key
    counts = _ordered(_matching(page.facets[field].counts, folded(prefix), folded(contains)), order)
    first = (request.page - 1) * request.size
    return FacetValues(
        facet=facet,
        total=len(counts),
        values=shown_values(field, counts[first : first + request.size], request, snapshot),
        articles=page.total,
        page=request.page,
        size=request.size,
        sort=order.value,
        generation=snapshot.name,
    )


def _matching(counts: Iterable[Count], prefix: str, contains: str) -> list[Count]:
    """Return the counts whose key begins so and has that in it."""
    return [each for each in counts if each.value.startswith(prefix) and contains in each.value]


def _ordered(counts: list[Count], sort: ValueSort) -> list[Count]:
    match sort:
        case ValueSort.COUNT:
            return sorted(counts, key=lambda each: (-each.count, each.value))
        case ValueSort.NAME:
            return sorted(counts, key=lambda each: each.value)
