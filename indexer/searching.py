"""Searching: words → what is wanted → a query → an engine's page → results fit to be shown."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from indexer.budget import charging, current_budget
from indexer.engine import Count, Hit, Page
from indexer.errors import OutOfTime
from indexer.explain import Rarity, rarities
from indexer.found import Looked, Looking
from indexer.french import Analyser, fold_key
from indexer.notices import Kind, Notice
from indexer.parser import Parsed, parse
from indexer.query import DAY, MONTH, Between, Facet, Query, Search, Sort
from indexer.ranking import ALL_WORDS, Options, bare_words, compile_query
from indexer.request import MOST_HITS, Request
from indexer.results import FacetValue, FoundArticle, Results
from indexer.snapshot import Snapshot
from indexer.synonyms import Synonyms
from indexer.widening import Widener

ENOUGH = 30
"""Articles with most of the words below which those with fewer are let in: three pages of results, or
one article in fifty where the index has few.

nDCG@10 on PIAF: 0.816; 0.812 at ten, 0.75 where nothing is let in, 0.819 where any word will do.
"""

WIDENING = 0.5
"""The share of the budget that other spellings may use; what is left is for the search itself."""


def run(
    request: Request, snapshot: Snapshot, analyser: Analyser, synonyms: Synonyms | None = None
) -> Results:
    """Answer a request from one generation."""
    request, parsed = wanted(request, snapshot, analyser, synonyms)
    sort = Sort.NEWEST if parsed.wanted is None and request.sort is Sort.RELEVANCE else request.sort
    offset = (request.page - 1) * request.size
    search = Search(
        compile_query(parsed.wanted),
        request.filters,
        sort,
        offset,
        request.size if offset < MOST_HITS else 0,
        request.facets,
    )
    page, query, notices = look(search, parsed, snapshot)
    looking = Looking(parsed.wanted, analyser, _rarity(parsed, page, snapshot))
    days = _days(search, query, page, request, snapshot)
    return Results(
        words=request.words,
        total=page.total,
        hits=tuple(_found(hit, looking) for hit in page.hits),
        facets=_facets(page, request, snapshot),
        values={_NAMES[field]: counts.distinct for field, counts in page.facets.items()},
        days=days,
        notices=(*notices, *cut_short()),
        page=request.page,
        size=request.size,
        sort=sort.value,
        first=request.first,
        last=request.last,
        generation=snapshot.name,
    )


_key = lru_cache(maxsize=20_000)(fold_key)
_NAMES = {"tag": "tag", "person": "person", "section": "section", MONTH: "date"}


def wanted(
    request: Request, snapshot: Snapshot, analyser: Analyser, synonyms: Synonyms | None
) -> tuple[Request, Parsed]:
    """Return a request with the persons that its names stand for, and what its words ask for."""
    used = synonyms if request.synonyms else None
    parsed = widened(parse(request.words, analyser), snapshot, used, spelling=request.spelling)
    return request.with_persons(snapshot.catalogue.main), parsed


def widened(parsed: Parsed, snapshot: Snapshot, synonyms: Synonyms | None, *, spelling: bool) -> Parsed:
    """Return what is wanted with other spellings and synonyms, and what is to be said about them."""
    if parsed.wanted is None:
        return parsed
    named = snapshot.catalogue.named if synonyms else None
    widener = Widener(snapshot.speller() if spelling else None, synonyms, named)
    try:
        with charging() as budget, budget.sharing(WIDENING):
            wanted = widener.widen(parsed.wanted)
    except OutOfTime:
        widener = Widener(None, synonyms)
        wanted = widener.widen(parsed.wanted)
    return Parsed(wanted, (*parsed.notices, *widener.notices))


def look(search: Search, parsed: Parsed, snapshot: Snapshot) -> tuple[Page, Query, tuple[Notice, ...]]:
    """Search for most of the words and, as long as few articles have them, for fewer.

    Articles are few with the filters left out: a value of a facet that is chosen leaves just as many as
    stood beside it. Returns the page, the query that found it, and all that is to be said.
    """
    query = search.query
    if budget := current_budget():
        budget.grant()
    page = first = snapshot.search(search)
    most = bare_words(parsed.wanted) // 2
    enough = max(1, min(ENOUGH, snapshot.manifest.articles // 50))
    try:
        for loosened in range(1, most + 1):
            if page.total >= enough or (search.filters and _total(query, snapshot) >= enough):
                break
            looser = compile_query(parsed.wanted, Options(loosened))
            page, query = snapshot.search(replace(search, query=looser)), looser
    except OutOfTime:
        pass
    relaxed = Notice(Kind.RELAXED, (str(first.total),))
    notices = (relaxed,) if page.total > first.total else ()
    return page, query, (*parsed.notices, *notices)


def _total(query: Query, snapshot: Snapshot) -> int:
    """Return how many articles a query finds without filters."""
    return snapshot.search(Search(query, limit=0)).total


def cut_short() -> tuple[Notice, ...]:
    """Return what is to be said where the budget of this request did not do for everything."""
    budget = current_budget()
    return (Notice(Kind.CUT),) if budget and budget.cut else ()


def _rarity(parsed: Parsed, page: Page, snapshot: Snapshot) -> Rarity:
    try:
        return rarities(parsed.wanted, snapshot.engine, snapshot.manifest.articles) if page.hits else {}
    except OutOfTime:
        return {}


def _found(hit: Hit, looking: Looking) -> FoundArticle:
    score = hit.score - ALL_WORDS if hit.score > ALL_WORDS else hit.score
    return FoundArticle(hit.id, score, Looked(hit.stored, looking))


def _facets(page: Page, request: Request, snapshot: Snapshot) -> dict[str, tuple[FacetValue, ...]]:
    facets = {}
    for field, counts in page.facets.items():
        values = shown_values(field, counts.counts, request, snapshot)
        if request.chosen.get(field):
            values = tuple(sorted(values, key=lambda value: not value.selected))
        facets[_NAMES[field]] = values
    return facets


def shown_values(
    field: str, counts: Iterable[Count], request: Request, snapshot: Snapshot
) -> tuple[FacetValue, ...]:
    """Return the values of a facet with their spelling, in the order of the counts."""
    if field == MONTH:
        return _months(counts, request)
    chosen, known_as = request.chosen[field], snapshot.catalogue.label
    values = []
    for count in counts:
        known = known_as(field, count.value)
        label = known.label if known else chosen.get(count.value, count.value)
        if count.value not in chosen:
            values.append(FacetValue(label, label, count.count))
            continue
        # A person may be chosen by another spelling, which a link must name to take it away again.
        given = chosen[count.value]
        value = label if _key(given) == count.value else given
        values.append(FacetValue(value, label, count.count, selected=True))
    return tuple(values)


def _days(
    search: Search, query: Query, page: Page, request: Request, snapshot: Snapshot
) -> tuple[FacetValue, ...]:
    """Count the days of the month that the period lies in."""
    month = request.month
    if month is None or not request.facet_size:
        return ()
    counted = {each.value: each.count for each in page.facets[MONTH].counts}
    if not counted.get(f"{month:%Y-%m}"):
        return ()
    days = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
    others = tuple(filter for filter in search.filters if filter.field != MONTH)
    filters, facets = (*others, Between(days[0], days[-1])), (Facet(DAY, None),)
    try:
        page = snapshot.search(Search(query, filters, search.sort, 0, 0, facets))
    except OutOfTime:
        return ()
    totals = {count.value: count.count for count in page.facets[DAY].counts}
    first, last = request.first or days[0], request.last or days[-1]
    return tuple(
        FacetValue(value := day.isoformat(), value, totals.get(value, 0), first <= day <= last)
        for day in days
    )


def _months(counts: Iterable[Count], request: Request) -> tuple[FacetValue, ...]:
    """Return the months; one is chosen where the period asked for touches it."""
    if not (request.first or request.last or request.undated):  # most searches, and a hundred months each
        return tuple([FacetValue(month := count.value, month, count.count) for count in counts])
    first = f"{request.first:%Y-%m}" if request.first else ""
    last = f"{request.last:%Y-%m}" if request.last else "9999"
    limited = bool(request.first or request.last)
    return tuple(
        FacetValue(
            count.value,
            count.value,
            count.count,
            (limited and first <= count.value <= last) if count.value else request.undated,
        )
        for count in counts
    )
