"""A value of a facet in the API: what it is called, its number, and the search with or without it."""

from __future__ import annotations

from indexer import FacetValue
from searchapp.facets import whole_period
from searchapp.links import Links
from searchapp.state import FACETS, SearchState
from searchapp.typography import month, say
from searchapp.years import of_period


def facet_item(facet: str, value: FacetValue, state: SearchState, links: Links) -> dict[str, object]:
    """Return a value; `toggle` is the search with it or, where it is chosen, without it."""
    return {
        "value": value.value,
        "label": value.label if facet in FACETS else _period_label(value.value),
        "count": value.count,
        "selected": value.selected,
        "toggle": links.api_search(_toggled(facet, value.value, state)),
    }


def _period_label(value: str) -> str:
    return month(value) if value else say("sans date").unescape()


def _toggled(facet: str, value: str, state: SearchState) -> SearchState:
    if facet in FACETS:
        return state.toggled(facet, value)
    if not value:
        return state.with_undated(undated=not state.undated)
    if whole_period(state.first, state.last) == value:
        return state.with_period(None, None)
    return of_period(value, state)
