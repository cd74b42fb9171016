"""Why a result: what an article has of each word of a search, from our own words and weights."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.article import Article
from indexer.engine import Engine
from indexer.french import fold_key
from indexer.highlight import Highlighter
from indexer.lit import Lit, Span, apart
from indexer.ranking import EXACT, STEMS, TITLE_WEIGHT, terms_in
from indexer.results import Reason
from indexer.words import Field, Leaf, Near, Origin, Quoted, Start, Wanted, Way, Word, leaves

_K1 = 0.9
_FORMS = 3

Rarity = Mapping[tuple[str, str], float]
"""How telling a word is, and each other way to say it, by both; the empty text for the word itself."""

_Terms = tuple[str, tuple[str, ...]]
"""A field of the engine and terms of it."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Hold one place of an article that shows a word: the place, what stands there, what led to it."""

    place: str
    shown: str
    via: str


class Explainer:
    """Say for each article found what it has of the words wanted."""

    def __init__(self, wanted: Wanted | None, highlighter: Highlighter, rarity: Rarity) -> None:
        self._leaves = list(enumerate(leaves(wanted) if wanted else ()))
        self._highlighter = highlighter
        named = {leaf.field for _, leaf in self._leaves} - {Field.ANY, Field.TITLE}
        self._within = {field: highlighter.within(field) for field in sorted(named)}
        self._rarity = rarity

    def reasons(self, article: Article, title: Lit, text: Lit, caption: Lit) -> tuple[Reason, ...]:
        """Return a reason for each word, in the order of the search; the texts are lit already."""
        if not self._leaves:
            return ()
        tags = [self._highlighter.light(tag) for tag in article.tags]
        seen = _seen({"title": (title,), "text": (text,), "caption": (caption,), "tags": tags})
        for field, highlighter in self._within.items():
            lit = {name: map(highlighter.light, texts) for name, texts in _texts(field, article).items()}
            for number, places in _seen(lit).items():
                seen[number] += places
        found = [(leaf, _of_field(leaf, seen[number])) for number, leaf in self._leaves]
        weights = [self._weight(leaf, places) for leaf, places in found]
        total = sum(weights) or 1.0
        return tuple(
            _reason(leaf, places, weight / total)
            for (leaf, places), weight in zip(found, weights, strict=True)
        )

    def _weight(self, leaf: Leaf, places: list[_Seen]) -> float:
        times: defaultdict[str, int] = defaultdict(int)
        for seen in places:
            times[seen.via] += TITLE_WEIGHT if seen.place == "title" else 1
        factors = {way.text: way.weight for way in _ways(leaf)}
        return sum(
            factors.get(via, 1.0) * self._rarity.get((leaf.text, via), 1.0) * count / (count + _K1)
            for via, count in times.items()
        )


def rarities(wanted: Wanted | None, engine: Engine, articles: int) -> Rarity:
    """Return how telling each word is, and each other way to say it: its idf, that of its rarest term."""
    asked = {
        (leaf.text, via): terms
        for leaf in (leaves(wanted) if wanted else ())
        for via, terms in [("", _terms(leaf)), *((way.text, _way_terms(way)) for way in _ways(leaf))]
    }
    by_field: defaultdict[str, set[str]] = defaultdict(set)
    for field, terms in asked.values():
        by_field[field].update(terms)
    known = {field: engine.frequencies(field, sorted(terms)) for field, terms in by_field.items() if terms}
    return {
        key: max((_idf(articles, known[field][term]) for term in terms), default=1.0)
        for key, (field, terms) in asked.items()
    }


def _terms(leaf: Leaf) -> _Terms:
    """Return the terms by which the rarity of a word is judged; none for those that stand for many."""
    match leaf:
        case Start() | Near():
            return STEMS[Field.ANY], ()
        case Word(field=wanted, tokens=tokens):
            return STEMS[wanted], terms_in(STEMS[wanted], tokens)
        case Quoted(field=wanted, tokens=tokens):
            return EXACT[wanted], terms_in(EXACT[wanted], tokens)


def _way_terms(way: Way) -> _Terms:
    field = (EXACT if way.named else STEMS)[Field.ANY]
    return field, terms_in(field, way.tokens)


def _idf(articles: int, frequency: int) -> float:
    return math.log(1 + (articles - frequency + 0.5) / (frequency + 0.5))


def _ways(leaf: Leaf) -> tuple[Way, ...]:
    return leaf.ways if isinstance(leaf, Word) else ()


def _texts(field: Field, article: Article) -> dict[str, tuple[str, ...]]:
    """Return the texts that a field of the query language looks at, under the name of their place."""
    match field:
        case Field.PERSON:
            return {"persons": article.persons}
        case Field.SECTION:
            return {"section": (article.section,)}
        case Field.AUTHOR:
            return {"author": (article.author,)}
        case _:
            return {"tags": article.tags}


def _seen(lit: Mapping[str, Iterable[Lit]]) -> defaultdict[int, list[_Seen]]:
    """Return what was found in some texts by the number of the word that it shows."""
    seen: defaultdict[int, list[_Seen]] = defaultdict(list)
    for place, texts in lit.items():
        for each in texts:
            by_leaf: defaultdict[int, list[Span]] = defaultdict(list)
            for span in each.found:
                by_leaf[span.leaf].append(span)
            for number, spans in by_leaf.items():
                seen[number] += [
                    _Seen(place, each.text[span.start : span.end], span.via) for span in _counted(spans)
                ]
    return seen


def _counted(spans: list[Span]) -> list[Span]:
    """Return the places of one word, none over another: the word itself counts before what stands for it."""
    own = apart(span for span in spans if not span.via)
    others = [span for span in apart(span for span in spans if span.via) if not _over(own, span)]
    return own + others


def _over(own: list[Span], span: Span) -> bool:
    before = bisect_left(own, span.end, key=lambda each: each.start) - 1
    return before >= 0 and own[before].end > span.start


def _of_field(leaf: Leaf, places: list[_Seen]) -> list[_Seen]:
    """Return what counts: a word wanted in the title is marked in the text, which is not why it is found."""
    return [seen for seen in places if seen.place == "title"] if leaf.field is Field.TITLE else places


def _reason(leaf: Leaf, places: list[_Seen], share: float) -> Reason:
    own = [seen.shown for seen in places if not seen.via]
    typed = _typed(leaf)
    exact = [shown for shown in own if _key(shown) == typed]
    forms = dict.fromkeys(shown.casefold() for shown in own if shown not in exact)
    origins = {way.text: way.origin for way in _ways(leaf)}
    vias = dict.fromkeys(seen.via for seen in places if seen.via)
    counts = dict.fromkeys(("title", "text", "tags", "caption", "persons", "section", "author"), 0)
    for seen in places:
        counts[seen.place] += 1
    return Reason(
        word=leaf.text,
        exact=bool(exact),
        forms=tuple(forms)[:_FORMS],
        spellings=tuple(via for via in vias if origins.get(via) is Origin.SPELLING),
        synonyms=tuple(via for via in vias if origins.get(via) is not Origin.SPELLING),
        share=share,
        title=counts["title"],
        text=counts["text"],
        tags=counts["tags"],
        caption=counts["caption"],
        persons=counts["persons"],
        section=counts["section"],
        author=counts["author"],
    )


def _typed(leaf: Leaf) -> str:
    """Return the key of what has the very form that was typed."""
    return leaf.form if isinstance(leaf, Start | Near) else " ".join(token.exact for token in leaf.tokens)


_key = lru_cache(maxsize=20_000)(fold_key)
