"""The home page: what the index holds → everything that `home.html` shows."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from indexer import FacetValue, Index, Overview, Results, within_budget
from searchapp.facets import profiled
from searchapp.found import listed
from searchapp.help_page import examples
from searchapp.links import Links
from searchapp.pages import HomePage
from searchapp.parts import Ref, Value
from searchapp.state import SearchState
from searchapp.timeline import month_bars, years_of
from searchapp.typography import articles, long_day, month, say, say_many
from searchapp.years import of_period

NEWEST = 6
MOST = 10
"""How many articles, and how many persons and tags."""

BUSIEST = 3
SHOWN = ("words", "phrase", "prefix", "together", "without")
"""Which kinds of examples stand under the box."""


def home_page(index: Index, title: str, links: Links) -> HomePage:
    """Return the page: one search without words, whose counts are kept, and examples, which are kept too."""
    everything = SearchState()
    with within_budget(None):  # nobody typed anything
        results = index.search(size=NEWEST, facet_size=MOST)
    zone = index.zone
    months = month_bars(results.facets["date"])
    by_kind = {kind: each for kind, each in examples(index, links) if each.href}
    return HomePage(
        title=say("Rechercher dans {title}", {"title": title}),
        total=results.total,
        examples=tuple(by_kind[kind] for kind in SHOWN if kind in by_kind),
        numbers=_numbers(results, index.info()),
        undated=_undated(results, links),
        months=tuple(months.values()),
        years=years_of(months, everything, links),
        busiest=_busiest(results, links),
        newest=tuple(listed(hit.article, links, zone) for hit in results.hits),
        persons=profiled("person", results.facets["person"], links),
        tags=profiled("tag", results.facets["tag"], links),
        all=Ref(say("Tous les articles"), links.search(everything)),
        feed=links.feed(everything),
        canonical=links.canonical_search(),
    )


def _numbers(results: Results, info: Overview) -> Markup:
    """Say how many articles, persons and tags there are, and of which days."""
    counts = {
        "articles": articles(results.total),
        "persons": say_many("{n} personne", "{n} personnes", results.values["person"]),
        "tags": say_many("{n} tag", "{n} tags", results.values["tag"]),
    }
    if not info.first:
        return say("{articles}, {persons} et {tags}.", counts)
    first, last = (long_day(date.fromisoformat(day)) for day in (info.first, info.last))
    if first == last:
        return say("{articles}, {persons} et {tags}, le {day}.", {**counts, "day": first})
    days = {"first": first, "last": last}
    return say("{articles}, {persons} et {tags}, du {first} au {last}.", {**counts, **days})


def _undated(results: Results, links: Links) -> Ref | None:
    count = next((value.count for value in results.facets["date"] if not value.value), 0)
    if not count:
        return None
    text = say_many("{n} article n’a pas de date", "{n} articles n’ont pas de date", count)
    return Ref(text, links.search(SearchState(undated=True)))


def _busiest(results: Results, links: Links) -> tuple[Value, ...]:
    """Return the months with the most articles; none where there are hardly more months than that."""
    dated = [value for value in results.facets["date"] if value.value and value.count]
    if len(dated) <= BUSIEST:
        return ()
    fullest: list[FacetValue] = sorted(dated, key=lambda value: (-value.count, value.value))[:BUSIEST]
    return tuple(
        Value(month(each.value), each.count, links.search(of_period(each.value, SearchState())))
        for each in fullest
    )
