"""A state put to an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer import FacetValues, Index, Results
from searchapp.state import SearchState

FACET_SIZE = 8
"""How many values a facet shows beside those that are chosen."""


Searched = Callable[[SearchState, Results], None]
"""What is told of a search that was made for a reader."""


def unwatched(state: SearchState, results: Results) -> None:
    """Tell nobody."""


def find(index: Index, state: SearchState, facet_size: int = FACET_SIZE) -> Results:
    """Return what an index finds for a state."""
    return index.search(
        state.words,
        tags=state.tags,
        persons=state.persons,
        sections=state.sections,
        first=state.first,
        last=state.last,
        undated=state.undated,
        sort=state.sort,
        page=state.page,
        size=state.size,
        facet_size=facet_size,
        spelling=not state.as_typed,
        synonyms=state.synonyms,
        all_tags=state.all_tags,
        all_persons=state.all_persons,
    )


def values(
    index: Index,
    facet: str,
    state: SearchState,
    *,
    sort: str = "count",
    prefix: str = "",
    contains: str = "",
    size: int,
) -> FacetValues:
    """Return a page of the values that a facet has under a state; the page is that of the state."""
    return index.values(
        facet,
        state.words,
        tags=state.tags,
        persons=state.persons,
        sections=state.sections,
        first=state.first,
        last=state.last,
        undated=state.undated,
        sort=sort,
        prefix=prefix,
        contains=contains,
        page=state.page,
        size=size,
        spelling=not state.as_typed,
        synonyms=state.synonyms,
        all_tags=state.all_tags,
        all_persons=state.all_persons,
    )


def total(index: Index, state: SearchState) -> int:
    """Return how many articles a state finds."""
    return find(index, replace(state, page=1, size=0), facet_size=0).total
