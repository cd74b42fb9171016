"""The page of a person or a tag: a profile → everything that `profile.html` shows."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from markupsafe import Markup

from indexer import Article, FacetValue, Index, Profile
from searchapp import typography
from searchapp.found import day_of
from searchapp.links import Links
from searchapp.pages import Listed, Month, ProfilePage, Value, Year
from searchapp.periods import month_after, year_period
from searchapp.state import SearchState

SPELLINGS = 6
_KINDS = {"person": "Personne", "tag": "Tag"}


def profile_page(index: Index, profile: Profile, links: Links) -> ProfilePage:
    """Return the page of a profile."""
    state = SearchState().toggled(profile.facet, profile.label)
    months = _months(profile.months)
    return ProfilePage(
        title=f"{profile.label}{typography.FIXED}: {typography.articles(profile.total)}",
        kind=_KINDS[profile.facet],
        label=profile.label,
        total=profile.total,
        period=_period(profile),
        spellings=", ".join(profile.spellings[:SPELLINGS]),
        months=months,
        years=_years(months, state, links),
        newest=_listed(profile.newest, links, index.zone),
        relevant=_listed(profile.relevant, links, index.zone),
        persons=_values("person", profile.persons, links),
        tags=_values("tag", _tags(profile), links),
        search=links.search(state),
        feed=links.feed(state),
        canonical=links.canonical_profile(profile.facet, profile.label),
    )


def _period(profile: Profile) -> Markup:
    dated = sorted(each.value for each in profile.months if each.value and each.count)
    undated = sum(each.count for each in profile.months if not each.value)
    if not dated:
        return Markup("")
    first, last = typography.month(dated[0]), typography.month(dated[-1])
    period = f"en {first}" if first == last else f"{typography.of(first)} à {last}"
    return typography.say(f"{period}, {typography.number(undated)} sans date" if undated else period)


def _months(counts: tuple[FacetValue, ...]) -> tuple[Month, ...]:
    """Return all months from January of the first year to December of the last, empty ones too."""
    known = {each.value: each.count for each in counts if each.value and each.count}
    if not known:
        return ()
    most = max(known.values())
    month, last = f"{min(known)[:4]}-01", f"{max(known)[:4]}-12"
    months = []
    while month <= last:
        count = known.get(month, 0)
        months.append(Month(month, typography.month(month), count, round(100 * count / most, 1)))
        month = month_after(month)
    return tuple(months)


def _years(months: tuple[Month, ...], state: SearchState, links: Links) -> tuple[Year, ...]:
    totals: Counter[str] = Counter()
    counts: dict[str, list[int]] = {}
    for month in months:
        totals[month.value[:4]] += month.count
        counts.setdefault(month.value[:4], []).append(month.count)
    return tuple(
        Year(year, totals[year], links.search(state.with_period(*year_period(year))), tuple(counts[year]))
        for year in counts
    )


def _tags(profile: Profile) -> tuple[FacetValue, ...]:
    """Return the tags that are no persons of the list beside."""
    persons = {each.label.casefold() for each in profile.persons}
    return tuple(each for each in profile.tags if each.label.casefold() not in persons)


def _values(facet: str, values: tuple[FacetValue, ...], links: Links) -> tuple[Value, ...]:
    return tuple(Value(each.label, each.count, links.profile(facet, each.label)) for each in values)


def _listed(articles: tuple[Article, ...], links: Links, zone: ZoneInfo) -> tuple[Listed, ...]:
    return tuple(
        Listed(each.title, links.article(each.id), day_of(each, zone), each.section) for each in articles
    )
