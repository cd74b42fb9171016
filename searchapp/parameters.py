"""The parameters of a URL: the one place that reads them, into a state and what was wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from markupsafe import Markup

from indexer import Period, fold_key, parse_period
from searchapp.catalogues import LANGUAGES
from searchapp.language import PARAMETER, supported
from searchapp.state import SIZE, SORTS, SearchState
from searchapp.typography import number, say

MAX_FILTERS = 20
MAX_VALUE = 200
MAX_WORDS = 2_000
MAX_PAGE = 10_000
MAX_SIZE = 100

NAMES = {
    "q": ("q", "query"),
    "personne": ("personne", "person", "persons"),
    "toutespersonnes": ("toutespersonnes", "all_persons"),
    "tag": ("tag", "tags"),
    "toustags": ("toustags", "all_tags"),
    "section": ("section", "sections"),
    "du": ("du", "from"),
    "au": ("au", "to"),
    "sansdate": ("sansdate", "undated"),
    "tri": ("tri", "sort"),
    "page": ("page",),
    "taille": ("taille", "size"),
    "telquel": ("telquel", "as_typed"),
    "synonymes": ("synonymes", "synonyms"),
    "lang": ("lang",),
}
"""The parameters in the order in which they are written, each with the names under which it is read.

A name that was once written in a URL is never taken out; links and canonical URLs have the first.
"""


YES = ("1", "oui", "yes", "true", "on")
NO = ("0", "non", "no", "false", "off")
"""What a parameter that is a flag may say."""


class Parameters(Protocol):
    """Be the parameters of a request, as Werkzeug's MultiDict holds them."""

    def getlist(self, key: str, /) -> list[str]:
        """Return all values of a parameter."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a parameter that could not be read, its value, and say to the reader what was made of it."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold the state that a URL was read as, and what could not be read in it."""

    state: SearchState
    problems: tuple[Problem, ...] = ()


def read_state(parameters: Parameters, usual: int = SIZE) -> Reading:
    """Read a URL's parameters; never raises, what cannot be read is a problem and stays at its default.

    `usual` is the size of a page where none is named.
    """
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
        size=reader.number("taille", usual, MAX_SIZE),
        as_typed=reader.flag("telquel"),
        synonyms=reader.flag("synonymes", default=True),
        all_tags=reader.flag("toustags") and bool(tags),
        all_persons=reader.flag("toutespersonnes") and bool(persons),
        usual=usual,
    )
    reader.language()
    return Reading(state, tuple(reader.problems))


def read_language(parameters: Parameters) -> tuple[Problem, ...]:
    """Return what was wrong with the language that a URL names, where nothing else is read of it."""
    reader = _Reader(parameters)
    reader.language()
    return tuple(reader.problems)


def too_long(name: str, text: str, most: int) -> Problem:
    """Return the problem of a parameter with more characters than are read."""
    return Problem(name, text[:most], say("{n} signes au plus.", {"n": most}).unescape())


class _Reader:
    """Read parameters one by one and gather the problems."""

    def __init__(self, parameters: Parameters) -> None:
        self.problems: list[Problem] = []
        self._given = {
            name: [
                (alias, text) for alias in aliases for text in map(clean, parameters.getlist(alias)) if text
            ]
            for name, aliases in NAMES.items()
        }
        self._filters = 0

    def words(self) -> str:
        alias, text = self._last("q")
        if len(text) > MAX_WORDS:
            values = {"n": number(MAX_WORDS)}
            message = say("Recherche trop longue, seuls les {n} premiers signes sont lus.", values)
            self._problem(alias, text, message)
            return text[:MAX_WORDS].strip()
        return text

    def values(self, name: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for alias, text in self._given[name]:
            if len(text) > MAX_VALUE:
                self._problem(alias, text, say("Valeur trop longue, ignorée."))
            elif fold_key(text) in found:
                continue
            elif self._filters == MAX_FILTERS:
                values = {"n": number(MAX_FILTERS)}
                message = say("Trop de filtres, seuls les {n} premiers sont appliqués.", values)
                self._problem(alias, text, message)
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
            self._problem(*self._last("du"), say("Période à l’envers, lue dans l’autre sens."))
            return until.first, since.last
        return first, last

    def flag(self, name: str, *, default: bool = False) -> bool:
        alias, text = self._last(name)
        if text.lower() in YES:
            return True
        if text.lower() in NO:
            return False
        if text:
            self._problem(alias, text, say("1 ou 0 est attendu."))
        return default

    def language(self) -> None:
        """Check what `searchapp.language` reads."""
        alias, text = self._last(PARAMETER)
        if text and not supported(text):
            values = {"languages": ", ".join(LANGUAGES)}
            self._problem(alias, text, say("Langue inconnue, ce peut être {languages}.", values))

    def sort(self) -> str:
        alias, text = self._last("tri")
        for sort, name in SORTS.items():
            if text.lower() in {sort, name}:
                return sort
        if text:
            self._problem(alias, text, say("Tri inconnu, ce peut être pertinence, recents ou anciens."))
        return "relevance"

    def number(self, name: str, default: int, highest: int) -> int:
        alias, text = self._last(name)
        if not text:
            return default
        if re.fullmatch("[0-9]{1,9}", text) and 1 <= int(text) <= highest:
            return int(text)
        message = say("Un nombre de 1 à {highest} est attendu.", {"highest": number(highest)})
        self._problem(alias, text, message)
        return default

    def _period(self, name: str) -> Period | None:
        alias, text = self._last(name)
        period = None if ".." in text else parse_period(text)
        if text and period is None:
            self._problem(alias, text, say("Date illisible, écrivez par exemple 18/11/2018."))
        return period

    def _last(self, name: str) -> tuple[str, str]:
        return self._given[name][-1] if self._given[name] else (name, "")

    def _problem(self, parameter: str, value: str, message: Markup) -> None:
        self.problems.append(Problem(parameter, value[:MAX_VALUE], message.unescape()))


def clean(text: str) -> str:
    """Return a value without control characters and outer blanks."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
