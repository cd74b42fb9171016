"""The list of a results page: articles found, the orders, the links to other pages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from indexer import Article, FoundArticle, Results, fold_key
from searchapp.browsing import pages_around
from searchapp.links import Links
from searchapp.parts import Found, Listed, Pager, Ref
from searchapp.state import SearchState
from searchapp.typography import decimal, later, number, own, say
from searchapp.why import whys

DEEPEST = 10_000
"""The last hit that the index pages to."""

PERSONS = 5
TAGS = 6
"""How many persons and tags of an article the list shows; those chosen are shown in any case."""


_key = lru_cache(maxsize=20_000)(fold_key)


def found(hit: FoundArticle, state: SearchState, links: Links, zone: ZoneInfo) -> Found:
    """Return an article of the list, its persons, tags and section as links; who is both is a person."""
    article = hit.article
    persons = _shown("person", article.persons, PERSONS, state)
    named = {_key(person) for person in persons}
    tags = [tag for tag in _shown("tag", article.tags, TAGS, state) if _key(tag) not in named]
    return Found(
        href=links.article(article.id, state),
        title=hit.title,
        plain=article.title,
        snippet=hit.snippet,
        day=day_of(article, zone),
        section=_ref("section", article.section, state, links) if article.section else None,
        source=article.source,
        persons=tuple(_ref("person", value, state, links) for value in persons),
        tags=tuple(_ref("tag", value, state, links) for value in tags),
        language=article.language,
        why=whys(hit.why),
        score=decimal(hit.score) if hit.score else "",
    )


def day_of(article: Article, zone: ZoneInfo) -> date | None:
    """Return the day of publication in a zone: the one in which the index counts days."""
    return article.published.astimezone(zone).date() if article.published else None


def listed(article: Article, links: Links, zone: ZoneInfo, reason: str = "") -> Listed:
    """Return an article of a short list."""
    return Listed(article.title, links.article(article.id), day_of(article, zone), article.section, reason)


def last_page(results: Results) -> int:
    """Return the last page that the index goes to."""
    return min(results.pages, max(1, -(-DEEPEST // results.size)))


def sorts(state: SearchState, results: Results, links: Links) -> tuple[Ref, ...]:
    """Return the orders; by relevance only where there are words to be relevant to."""
    names = {
        "relevance": later("pertinence"),
        "newest": later("plus récents"),
        "oldest": later("plus anciens"),
    }
    if not state.words.strip():
        del names["relevance"]
    chosen = results.sort
    return tuple(
        Ref(say(label), links.search(state.with_sort(sort)), chosen=sort == chosen)
        for sort, label in names.items()
    )


SIZES = (10, 20, 50)
"""How many articles a page may have, for the reader to choose."""


def sizes(state: SearchState, results: Results, links: Links) -> tuple[Ref, ...]:
    """Return how many articles a page may have; none where all are on the smallest."""
    if results.total <= SIZES[0]:
        return ()
    offered = sorted({*SIZES, state.size})
    return tuple(
        Ref(number(size), links.search(state.with_size(size)), chosen=size == state.size) for size in offered
    )


def shown_range(results: Results) -> Markup:
    """Say which of all hits are on the page."""
    if not results.hits:
        return Markup("")
    first = (results.page - 1) * results.size + 1
    last = first + len(results.hits) - 1
    numbers = {"first": number(first), "last": number(last), "total": number(results.total)}
    return say("{first} à {last} sur {total}", numbers)


def pager(state: SearchState, results: Results, links: Links) -> Pager:
    """Return links to the first, the last and the pages around this one."""
    return pages_around(results.page, last_page(results), lambda page: links.paged(state, page))


def _shown(facet: str, values: tuple[str, ...], limit: int, state: SearchState) -> list[str]:
    return [value for place, value in enumerate(values) if place < limit or state.chosen(facet, value)]


def _ref(facet: str, value: str, state: SearchState, links: Links) -> Ref:
    return Ref(own(value), links.toggled(state, facet, value), chosen=state.chosen(facet, value))
