"""What is asked of an engine: a tree of plain data, filters, order and facets.

Terms are already analysed. Nothing here knows an engine, and no engine knows a word of French.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TEXT_FIELDS = (
    "text",
    "exact",
    "title",
    "title_exact",
    "tag_words",
    "person_words",
    "section_words",
    "author_words",
)
"""Fields of terms with positions: stems of everything (title counted several times), the folded
surface forms of the same, stems and forms of the title, then the words of the other fields."""

FACET_FIELDS = ("tag", "person", "section")
"""Fields of whole values, any number an article, that are counted and filtered."""

MONTH = "month"
"""The facet of months, `2018-11`; its value for articles without a date is the empty text."""

DAY = "day"
"""The facet of days, `2018-11-18`, the undated as among the months. Filters by date are those of the months:
days are counted within the period that is asked for."""

CALENDAR = {MONTH: 100, DAY: 1}
"""The facets whose values stand in their own order, all of them whatever the limit, and what the number of a
day is divided by for the number of one: 20181118 // 100 is a month."""


@dataclass(frozen=True, slots=True)
class Term:
    """Match articles that have this term."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Match articles that have a term that begins with this text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Match articles that have a term at most `edits` (1 or 2) changes away.

    A change inserts, drops or replaces a letter, or swaps two neighbours (optimal string alignment).
    """

    field: str
    text: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Match articles that have these terms one after the other."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Match articles of these days, both included; None leaves a side open. Undated ones never match."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Match articles that match every part; none at all where there is no part."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Match articles that match at least `minimum` parts; none at all where there is no part."""

    parts: tuple[Query, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Not:
    """Match every article that does not match the part; adds nothing to the score."""

    part: Query


@dataclass(frozen=True, slots=True)
class Boost:
    """Match the same with the score multiplied."""

    part: Query
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """Match the same, each with this score."""

    part: Query
    score: float


@dataclass(frozen=True, slots=True)
class Favour:
    """Match the same; what matches `bonus` as well has its score added."""

    part: Query
    bonus: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """Match all articles."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Match articles that a filter keeps; adds nothing to the score.

    Unlike a filter of the search it also limits the facet of its own field, and may stand within `Not`.
    """

    filter: Filter


Query = (
    Term | Prefix | Fuzzy | Phrase | Range | And | Or | Not | Boost | Constant | Favour | Everything | Kept
)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Keep articles that have at least one of these values in a facet field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Keep articles that have every one of these values in a facet field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Keep articles of these days, both included; None leaves a side open."""

    first: date | None = None
    last: date | None = None

    @property
    def field(self) -> str:
        """Name the facet that this filter belongs to."""
        return MONTH


@dataclass(frozen=True, slots=True)
class Undated:
    """Keep articles without a date."""

    @property
    def field(self) -> str:
        """Name the facet that this filter belongs to."""
        return MONTH


Filter = OneOf | AllOf | Between | Undated


class Sort(StrEnum):
    """Name the orders; undated articles come last in both orders by date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Facet:
    """Ask for the `limit` most frequent values of a facet field (all where None), and for those in `keep`.

    `within` counts with the filters on the field itself as well: what else the matches have.
    """

    field: str
    limit: int | None = 10
    keep: tuple[str, ...] = ()
    within: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Ask an engine for a page of hits and the facets of all matches.

    Filters on one field are alternatives, those on different fields must all hold; they change no
    score. A facet is counted without the filters on its own field, unless it says otherwise.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[Facet, ...] = ()
