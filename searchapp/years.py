"""The date facet: years with bars, the months of one or two of them, a period, the undated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from indexer import FacetValue, Results, parse_period
from searchapp.date_parts import Bar, Calendar, Chart, Dates
from searchapp.facets import whole_period
from searchapp.links import Links
from searchapp.parts import Value
from searchapp.state import SearchState
from searchapp.typography import from_to, long_day, month, month_name, say, say_many, typed_day

YEARS_SHOWN = 12
"""How many years stand in the list; those before are folded away."""

SMALLEST_BAR = 2.5
"""The size of a bar for one article among thousands, so that it can be seen."""


def dates(results: Results, state: SearchState, links: Links) -> Dates:
    """Return the date facet of a search; its counts leave the chosen period out."""
    counts = {value.value: value.count for value in results.facets.get("date", ())}
    undated = counts.pop("", 0)
    by_month = {value: count for value, count in counts.items() if count}
    years = Counter[str]()
    for value, count in by_month.items():
        years[value[:4]] += count
    bars = tuple(_year(year, years, state, links) for year in sorted(years))
    return Dates(
        years=bars[-YEARS_SHOWN:],
        older=bars[:-YEARS_SHOWN],
        charts=_charts(_shown_years(years, state), by_month, state, links),
        calendar=_calendar(results, state, links),
        first=typed_day(state.first),
        last=typed_day(state.last),
        hidden=links.fields(state.with_period(None, None)),
        undated=_undated(undated, state, links),
    )


def reach(months: Iterable[FacetValue]) -> Markup:
    """Say over which months articles reach and how many are undated; the empty text where all are."""
    counts = {value.value: value.count for value in months if value.count}
    undated = counts.pop("", 0)
    if not counts:
        return Markup("")
    first, last = min(counts), max(counts)
    period = say("en {period}", {"period": month(first)}) if first == last else from_to(first, last)
    if not undated:
        return period
    return say_many("{period}, {n} sans date", "{period}, {n} sans date", undated, {"period": period})


def of_period(value: str, state: SearchState) -> SearchState:
    """Return the state limited to a year, `2018`, or a month, `2018-11`."""
    period = parse_period(value)
    assert period
    return state.with_period(period.first, period.last)


def bar_size(count: int, highest: int) -> float:
    """Return the size of a bar, of 100; 0 for no article."""
    return max(SMALLEST_BAR, round(100 * count / highest, 1)) if count else 0


def _year(year: str, years: Counter[str], state: SearchState, links: Links) -> Bar:
    chosen = whole_period(state.first, state.last) == year
    return Bar(
        label=year,
        initial=year,
        count=years[year],
        size=bar_size(years[year], max(years.values())),
        href=_href(year, state, links, chosen),
        chosen=chosen,
    )


def _shown_years(years: Counter[str], state: SearchState) -> list[str]:
    if state.first and state.last and state.first.year == state.last.year:
        chosen = f"{state.first.year:04}"
        return [chosen] if chosen in years else []
    within = [year for year in sorted(years) if _touches(year, state)]
    return [max(within, key=lambda year: (years[year], year))] if within else []


def _touches(year: str, state: SearchState) -> bool:
    after_first = not state.first or int(year) >= state.first.year
    return after_first and (not state.last or int(year) <= state.last.year)


def _charts(years: list[str], months: dict[str, int], state: SearchState, links: Links) -> tuple[Chart, ...]:
    highest = max((count for value, count in months.items() if value[:4] in years), default=1)
    return tuple(
        Chart(year, tuple(_month(year, place, months, highest, state, links) for place in range(1, 13)))
        for year in years
    )


def _month(
    year: str, place: int, months: dict[str, int], highest: int, state: SearchState, links: Links
) -> Bar:
    value = f"{year}-{place:02}"
    count = months.get(value, 0)
    chosen = whole_period(state.first, state.last) == value
    name = month_name(place)
    return Bar(
        label=name,
        initial=name[0].upper(),
        count=count,
        size=bar_size(count, highest),
        href=_href(value, state, links, chosen) if count or chosen else "",
        chosen=chosen,
    )


def _calendar(results: Results, state: SearchState, links: Links) -> Calendar | None:
    """Return the days of the month that the period lies in; one that is chosen leads back to its month."""
    if not results.days:
        return None
    highest = max(day.count for day in results.days)
    month_of = results.days[0].value[:7]
    one = state.first is not None and state.first == state.last
    days = []
    for each in results.days:
        at = date.fromisoformat(each.value)
        chosen = one and state.first == at
        href = _href(month_of if chosen else each.value, state, links)
        days.append(
            Bar(
                label=long_day(at),
                initial=str(at.day),
                count=each.count,
                size=bar_size(each.count, highest),
                href=href if each.count or chosen else "",
                chosen=chosen,
            )
        )
    return Calendar(month(month_of), date.fromisoformat(f"{month_of}-01").weekday(), tuple(days))


def _href(value: str, state: SearchState, links: Links, chosen: bool = False) -> str:
    """Return the URL of a search limited to a year, a month or a day, or no longer so where it is chosen."""
    if chosen:
        return links.search(state.with_period(None, None))
    period = parse_period(value)
    assert period
    assert period.first
    assert period.last
    return links.period(state, period.first, period.last)


def _undated(count: int, state: SearchState, links: Links) -> Value | None:
    if not count and not state.undated:
        return None
    href = links.search(state.with_undated(undated=not state.undated))
    return Value(say("Sans date"), count, href, chosen=state.undated)
