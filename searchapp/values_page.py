"""All values of a facet, of the archive or under a search → everything that `values.html` shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from markupsafe import Markup

from indexer import FacetValues, Index
from searchapp import typography
from searchapp.browsing import Browsing, pages_around
from searchapp.facets import HEADINGS, SEEKS, modes, profiled, removable
from searchapp.links import Links
from searchapp.pages import ValuesPage
from searchapp.parameters import Problem
from searchapp.parts import Chip, Ref, Value
from searchapp.search import values
from searchapp.state import SearchState
from searchapp.typography import later, later_many, own, say, say_many
from searchapp.understood import understood

SIZE = 60
"""Values on a page."""

LETTERS = 40
"""How many first letters are offered at most."""

PAGES = {"person": "persons", "tag": "tags"}
"""The facets that have a list of their own, and the endpoint of each."""

_TITLES = {"person": later("Toutes les personnes"), "tag": later("Tous les tags")}
_COUNTS = {
    "person": later_many("{n} personne", "{n} personnes"),
    "tag": later_many("{n} tag", "{n} tags"),
    "section": later_many("{n} section", "{n} sections"),
}
_ORDERS = {"count": later("nombre d’articles"), "name": later("nom")}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a URL asks: the search and the page of the list, its order, which values; problems of it."""

    state: SearchState
    browsing: Browsing
    problems: tuple[Problem, ...] = ()


def list_page(index: Index, facet: str, asked: Asked, links: Links) -> ValuesPage:
    """Return the page of all persons or tags, each leading to its own page."""
    name, browsing = PAGES[facet], asked.browsing
    found = _found(index, facet, SearchState(page=asked.state.page), browsing)

    def url(browsing: Browsing, page: int = 1) -> str:
        return links.page(name, browsing.query(page))

    letters = "".join(each for each in index.initials(facet) if each.isalnum())[:LETTERS]
    return ValuesPage(
        title=say(_TITLES[facet]),
        heading=say(_TITLES[facet]),
        scope=say("dans les archives"),
        facet=facet,
        total=say_many(*_COUNTS[facet], found.total),
        articles=Markup(""),
        understood=understood((), asked.problems, SearchState(), links),
        chips=(),
        clear="",
        results="",
        modes=(),
        sorts=_sorts(browsing, url),
        letters=tuple(
            Ref(letter.upper(), url(browsing.beginning(letter)), chosen=browsing.prefix.lower() == letter)
            for letter in letters
        ),
        seek=say(SEEKS[facet]),
        at=links.page(name),
        hidden=(*_kept(browsing), *links.fields()),
        contains=browsing.contains,
        whole=url(Browsing(browsing.sort)) if browsing.narrowed else "",
        values=profiled(facet, found.values, links),
        pager=pages_around(found.page, found.pages, lambda page: url(browsing, page)),
        indexable=not browsing.pairs(),
        canonical=links.canonical_page(name, browsing.query(found.page)),
    )


def values_page(index: Index, facet: str, asked: Asked, links: Links) -> ValuesPage:
    """Return the page of all values under a search, each a link to the same page with or without it."""
    state, browsing = asked.state.with_page(1), asked.browsing
    found = _found(index, facet, asked.state, browsing)

    def url(browsing: Browsing, page: int = 1) -> str:
        return links.values(facet, state, browsing.query(page))

    def here(state: SearchState) -> str:
        return links.values(facet, state, browsing.query())

    scope = say("pour « {words} »", {"words": state.words}) if state.words else Markup("")
    counted = {facet: found.values}
    return ValuesPage(
        title=say("{heading} des résultats", {"heading": say(HEADINGS[facet])}),
        heading=say(HEADINGS[facet]),
        scope=scope,
        facet=facet,
        total=say_many(*_COUNTS[facet], found.total),
        articles=typography.articles(found.articles),
        understood=understood((), asked.problems, state, links) if asked.problems else (),
        chips=tuple(Chip(kind, label, here(rest)) for kind, label, rest in removable(state, counted)),
        clear=here(state.without_filters()),
        results=links.search(state),
        modes=modes(facet, state, here),
        sorts=_sorts(browsing, url),
        letters=(),
        seek=say(SEEKS[facet]),
        at=links.values(facet, SearchState()),
        hidden=(*links.fields(state), *_kept(browsing)),
        contains=browsing.contains,
        whole=url(Browsing(browsing.sort)) if browsing.narrowed else "",
        values=tuple(
            Value(own(each.label), each.count, here(state.toggled(facet, each.value)), chosen=each.selected)
            for each in found.values
        ),
        pager=pages_around(found.page, found.pages, lambda page: url(browsing, page)),
        indexable=False,
        canonical="",
        words=state.words,
    )


def _found(index: Index, facet: str, state: SearchState, browsing: Browsing) -> FacetValues:
    """Return a page of the values; the last one for a page that lies beyond it."""

    def page(state: SearchState) -> FacetValues:
        return values(
            index,
            facet,
            state,
            sort=browsing.sort,
            prefix=browsing.prefix,
            contains=browsing.contains,
            size=SIZE,
        )

    found = page(state)
    return page(replace(state, page=found.pages)) if state.page > found.pages else found


def _sorts(browsing: Browsing, url: Callable[[Browsing], str]) -> tuple[Ref, ...]:
    return tuple(
        Ref(say(label), url(browsing.sorted(sort)), chosen=sort == browsing.sort)
        for sort, label in _ORDERS.items()
    )


def _kept(browsing: Browsing) -> tuple[tuple[str, str], ...]:
    """Return what the form that keeps some values carries along: the order."""
    return Browsing(browsing.sort).pairs()
