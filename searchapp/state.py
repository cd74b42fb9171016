"""The state of a search page and its parameters in a URL: the one place that reads and writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlencode

from indexer import Period, fold_key, parse_period

MAX_FILTERS = 20
MAX_VALUE = 200
MAX_WORDS = 2_000
MAX_PAGE = 10_000
MAX_SIZE = 100
SIZE = 10

FACETS = {"person": "personne", "tag": "tag", "section": "section"}
"""Facets that take several values, and the parameter of each."""

SORTS = {"relevance": "pertinence", "newest": "recents", "oldest": "anciens"}
"""The orders as `Index.search` names them, and as the URL does."""

NAMES = {
    "q": ("q",),
    "personne": ("personne", "person", "persons"),
    "tag": ("tag", "tags"),
    "section": ("section", "sections"),
    "du": ("du", "from"),
    "au": ("au", "to"),
    "sansdate": ("sansdate", "undated"),
    "tri": ("tri", "sort"),
    "page": ("page",),
    "taille": ("taille", "size"),
    "telquel": ("telquel", "as_typed"),
    "synonymes": ("synonymes", "synonyms"),
}
"""The parameters in the order in which they are written, each with the names under which it is read."""


class Parameters(Protocol):
    """Be the parameters of a request, as Werkzeug's MultiDict holds them."""

    def getlist(self, key: str, /) -> list[str]:
        """Return all values of a parameter."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a parameter that could not be read, its value, and say in French what was made of it."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class SearchState:
    """Hold what a URL of the search page says; every link on a page is another state."""

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
        """Tell whether this is the page as it opens, without any parameter."""
        return self == SearchState()

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
        return fold_key(value) in map(fold_key, self.values(facet))

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

    def with_page(self, page: int) -> SearchState:
        """Return the state on another page."""
        return replace(self, page=page)

    def without_filters(self) -> SearchState:
        """Return the state with its words, how they are read, order and size alone."""
        return SearchState(
            words=self.words,
            sort=self.sort,
            size=self.size,
            as_typed=self.as_typed,
            synonyms=self.synonyms,
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters as names and values in their order, those at their default left out."""
        found: list[tuple[str, str]] = []
        if self.words:
            found.append(("q", self.words))
        for facet, name in FACETS.items():
            found.extend((name, value) for value in self.values(facet))
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
        if self.size != SIZE:
            found.append(("taille", str(self.size)))
        if self.as_typed:
            found.append(("telquel", "1"))
        if not self.synonyms:
            found.append(("synonymes", "non"))
        return tuple(found)

    def query(self) -> str:
        """Return the query string without a question mark; the empty text for the page as it opens."""
        return urlencode(self.pairs(), quote_via=quote, safe=":,/'")

    def _with_values(self, facet: str, values: tuple[str, ...]) -> SearchState:
        match facet:
            case "person":
                return replace(self, persons=values, page=1)
            case "tag":
                return replace(self, tags=values, page=1)
            case _:
                return replace(self, sections=values, page=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold the state that a URL was read as, and what could not be read in it."""

    state: SearchState
    problems: tuple[Problem, ...] = ()


def read_state(parameters: Parameters) -> Reading:
    """Read a URL's parameters; never raises, what cannot be read is a problem and stays at its default."""
    reader = _Reader(parameters)
    persons, tags, sections = reader.values("personne"), reader.values("tag"), reader.values("section")
    first, last = reader.period()
    state = SearchState(
        words=reader.words(),
        persons=persons,
        tags=tags,
        sections=sections,
        first=first,
        last=last,
        undated=reader.flag("sansdate"),
        sort=reader.sort(),
        page=reader.number("page", 1, MAX_PAGE),
        size=reader.number("taille", SIZE, MAX_SIZE),
        as_typed=reader.flag("telquel"),
        synonyms=reader.flag("synonymes", default=True),
    )
    return Reading(state, tuple(reader.problems))


class _Reader:
    """Read parameters one by one and gather the problems."""

    def __init__(self, parameters: Parameters) -> None:
        self.problems: list[Problem] = []
        self._given = {
            name: [
                (alias, text) for alias in aliases for text in map(_clean, parameters.getlist(alias)) if text
            ]
            for name, aliases in NAMES.items()
        }
        self._filters = 0

    def words(self) -> str:
        alias, text = self._last("q")
        if len(text) > MAX_WORDS:
            self._problem(
                alias, text, f"Recherche trop longue : seuls les {MAX_WORDS} premiers signes sont lus."
            )
            return text[:MAX_WORDS].strip()
        return text

    def values(self, name: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for alias, text in self._given[name]:
            if len(text) > MAX_VALUE:
                self._problem(alias, text, "Valeur trop longue, ignorée.")
            elif fold_key(text) in found:
                continue
            elif self._filters == MAX_FILTERS:
                self._problem(
                    alias, text, f"Trop de filtres : seuls les {MAX_FILTERS} premiers sont appliqués."
                )
                break
            else:
                found[fold_key(text)] = text
                self._filters += 1
        return tuple(found.values())

    def period(self) -> tuple[date | None, date | None]:
        since, until = self._period("du"), self._period("au")
        first = since.first if since else None
        last = until.last if until else None
        if since and until and first and last and first > last:
            self._problem(*self._last("du"), "Période à l’envers : lue dans l’autre sens.")
            return until.first, since.last
        return first, last

    def flag(self, name: str, *, default: bool = False) -> bool:
        alias, text = self._last(name)
        if text.lower() in {"1", "oui", "yes", "true", "on"}:
            return True
        if text.lower() in {"0", "non", "no", "false", "off"}:
            return False
        if text:
            self._problem(alias, text, "1 ou 0 est attendu.")
        return default

    def sort(self) -> str:
        alias, text = self._last("tri")
        for sort, name in SORTS.items():
            if text.lower() in {sort, name}:
                return sort
        if text:
            self._problem(alias, text, "Tri inconnu : pertinence, recents ou anciens.")
        return "relevance"

    def number(self, name: str, default: int, highest: int) -> int:
        alias, text = self._last(name)
        if not text:
            return default
        if re.fullmatch("[0-9]{1,9}", text) and 1 <= int(text) <= highest:
            return int(text)
        self._problem(alias, text, f"Un nombre de 1 à {highest} est attendu.")
        return default

    def _period(self, name: str) -> Period | None:
        alias, text = self._last(name)
        period = None if ".." in text else parse_period(text)
        if text and period is None:
            self._problem(alias, text, "Date illisible : écrivez par exemple 18/11/2018.")
        return period

    def _last(self, name: str) -> tuple[str, str]:
        return self._given[name][-1] if self._given[name] else (name, "")

    def _problem(self, parameter: str, value: str, message: str) -> None:
        self.problems.append(Problem(parameter, value[:MAX_VALUE], message))


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
