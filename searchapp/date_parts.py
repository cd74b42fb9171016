"""The parts of pages that show time: bars, months, days, the date facet."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.parts import Value


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a year or a month with its bar: `size` of 100, `offset` what is left above it."""

    label: str
    initial: str
    count: int
    size: float
    href: str
    chosen: bool = False

    @property
    def offset(self) -> float:
        """Return where the bar of a month begins, from above."""
        return round(100 - self.size, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the twelve months of a year."""

    year: str
    months: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hold the days of a month as a calendar has them: `blank` places are empty before the first."""

    label: str
    blank: int
    days: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Hold the date facet: years (those long past apart), months, the period as typed, the undated.

    `calendar` has the days of the month that the period lies in, None where it lies in none.
    """

    years: tuple[Bar, ...]
    older: tuple[Bar, ...]
    charts: tuple[Chart, ...]
    calendar: Calendar | None
    first: str
    last: str
    hidden: tuple[tuple[str, str], ...]
    undated: Value | None


@dataclass(frozen=True, slots=True)
class Year:
    """Hold a year: its number of articles, the URL that searches it, the numbers of its twelve months."""

    label: str
    count: int
    href: str
    months: tuple[int, ...]
