"""The results page: a state and an index → everything that `results.html` shows."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from indexer import Index, Results
from searchapp import typography
from searchapp.display import Display
from searchapp.facets import chips, facets, period_label, whole_period
from searchapp.found import found, last_page, pager, shown_range, sizes, sorts
from searchapp.links import Links
from searchapp.nothing import nothing
from searchapp.pages import ResultsPage
from searchapp.parameters import Problem, Reading
from searchapp.parts import Face
from searchapp.search import Searched, find, unwatched
from searchapp.state import SIZE, SearchState
from searchapp.typography import say, say_many
from searchapp.understood import understood
from searchapp.years import dates, reach


def results_page(
    index: Index,
    reading: Reading,
    links: Links,
    order: tuple[str, ...] = Display().facets,
    searched: Searched = unwatched,
) -> ResultsPage:
    """Search, and return the page; one that lies beyond the last shows the last.

    `order` names the facets that are shown; `searched` is told of the search that is.
    """
    state, problems = reading.state, reading.problems
    results = find(index, state)
    if state.page > last_page(results):
        problems = (*problems, _beyond(state, results))
        state = state.with_page(last_page(results))
        results = find(index, state)
    searched(state, results)
    by_facet = facets(results, state, links)
    zone = index.zone
    return ResultsPage(
        title=_title(state, results),
        words=state.words,
        total=results.total,
        scope=_scope(state),
        period=_period(state, results),
        understood=understood(results.notices, problems, state, links),
        chips=chips(state, results, links),
        clear=links.search(state.without_filters()),
        facets=tuple(by_facet[name] for name in order if name in by_facet),
        dates=dates(results, state, links),
        sorts=sorts(state, results, links),
        range=shown_range(results),
        hits=tuple(found(hit, state, links, zone) for hit in results.hits),
        pager=pager(state, results, links),
        sizes=sizes(state, results, links),
        nothing=None if results.total else nothing(index, state, results, links),
        canonical=links.canonical_search(state),
        faces=_faces(state, links),
        order=order,
    )


def _faces(state: SearchState, links: Links) -> tuple[Face, ...]:
    """Return the other forms of the same search."""
    faces = (
        Face("Atom", "application/atom+xml", links.feed(state.with_page(1))),
        Face("CSV", "text/csv", links.table(state.with_page(1))),
        # The API has a size of its own where none is named.
        Face("JSON", "application/json", links.api_search(replace(state, usual=SIZE))),
    )
    return tuple(face for face in faces if face.href)


def _title(state: SearchState, results: Results) -> str:
    count = typography.articles(results.total)
    return say("{words} : {count}", {"words": state.words, "count": count}) if state.words else count


def _scope(state: SearchState) -> Markup:
    if state.words:
        return say("pour « {words} »", {"words": state.words})
    return say("avec ces filtres") if state.filtered else say("dans les archives")


def _period(state: SearchState, results: Results) -> Markup:
    """Say which days the search was limited to or, where to none, which months it reaches over."""
    if state.first or state.last:
        label = period_label(state)
        whole = whole_period(state.first, state.last)
        return say("en {period}", {"period": label}) if whole else escape(label)
    return reach(results.facets.get("date", ()))


def _beyond(state: SearchState, results: Results) -> Problem:
    last = last_page(results)
    message = say_many("Il n’y a qu’une page.", "La dernière page est la {n}.", last)
    return Problem("page", str(state.page), message.unescape())
