"""The state of a search page and its parameters in a URL: the one place that writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from indexer import fold_key

SIZE = 10

FACETS = {"person": "personne", "tag": "tag", "section": "section"}
"""Facets that take several values, and the parameter of each."""

PERIOD = "date"
"""The facet of days, which has two parameters."""

PAGE = "page"
_FAR = 10**9
"""The number of the page in a URL, and one that no page has."""

SORTS = {"relevance": "pertinence", "newest": "recents", "oldest": "anciens"}
"""The orders as `Index.search` names them, and as the URL does."""

EVERY = {"person": "toutespersonnes", "tag": "toustags"}
"""Facets of which an article can be asked to have all values chosen, and the parameter of each."""

_HOLE = "\0"
"""Stands for a value that is put in later; no parameter that was read holds it."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """Hold what a URL of the search page says; every link on a page is another state.

    `usual` is the size of the pages of the mount, which no URL has to name.
    """

    words: str = ""
    persons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    undated: bool = False
    sort: str = "relevance"
    page: int = 1
    size: int = SIZE
    as_typed: bool = False
    synonyms: bool = True
    all_tags: bool = False
    all_persons: bool = False
    usual: int = SIZE

    @property
    def filtered(self) -> bool:
        """Tell whether anything but the words limits the search."""
        return bool(self.persons or self.tags or self.sections or self.first or self.last or self.undated)

    @property
    def filters(self) -> int:
        """Count the filters, a period as one."""
        values = len(self.persons) + len(self.tags) + len(self.sections)
        return values + bool(self.first or self.last) + self.undated

    @property
    def bare(self) -> bool:
        """Tell whether nothing at all is asked: neither words nor filters, nor another order or page."""
        return self == SearchState(size=self.usual, usual=self.usual)

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet: person, tag or section."""
        match facet:
            case "person":
                return self.persons
            case "tag":
                return self.tags
            case _:
                return self.sections

    def chosen(self, facet: str, value: str) -> bool:
        """Tell whether a value of a facet is chosen, in whatever spelling."""
        values = self.values(facet)
        return bool(values) and fold_key(value) in map(fold_key, values)

    def every(self, facet: str) -> bool:
        """Tell whether all chosen values of a facet must hold, not one of them."""
        return {"person": self.all_persons, "tag": self.all_tags}.get(facet, False)

    def with_every(self, facet: str, *, every: bool) -> SearchState:
        """Return the state that asks for all the chosen values of a facet, or for at least one."""
        if facet == "person":
            return replace(self, all_persons=every, page=1)
        return replace(self, all_tags=every, page=1) if facet == "tag" else self

    def toggled(self, facet: str, value: str) -> SearchState:
        """Return the state with this value chosen, or no longer so."""
        if self.chosen(facet, value):
            return self.without(facet, value)
        return self._with_values(facet, (*self.values(facet), value))

    def without(self, facet: str, value: str = "") -> SearchState:
        """Return the state without this value of a facet, or without any of them."""
        key = fold_key(value)
        kept = tuple(each for each in self.values(facet) if value and fold_key(each) != key)
        return self._with_values(facet, kept)

    def with_words(self, words: str) -> SearchState:
        """Return the state with other words, on its first page."""
        return replace(self, words=words, page=1, as_typed=False)

    def with_spelling(self, *, as_typed: bool) -> SearchState:
        """Return the state with its words as they were typed, or corrected."""
        return replace(self, as_typed=as_typed, page=1)

    def with_synonyms(self, *, synonyms: bool) -> SearchState:
        """Return the state with or without synonyms."""
        return replace(self, synonyms=synonyms, page=1)

    def with_period(self, first: date | None, last: date | None) -> SearchState:
        """Return the state with this period, None where a side is open."""
        return replace(self, first=first, last=last, page=1)

    def with_undated(self, *, undated: bool) -> SearchState:
        """Return the state with or without the articles that have no date."""
        return replace(self, undated=undated, page=1)

    def with_sort(self, sort: str) -> SearchState:
        """Return the state in another order."""
        return replace(self, sort=sort, page=1)

    def with_size(self, size: int) -> SearchState:
        """Return the state with so many articles a page."""
        return replace(self, size=size, page=1)

    def with_page(self, page: int) -> SearchState:
        """Return the state on another page."""
        return replace(self, page=page)

    def with_single(self, place: int) -> SearchState:
        """Return the state with one result alone, that at a place counted from 0."""
        return replace(self, page=place + 1, size=1)

    def without_filters(self) -> SearchState:
        """Return the state with its words, how they are read, order and size alone."""
        return SearchState(
            words=self.words,
            sort=self.sort,
            size=self.size,
            as_typed=self.as_typed,
            synonyms=self.synonyms,
            usual=self.usual,
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters as names and values in their order, those at their default left out."""
        found: list[tuple[str, str]] = []
        if self.words:
            found.append(("q", self.words))
        for facet, name in FACETS.items():
            found.extend((name, value) for value in self.values(facet))
            if self.every(facet) and self.values(facet):
                found.append((EVERY[facet], "1"))
        if self.first:
            found.append(("du", self.first.isoformat()))
        if self.last:
            found.append(("au", self.last.isoformat()))
        if self.undated:
            found.append(("sansdate", "1"))
        if self.sort != "relevance":
            found.append(("tri", SORTS[self.sort]))
        if self.page > 1:
            found.append(("page", str(self.page)))
        if self.size != self.usual:
            found.append(("taille", str(self.size)))
        if self.as_typed:
            found.append(("telquel", "1"))
        if not self.synonyms:
            found.append(("synonymes", "non"))
        return tuple(found)

    def query(self) -> str:
        """Return the query string without a question mark; the empty text where nothing at all is asked."""
        return query_of(self.pairs())

    def around(self, facet: str) -> tuple[str, str]:
        """Return what stands around one more value of a facet, another PERIOD or PAGE, in a query string."""
        if facet == PAGE:
            before, _, after = self.with_page(_FAR).query().partition(page_of(_FAR))
            return before, after
        if facet == PERIOD:
            whole = self.with_period(date.max, date.max).query()
            before, _, after = whole.partition(days_of(date.max, date.max))
            return before, after
        whole = self._with_values(facet, (*self.values(facet), _HOLE)).query()
        before, hole, after = whole.partition(f"{FACETS[facet]}={quoted(_HOLE)}")
        return before + hole.removesuffix(quoted(_HOLE)), after

    def _with_values(self, facet: str, values: tuple[str, ...]) -> SearchState:
        # In full: `replace` takes three times as long, and most links of a page come from here.
        return SearchState(
            self.words,
            values if facet == "person" else self.persons,
            values if facet == "tag" else self.tags,
            values if facet == "section" else self.sections,
            self.first,
            self.last,
            self.undated,
            self.sort,
            1,
            self.size,
            self.as_typed,
            self.synonyms,
            self.all_tags and bool(values if facet == "tag" else self.tags),
            self.all_persons and bool(values if facet == "person" else self.persons),
            self.usual,
        )


def page_of(page: int) -> str:
    """Return the parameter of a page in a query string, which the first one has not."""
    return f"page={page}"


def days_of(first: date, last: date) -> str:
    """Return the parameters of a period in a query string."""
    return f"du={first.isoformat()}&au={last.isoformat()}"


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the query string of parameters, whose names are plain letters."""
    return "&".join([f"{name}={quoted(value)}" for name, value in pairs])


@lru_cache(maxsize=4_096)
def quoted(value: str) -> str:
    """Return a value for a URL; kept, since the words of a search stand in every link of its page."""
    return quote(value, safe=":,/'")
