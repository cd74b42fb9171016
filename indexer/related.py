"""Related articles: the terms that are typical of an article, and how far apart two were published.

They are computed at the first view of an article and kept, not at build time: some milliseconds an article
would add minutes to the build of a large index, for pages that are hardly read.
"""

from __future__ import annotations

from collections.abc import Sequence
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

CANDIDATES = 60
"""How many of the most alike are looked at, for a list of up to twenty."""

_SHOWN_TERMS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold an article with words in common and its score, the decay included."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Hold an article, its key terms, and the articles that have some of them, the most alike first."""

    article: Article
    keys: tuple[KeyTerm, ...]
    candidates: tuple[Candidate, ...]


def find_neighbours(
    article: Article,
    engine: Engine,
    analyser: Analyser,
    most: int = CANDIDATES,
    *,
    weighing: Engine | None = None,
    indexed: bool = True,
) -> Neighbours:
    """Return at most so many articles that are like one; `indexed` tells whether it is in the index.

    `weighing` is the engine that tells how rare terms are, where that is another one.
    """
    keys = key_terms(article, weighing or engine, analyser, indexed=indexed)
    return Neighbours(article, keys, tuple(_candidates(article, keys, engine, most)) if keys else ())


def find_related(near: Neighbours, analyser: Analyser, limit: int) -> tuple[Related, ...]:
    """Return the articles that share most, near copies of the article and of one another left out."""
    if limit < 1:
        return ()
    article, keys = near.article, near.keys
    related: list[Related] = []
    copies = NearCopies()
    copies.add(article.body)
    for candidate in near.candidates:
        other = candidate.article
        reason = _reason(article, other, keys, analyser)
        if reason and copies.add(other.body):
            related.append(Related(other, candidate.score, *reason))
            if len(related) == limit:
                break
    return tuple(related)


def _candidates(article: Article, keys: Sequence[KeyTerm], engine: Engine, limit: int) -> list[Candidate]:
    """Return other articles that have key terms of an article, the most alike first.

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
    return sorted(found, key=lambda each: (-each.score, each.article.id))


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
