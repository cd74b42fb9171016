"""Facets of a results page: values with their links, chosen ones on top."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from indexer import FacetValue, Results
from searchapp.links import Links
from searchapp.parts import Chip, Facet, Ref, Value
from searchapp.state import FACETS, SearchState
from searchapp.typography import later, later_many, long_day, month, own, say, say_many

KINDS = {"person": later("Personne"), "tag": later("Tag"), "section": later("Section")}
"""What one value of each facet is called."""

HEADINGS = {"person": later("Personnes"), "tag": later("Tags"), "section": later("Sections")}
"""What each facet is called."""

SEEKS = {
    "person": later("Chercher une personne"),
    "tag": later("Chercher un tag"),
    "section": later("Chercher une section"),
}
"""What the form is called that looks for a value of each."""

_MORE = {
    "person": later_many("Plus de personnes ({n})", "Plus de personnes ({n})"),
    "tag": later_many("Plus de tags ({n})", "Plus de tags ({n})"),
    "section": later_many("Plus de sections ({n})", "Plus de sections ({n})"),
}
_MODES = {
    "person": (later("au moins une"), later("toutes")),
    "tag": (later("au moins un"), later("tous")),
}


def facets(results: Results, state: SearchState, links: Links) -> dict[str, Facet]:
    """Return the facets of persons, tags and sections."""
    return {name: _facet(name, results, state, links) for name in FACETS}


def profiled(facet: str, values: Sequence[FacetValue], links: Links) -> tuple[Value, ...]:
    """Return values of a facet, each leading to the page of that person or tag."""
    return tuple(Value(each.label, each.count, links.profile(facet, each.label)) for each in values)


def chips(state: SearchState, results: Results, links: Links) -> tuple[Chip, ...]:
    """Return every filter that is set, each with the URL without it, named as the index spells it."""
    return tuple(
        Chip(kind, label, links.search(rest)) for kind, label, rest in removable(state, results.facets)
    )


def removable(
    state: SearchState, counted: Mapping[str, Sequence[FacetValue]]
) -> list[tuple[str, str, SearchState]]:
    """Return every filter that is set: its kind, its label, and the state without it."""
    found: list[tuple[str, str, SearchState]] = []
    for facet, kind in KINDS.items():
        for value in state.values(facet):
            rest = state.without(facet, value)
            found.append((say(kind), own(_spelling(facet, value, counted)), rest))
    if state.first or state.last:
        found.append((say("Date"), period_label(state), state.with_period(None, None)))
    if state.undated:
        found.append((say("Date"), say("sans date"), state.with_undated(undated=False)))
    return found


def modes(facet: str, state: SearchState, url: Callable[[SearchState], str]) -> tuple[Ref, ...]:
    """Return the choice between at least one of the chosen values of a facet and all of them."""
    if facet not in _MODES or not state.values(facet):
        return ()
    return tuple(
        Ref(say(label), url(state.with_every(facet, every=every)), chosen=state.every(facet) is every)
        for every, label in zip((False, True), _MODES[facet], strict=True)
    )


def period_label(state: SearchState) -> str:
    """Name the period of a state: 2018, novembre 2018, du … au …, depuis le …, jusqu’au …."""
    if whole := whole_period(state.first, state.last):
        return month(whole)
    if state.first and state.last:
        if state.first == state.last:
            return long_day(state.first)
        return say("du {first} au {last}", {"first": long_day(state.first), "last": long_day(state.last)})
    if state.first:
        return say("depuis le {day}", {"day": long_day(state.first)})
    return say("jusqu’au {day}", {"day": long_day(state.last)}) if state.last else ""


def whole_period(first: date | None, last: date | None) -> str:
    """Name a period that is just one year (`2018`) or one month (`2018-11`); the empty text for others."""
    if first is None or last is None or first.year != last.year or first.day != 1:
        return ""
    if (first.month, last.month, last.day) == (1, 12, 31):
        return f"{first.year:04}"
    if first.month == last.month and last.day == monthrange(last.year, last.month)[1]:
        return f"{first.year:04}-{first.month:02}"
    return ""


def _facet(name: str, results: Results, state: SearchState, links: Links) -> Facet:
    counted = results.facets.get(name, ())
    values = [
        Value(
            label=own(each.label),
            count=each.count,
            href=links.toggled(state, name, each.value) if each.count or each.selected else "",
            chosen=each.selected,
        )
        for each in sorted(counted, key=lambda each: not each.selected)
    ]
    more = max(0, results.values.get(name, 0) - len(values))
    return Facet(
        name=name,
        heading=say(HEADINGS[name]),
        values=tuple(values),
        modes=modes(name, state, links.search),
        more=more,
        all=say_many(*_MORE[name], more),
        every=links.values(name, state.with_page(1)),
        seek=say(SEEKS[name]),
        at=links.values(name, SearchState()),
        hidden=links.fields(state),
    )


def _spelling(facet: str, value: str, counted: Mapping[str, Sequence[FacetValue]]) -> str:
    only = SearchState().toggled(facet, value)
    return next((each.label for each in counted.get(facet, ()) if only.chosen(facet, each.value)), value)
