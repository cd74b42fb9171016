"""The page of a person or a tag: a profile → everything that `profile.html` shows."""

from __future__ import annotations

from indexer import FacetValue, Index, Profile
from searchapp import typography
from searchapp.facets import KINDS
from searchapp.found import listed
from searchapp.links import Links
from searchapp.pages import ProfilePage
from searchapp.parts import Bar, Value, Year
from searchapp.state import SearchState
from searchapp.years import bar_size, of_period, reach

SPELLINGS = 6


def profile_page(index: Index, profile: Profile, links: Links) -> ProfilePage:
    """Return the page of a profile."""
    state = SearchState().toggled(profile.facet, profile.label)
    months = _months(profile.months)
    title = {"label": profile.label, "count": typography.articles(profile.total)}
    return ProfilePage(
        title=typography.say("{label} : {count}", title),
        kind=typography.say(KINDS[profile.facet]),
        facet=profile.facet,
        label=profile.label,
        total=profile.total,
        period=reach(profile.months),
        spellings=", ".join(profile.spellings[:SPELLINGS]),
        months=tuple(months.values()),
        years=_years(months, state, links),
        newest=tuple(listed(each, links, index.zone) for each in profile.newest),
        relevant=tuple(listed(each, links, index.zone) for each in profile.relevant),
        persons=_values("person", profile.persons, links),
        tags=_values("tag", _tags(profile), links),
        search=links.search(state),
        feed=links.feed(state),
        canonical=links.canonical_profile(profile.facet, profile.label),
    )


def _months(counts: tuple[FacetValue, ...]) -> dict[str, Bar]:
    """Return all months from January of the first year to December of the last, empty ones too."""
    known = {each.value: each.count for each in counts if each.value and each.count}
    if not known:
        return {}
    most = max(known.values())
    years = range(int(min(known)[:4]), int(max(known)[:4]) + 1)
    values = [f"{year:04}-{place:02}" for year in years for place in range(1, 13)]
    return {value: _bar(value, known.get(value, 0), most) for value in values}


def _bar(value: str, count: int, most: int) -> Bar:
    label = typography.month(value)
    return Bar(label, label[0].upper(), count, bar_size(count, most), href="")


def _years(months: dict[str, Bar], state: SearchState, links: Links) -> tuple[Year, ...]:
    counts: dict[str, list[int]] = {}
    for value, bar in months.items():
        counts.setdefault(value[:4], []).append(bar.count)
    return tuple(
        Year(year, sum(known), links.search(of_period(year, state)), tuple(known))
        for year, known in counts.items()
    )


def _tags(profile: Profile) -> tuple[FacetValue, ...]:
    """Return the tags that are no persons of the list beside."""
    persons = {each.label.casefold() for each in profile.persons}
    return tuple(each for each in profile.tags if each.label.casefold() not in persons)


def _values(facet: str, values: tuple[FacetValue, ...], links: Links) -> tuple[Value, ...]:
    return tuple(Value(each.label, each.count, links.profile(facet, each.label)) for each in values)
