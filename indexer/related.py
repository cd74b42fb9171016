"""Related articles: the terms that are typical of an article, and how far apart two were published.

They are computed at the first view of an article and kept, not at build time: some milliseconds an article
would add minutes to the build of a large index, for pages that are hardly read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.article import Article
from indexer.engine import Engine
from indexer.entries import article_of
from indexer.french import Analyser, fold_key
from indexer.key_terms import KeyTerm, key_terms, likeness, shared_terms
from indexer.near_copies import NearCopies
from indexer.query import Boost, Or, Search, Term
from indexer.results import Related

FLOOR = 0.4
DAYS = 30.0
"""The decay by distance in days: 0.4 + 0.6/(1 + (days/30)²), bounded so that old articles stay in reach, and
flat over the first days. Recall@10 on a newsroom's links: this 0.846, a floor of 0.5 0.841,
0.5 + 0.5·exp(−days/30) 0.837."""

FAINT = 0.1
"""The part of an article's key terms below which words alone are no reason to suggest another."""

_CANDIDATES = 60
_SHOWN_TERMS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold an article with words in common and its score, the decay included."""

    article: Article
    score: float


def find_related(
    article: Article, engine: Engine, analyser: Analyser, limit: int, *, indexed: bool = True
) -> tuple[Related, ...]:
    """Return the articles that share most, near copies of the article and of one another left out.

    `indexed` tells whether the article is one of the index.
    """
    keys = key_terms(article, engine, analyser, indexed=indexed)
    if not keys or limit < 1:
        return ()
    related: list[Related] = []
    copies = NearCopies()
    copies.add(article.body)
    for candidate in candidates(article, keys, engine, max(_CANDIDATES, 3 * limit)):
        other = candidate.article
        reason = _reason(article, other, keys, analyser)
        if reason and copies.add(other.body):
            related.append(Related(other, candidate.score, *reason))
            if len(related) == limit:
                break
    return tuple(related)


def candidates(article: Article, keys: Sequence[KeyTerm], engine: Engine, limit: int) -> Iterator[Candidate]:
    """Yield other articles that have key terms of an article, the most alike first.

    A term weighs as often as it occurs: the engine's BM25 brings its rarity, which would count twice in a
    tf-idf (recall@10 0.804 instead of 0.837).
    """
    top = max(key.count for key in keys)
    query = Or(tuple(Boost(Term("text", key.stem), key.count / top) for key in keys))
    found = [
        Candidate(other, hit.score * decay(article, other))
        for hit in engine.search(Search(query, limit=limit)).hits
        if hit.id != article.id
        for other in (article_of(hit.stored),)
    ]
    yield from sorted(found, key=lambda each: (-each.score, each.article.id))


def decay(article: Article, other: Article) -> float:
    """Return what the distance in days leaves of a score, 0.4 to 1; 0.7 where a date is missing."""
    if article.published is None or other.published is None:
        return FLOOR + (1 - FLOOR) / 2
    days = abs((article.published - other.published).total_seconds()) / 86_400
    return FLOOR + (1 - FLOOR) / (1 + (days / DAYS) ** 2)


def _reason(
    article: Article, other: Article, keys: Sequence[KeyTerm], analyser: Analyser
) -> tuple[str, tuple[str, ...]] | None:
    """Return why an article is suggested: persons it shares, else tags, else words; None for a few words."""
    if persons := _shared(article.persons, other.persons):
        return "persons", persons
    if tags := _shared(article.tags, other.tags):
        return "tags", tags
    shared = shared_terms(keys, other, analyser)
    if likeness(keys, shared) < FAINT:
        return None
    words = [key.form for key in shared]
    telling = [word for word in words if len(word) > 3]
    return "words", tuple((telling or words)[:_SHOWN_TERMS])


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    keys = {fold_key(name) for name in theirs}
    return tuple(name for name in ours if fold_key(name) in keys)[:_SHOWN_TERMS] if keys else ()
