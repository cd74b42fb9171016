"""A state put to an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer import FacetValues, Index, Kind, Notice, OutOfTime, Results, current_budget
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


def with_cut(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return the notices of a search, and that it was cut short where that happened after it."""
    budget = current_budget()
    said = any(notice.kind is Kind.CUT for notice in notices)
    return (*notices, Notice(Kind.CUT)) if budget and budget.cut and not said else notices


def whole(results: Results) -> Results:
    """Return what was found; raises OutOfTime where it was cut short, for forms that cannot say so."""
    if any(notice.kind is Kind.CUT for notice in results.notices):
        raise OutOfTime("the search was cut short")
    return results


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
