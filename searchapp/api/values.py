"""All values of one facet under a search, in pages, as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer import Index
from searchapp.api.facet_items import facet_item
from searchapp.api.pagination import page_links
from searchapp.browsing import CONTAINS, ORDERS, PREFIX, last_given, unknown_order
from searchapp.links import Links
from searchapp.parameters import MAX_VALUE, NAMES, Parameters, Problem, read_state, too_long
from searchapp.search import values
from searchapp.state import SearchState, query_of

LISTED = ("tag", "person", "section", "date")
"""The facets whose values are listed."""


@dataclass(frozen=True, slots=True)
class ValuesAsked:
    """Hold what a URL asks of a facet: the search, which of its values, their order, page and size.

    `page` and `size` of the state are those of the list of values; an empty order is the facet's own.
    """

    state: SearchState
    sort: str = ""
    prefix: str = ""
    contains: str = ""

    def query(self, page: int) -> str:
        """Return the query string of a page of the same list."""
        own = {PREFIX[0]: self.prefix, CONTAINS[0]: self.contains, "tri": ORDERS.get(self.sort, "")}
        given = ((name, text) for name, text in own.items() if text)
        return query_of((*self.state.with_page(page).pairs(), *given))


@dataclass(frozen=True, slots=True)
class ValuesReading:
    """Hold what was read of a URL, and what could not be."""

    asked: ValuesAsked
    problems: tuple[Problem, ...]


def read_values(parameters: Parameters) -> ValuesReading:
    """Read the parameters of a list of values; never raises."""
    reading = read_state(_WithoutOrder(parameters))
    problems = list(reading.problems)
    asked = ValuesAsked(
        state=reading.state,
        sort=_order(parameters, problems),
        prefix=_text(parameters, PREFIX, problems),
        contains=_text(parameters, CONTAINS, problems),
    )
    return ValuesReading(asked, tuple(problems))


def values_body(index: Index, facet: str, asked: ValuesAsked, links: Links) -> dict[str, object]:
    """Return one page of the values of a facet, each with the search that has it."""
    state = asked.state
    found = values(
        index,
        facet,
        state,
        sort=asked.sort or ("name" if facet == "date" else "count"),
        prefix=asked.prefix,
        contains=asked.contains,
        size=state.size,
    )
    search = replace(state, page=1, size=SearchState().size)
    pages = page_links(state.page, found.pages, lambda page: links.api_values(facet, asked.query(page)))
    return {
        "facet": facet,
        "total": found.total,
        "articles": found.articles,
        "page": found.page,
        "pages": found.pages,
        "size": found.size,
        "sort": found.sort,
        "values": [facet_item(facet, value, search, links) for value in found.values],
        "links": pages | {"search": links.api_search(search), "html": links.search(search)},
        "generation": found.generation,
    }


class _WithoutOrder:
    """Be the same parameters but for the order, which here is that of the values."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters

    def getlist(self, key: str, /) -> list[str]:
        return [] if key in NAMES["tri"] else self._parameters.getlist(key)


def _order(parameters: Parameters, problems: list[Problem]) -> str:
    name, text = last_given(parameters, NAMES["tri"])
    for order, shown in ORDERS.items():
        if text.lower() in {order, shown}:
            return order
    if text:
        problems.append(Problem(name, text[:MAX_VALUE], unknown_order()))
    return ""


def _text(parameters: Parameters, names: tuple[str, ...], problems: list[Problem]) -> str:
    name, text = last_given(parameters, names)
    if len(text) > MAX_VALUE:
        problems.append(too_long(name, text, MAX_VALUE))
    return text[:MAX_VALUE]
