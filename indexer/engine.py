"""The boundary to engines: what one is given, what it answers, what it must be able to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol, overload

from indexer.query import CALENDAR, MONTH, Facet, Search


@dataclass(frozen=True, slots=True)
class JoinedTerms(Sequence[str]):
    """Hold terms as one text with blanks between them: made, sent and written in a tenth of the time."""

    text: str

    def __reduce__(self) -> tuple[type[JoinedTerms], tuple[str]]:
        return JoinedTerms, (self.text,)  # what dataclasses do by themselves is three times slower

    def __len__(self) -> int:
        return len(self.text.split())

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split())

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self.text.split()[at]


def joined(terms: Sequence[str]) -> str:
    """Return terms as one text with blanks between them."""
    return terms.text if isinstance(terms, JoinedTerms) else " ".join(terms)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold an article as an engine takes it.

    `terms`: for each text field its terms in order, none with white space. `values`: for each facet
    field its values. `published`: seconds since 1970 in UTC; `day`: the local day as a number,
    20181118; both None where undated. `stored`: bytes that come back with a hit as they are.
    """

    id: str
    terms: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    published: int | None = None
    day: int | None = None
    stored: bytes = b""


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one article found; `score` is 0 where the order is by date."""

    id: str
    score: float
    stored: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """Hold a value of a facet and the number of articles that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Hold the counts of a facet, most frequent first, then by value; `distinct` counts all values.

    Months and days stand in their own order instead, the undated first.
    """

    counts: tuple[Count, ...] = ()
    distinct: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of hits, the total of matches and the facets of all of them."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Info:
    """Hold what an engine says of itself: its name and version, its articles, its size in bytes."""

    engine: str
    version: str
    articles: int
    bytes: int


class Writer(Protocol):
    """Take articles in; nothing is seen by a search before the writer is left normally."""

    def add(self, entry: Entry) -> None:
        """Add an article; one with the same id, added before, is replaced."""

    def delete(self, id: str) -> None:
        """Drop an article; one that is not there is no error."""


class Engine(Protocol):
    """Search analysed articles. Every engine gives the same matches, totals and facet counts.

    Where an engine cannot answer it raises `EngineError`. Any number of threads may search at once.
    """

    def rebuild(self) -> AbstractContextManager[Writer]:
        """Replace all articles by those written; leaving with an exception changes nothing."""

    def update(self) -> AbstractContextManager[Writer]:
        """Add, replace and delete articles; leaving with an exception changes nothing."""

    def search(self, search: Search) -> Page:
        """Find articles; ties are broken so that paging neither repeats nor loses one."""

    def get(self, id: str) -> Hit | None:
        """Return one article by its id."""

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms of a text field that begin so, the most frequent first, then by term."""

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many articles each term of a text field occurs, 0 included."""

    def info(self) -> Info:
        """Return name, version, number of articles and size."""

    def close(self) -> None:
        """Release files and memory; the engine answers nothing after that."""


def pick_counts(facet: Facet, totals: Mapping[str, int]) -> FacetCounts:
    """Choose and order the counts that `facet` asks for from those of all values."""
    present = {value: count for value, count in totals.items() if count > 0}
    if facet.field in CALENDAR:
        chosen = sorted(present.items())
    else:
        chosen = sorted(present.items(), key=lambda item: (-item[1], item[0]))[: facet.limit]
        listed = {value for value, _ in chosen}
        late = [(value, totals.get(value, 0)) for value in facet.keep if value not in listed]
        chosen += sorted(set(late), key=lambda item: (-item[1], item[0]))
    return FacetCounts(tuple(Count(value, count) for value, count in chosen), len(present))


@lru_cache(maxsize=20_000)  # a search has a hundred months
def date_value(field: str, number: int) -> str:
    """Return the value of a facet of dates for the number of a month or of a day; the empty text for 0."""
    if not number:
        return ""
    if field == MONTH:
        return f"{number // 100:04d}-{number % 100:02d}"
    return f"{number // 10000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"


def day_number(day: date) -> int:
    """Return a day as the number that entries carry: 20181118."""
    return day.year * 10000 + day.month * 100 + day.day
