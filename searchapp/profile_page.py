"""The page of a person or a tag: a profile → everything that `profile.html` shows."""

from __future__ import annotations

from indexer import FacetValue, Index, Profile
from searchapp import typography
from searchapp.facets import KINDS, profiled
from searchapp.found import listed
from searchapp.links import Links
from searchapp.pages import ProfilePage
from searchapp.state import SearchState
from searchapp.timeline import month_bars, years_of
from searchapp.years import reach

SPELLINGS = 6


def profile_page(index: Index, profile: Profile, links: Links) -> ProfilePage:
    """Return the page of a profile."""
    zone = index.zone
    state = SearchState().toggled(profile.facet, profile.label)
    months = month_bars(profile.months)
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
        years=years_of(months, state, links),
        newest=tuple(listed(each, links, zone) for each in profile.newest),
        relevant=tuple(listed(each, links, zone) for each in profile.relevant),
        persons=profiled("person", profile.persons, links),
        tags=profiled("tag", _tags(profile), links),
        search=links.search(state),
        feed=links.feed(state),
        canonical=links.canonical_profile(profile.facet, profile.label),
    )


def _tags(profile: Profile) -> tuple[FacetValue, ...]:
    """Return the tags that are no persons of the list beside."""
    persons = {each.label.casefold() for each in profile.persons}
    return tuple(each for each in profile.tags if each.label.casefold() not in persons)
