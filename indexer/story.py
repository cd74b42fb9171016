"""The story that an article is part of: the articles on the same event, in the order of their dates."""

from __future__ import annotations

from datetime import timedelta

from indexer.article import Article
from indexer.french import Analyser
from indexer.key_terms import likeness, shared_terms
from indexer.near_copies import NearCopies
from indexer.related import Neighbours
from indexer.results import Chapter

SAME_EVENT = 0.5
"""The part of the key terms of an article, by weight, that another of the same story has. Of thirty known
events of a news corpus 0.5 gave thirteen stories, twelve without a stray article; 0.45 seventeen and
fourteen."""

PAUSE = timedelta(days=30)
"""The longest time between two articles of one story that follow one another."""

LEAST = 4

_PATIENCE = 15
"""How many articles in a row may have too little before the search ends: analysing all sixty takes three
times as long."""


def find_story(near: Neighbours, analyser: Analyser, limit: int) -> tuple[Chapter, ...]:
    """Return the articles on the same event in the order of their dates, this one marked; none under four.

    The rule: an article is of the story where it has half of this one's key terms, counted by
    weight (names, places and rare words weigh most), and where no thirty days pass without one between it
    and this one. Near copies are left out, as is all that has no date. Of more than `limit` those most
    alike are kept.
    """
    article = near.article
    if article.published is None or not near.candidates:
        return ()
    alike = _alike(near, analyser)
    unbroken = {each.id for each in _unbroken(article, [article, *alike])}
    kept = [article, *(each for each in alike if each.id in unbroken)][: max(limit, 0)]
    if len(kept) < LEAST:
        return ()
    return tuple(Chapter(each, each.id == article.id) for each in sorted(kept, key=_date))


def _alike(near: Neighbours, analyser: Analyser) -> list[Article]:
    """Return the dated articles that have enough of the key terms, the most alike first."""
    copies = NearCopies()
    copies.add(near.article.body)
    alike = []
    misses = 0
    for candidate in near.candidates:
        other = candidate.article
        if other.published is None:
            continue
        if likeness(near.keys, shared_terms(near.keys, other, analyser)) < SAME_EVENT:
            misses += 1
            if misses == _PATIENCE:
                break
            continue
        misses = 0
        if copies.add(other.body):
            alike.append(other)
    return alike


def _unbroken(article: Article, articles: list[Article]) -> list[Article]:
    """Return the run of articles around one in which none is far from the next."""
    ordered = sorted(articles, key=_date)
    first = last = ordered.index(article)
    while first > 0 and _gap(ordered[first - 1], ordered[first]) <= PAUSE:
        first -= 1
    while last < len(ordered) - 1 and _gap(ordered[last], ordered[last + 1]) <= PAUSE:
        last += 1
    return ordered[first : last + 1]


def _date(article: Article) -> tuple[float, str]:
    assert article.published
    return article.published.timestamp(), article.id


def _gap(earlier: Article, later: Article) -> timedelta:
    assert earlier.published
    assert later.published
    return later.published - earlier.published
