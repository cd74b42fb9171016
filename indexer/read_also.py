"""« Lire aussi »: the titles that a newsroom put under an article → the articles of the index."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.article import Article
from indexer.catalogue import Catalogue
from indexer.engine import Engine
from indexer.entries import article_of
from indexer.french import Analyser, fold_key
from indexer.query import Or, Search, Term
from indexer.results import ReadAlso
from indexer.titles import NEAR_DAYS, same_title, words_of

_CANDIDATES = 10
_UNKNOWN_DAYS = 1e6


def find_read_also(
    article: Article, engine: Engine, catalogue: Catalogue, analyser: Analyser
) -> tuple[ReadAlso, ...]:
    """Return each title with the article that has it, the nearest in date of several.

    Where no article has the title to the letter, one that `same_title` takes for it is found by the words
    of its title; one quoted in other words must have been published within thirty days, and the beginning
    of several titles names none of them. No scan: a look-up in the catalogue, else one search for ten
    titles.
    """
    return tuple(
        ReadAlso(title, _named(title, article, engine, catalogue, analyser)) for title in article.read_also
    )


def _named(
    title: str, article: Article, engine: Engine, catalogue: Catalogue, analyser: Analyser
) -> Article | None:
    hits = (engine.get(id) for id in catalogue.titled(fold_key(title)) if id != article.id)
    exact = [article_of(hit.stored) for hit in hits if hit]
    if exact:
        return min(exact, key=lambda each: _distance(article, each))
    rated = [
        (-rate, *_distance(article, other), other)
        for other in _candidates(title, engine, analyser)
        if other.id != article.id and (rate := same_title(title, other.title))
        for days in (_days(article, other),)
        if rate == 3 or days is None or days <= NEAR_DAYS
    ]
    rated.sort(key=lambda row: row[:3])
    if rated and rated[0][0] == -2 and len({words_of(row[3].title) for row in rated if row[0] == -2}) > 1:
        return None
    return rated[0][3] if rated else None


def _candidates(title: str, engine: Engine, analyser: Analyser) -> Iterable[Article]:
    stems = list(dict.fromkeys(analyser.terms(title).stems))
    if not stems:
        return []
    query = Or(tuple(Term("title", stem) for stem in stems), max(1, len(stems) // 2))
    return [article_of(hit.stored) for hit in engine.search(Search(query, limit=_CANDIDATES)).hits]


def _distance(article: Article, other: Article) -> tuple[float, str]:
    days = _days(article, other)
    return (_UNKNOWN_DAYS if days is None else days), other.id


def _days(article: Article, other: Article) -> float | None:
    """Return how far apart two articles were published; None where a date is missing."""
    if article.published is None or other.published is None:
        return None
    return abs((article.published - other.published).total_seconds()) / 86_400
