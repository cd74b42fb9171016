"""A timeline: months with their counts → bars over whole years, and the years with links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer import FacetValue
from searchapp.date_parts import Bar, Year
from searchapp.links import Links
from searchapp.state import SearchState
from searchapp.typography import month
from searchapp.years import bar_size, of_period


def month_bars(counts: Iterable[FacetValue]) -> dict[str, Bar]:
    """Return all months from January of the first year to December of the last, empty ones too."""
    known = {each.value: each.count for each in counts if each.value and each.count}
    if not known:
        return {}
    most = max(known.values())
    years = range(int(min(known)[:4]), int(max(known)[:4]) + 1)
    values = [f"{year:04}-{place:02}" for year in years for place in range(1, 13)]
    return {value: _bar(value, known.get(value, 0), most) for value in values}


def years_of(months: Mapping[str, Bar], state: SearchState, links: Links) -> tuple[Year, ...]:
    """Return the years of months, each with the URL of a state limited to it."""
    counts: dict[str, list[int]] = {}
    for value, bar in months.items():
        counts.setdefault(value[:4], []).append(bar.count)
    return tuple(
        Year(year, sum(known), links.search(of_period(year, state)), tuple(known))
        for year, known in counts.items()
    )


def _bar(value: str, count: int, most: int) -> Bar:
    label = month(value)
    return Bar(label, label[0].upper(), count, bar_size(count, most), href="")
