"""Related articles: the terms that are typical of an article, and how far apart two were published."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from indexer.article import Article
from indexer.engine import Engine
from indexer.entries import article_of
from indexer.french import Analyser, fold, fold_key, stop_words
from indexer.query import Boost, Or, Search, Term
from indexer.results import Related

KEY_TERMS = 100
"""Recall@10 on OrangeSum's own links: 25 terms 0.744, 50 weighted 0.760, with decay 0.809, with 100
terms 0.818."""

TITLE_WEIGHT = 3
HALF_LIFE_FLOOR = 0.5
DAYS = 30.0
"""The decay by distance in days: 0.5 + 0.5·exp(−days/30), bounded so that old articles stay in reach."""

FAINT = 0.12
"""The part of an article's likeness to itself below which words alone are no reason to suggest another."""

_CANDIDATES = 60
_SHINGLE = 5
_COPY = 0.8
"""The share of common shingles from which two texts are one dispatch. Recall@10 is 0.832 at 0.8, 0.816 at
0.7 and 0.767 where a text mostly inside another counts: newsrooms link the updates of a story."""
_SHOWN_TERMS = 3


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """Hold a stem that is typical of an article, its weight, and the form in which it is shown."""

    stem: str
    weight: float
    form: str


def find_related(article: Article, engine: Engine, analyser: Analyser, limit: int) -> tuple[Related, ...]:
    """Return the articles that share most, near-copies of the article and of one another left out."""
    keys = key_terms(article, engine, analyser)
    if not keys or limit < 1:
        return ()
    query = Or(tuple(Boost(Term("text", key.stem), key.weight) for key in keys))
    page = engine.search(Search(query, limit=max(_CANDIDATES, 3 * limit)))
    found = {hit.id: (hit.score, article_of(hit.stored)) for hit in page.hits}
    own = found.pop(article.id, (0.0, article))[0]
    ranked = sorted(
        ((score * decay(article, other), score, other) for score, other in found.values()),
        key=lambda row: (-row[0], row[2].id),
    )
    related: list[Related] = []
    copies = [_shingles(article.body)]
    for score, likeness, other in ranked:
        kind, shared = _reason(article, other, keys, analyser)
        if kind == "words" and likeness < FAINT * own:
            continue
        shingles = _shingles(other.body)
        if any(_alike(shingles, known) for known in copies):
            continue
        copies.append(shingles)
        related.append(Related(other, score, kind, shared))
        if len(related) == limit:
            break
    return tuple(related)


def key_terms(article: Article, engine: Engine, analyser: Analyser) -> list[KeyTerm]:
    """Return the terms of an article with the highest tf-idf, the title counted three times."""
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for text, weight in ((article.title, TITLE_WEIGHT), (article.lede, 1), (article.body, 1)):
        for token in analyser.tokens(text):
            if token.exact in stop_words() or (len(token.exact) < 2 and not token.exact.isdigit()):
                continue
            counts[token.stem] += weight
            forms.setdefault(token.stem, Counter())[text[token.start : token.end]] += 1
    frequencies = engine.frequencies("text", list(counts))
    total = max(engine.info().articles, 1)
    weights = {
        stem: (1 + math.log(count)) * math.log(1 + total / (1 + frequencies[stem]))
        for stem, count in counts.items()
        if frequencies[stem] > 1
    }
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:KEY_TERMS]
    top = best[0][1] if best else 1.0
    return [KeyTerm(stem, weight / top, forms[stem].most_common(1)[0][0]) for stem, weight in best]


def decay(article: Article, other: Article) -> float:
    """Return what the distance in days leaves of a score, 0.5 to 1; 0.75 where a date is missing."""
    if article.published is None or other.published is None:
        return HALF_LIFE_FLOOR + (1 - HALF_LIFE_FLOOR) / 2
    days = abs((article.published - other.published).total_seconds()) / 86_400
    return HALF_LIFE_FLOOR + (1 - HALF_LIFE_FLOOR) * math.exp(-days / DAYS)


def _reason(
    article: Article, other: Article, keys: list[KeyTerm], analyser: Analyser
) -> tuple[str, tuple[str, ...]]:
    """Return why an article is suggested: persons it shares, else tags, else words."""
    if persons := _shared(article.persons, other.persons):
        return "persons", persons
    if tags := _shared(article.tags, other.tags):
        return "tags", tags
    stems = {token.stem for text in (other.title, other.lede, other.body) for token in analyser.tokens(text)}
    words = [key.form for key in keys if key.stem in stems]
    telling = [word for word in words if len(word) > 3]
    return "words", tuple((telling or words)[:_SHOWN_TERMS])


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    keys = {fold_key(name) for name in theirs}
    return tuple(name for name in ours if fold_key(name) in keys)[:_SHOWN_TERMS]


def _shingles(text: str) -> frozenset[int]:
    words = fold(text).split()
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1))


def _alike(left: frozenset[int], right: frozenset[int]) -> bool:
    """Tell whether two texts are the same dispatch but for a few words."""
    either = len(left | right)
    return either > 0 and len(left & right) / either >= _COPY
