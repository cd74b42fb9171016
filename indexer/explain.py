"""Why a result: what an article has of each word of a search, from our own words and weights."""

from __future__ import annotations

import math

from indexer.article import Article
from indexer.engine import Engine
from indexer.french import fold_key
from indexer.highlight import Highlighter, Lit
from indexer.ranking import TITLE_WEIGHT
from indexer.results import Reason
from indexer.words import Field, Leaf, Near, Quoted, Start, Wanted, Word, leaves

_K1 = 0.9


class Explainer:
    """Say for each article found what it has of the words wanted."""

    def __init__(
        self, wanted: Wanted | None, highlighter: Highlighter, engine: Engine, articles: int
    ) -> None:
        self._highlighter = highlighter
        self._leaves = [
            (number, leaf)
            for number, leaf in enumerate(leaves(wanted) if wanted else ())
            if leaf.field in (Field.ANY, Field.TITLE)
        ]
        stems = {stem for _, leaf in self._leaves for stem in _stems(leaf)}
        frequencies = engine.frequencies("text", sorted(stems))
        self._rarity = {
            number: max((_idf(articles, frequencies[stem]) for stem in _stems(leaf)), default=1.0)
            for number, leaf in self._leaves
        }

    def reasons(self, article: Article, title: Lit, text: Lit, caption: Lit) -> tuple[Reason, ...]:
        """Return a reason for each word, in the order of the search; the texts are lit already.

        The caption counts as text.
        """
        if not self._leaves:
            return ()
        tags = [self._highlighter.light(tag) for tag in article.tags]
        weights: dict[int, float] = {}
        rows = []
        for number, leaf in self._leaves:
            spans = [
                [(lit.text[span.start : span.end], span.via) for span in lit.spans if span.leaf == number]
                for lit in (title, text, caption, *tags)
            ]
            in_title, in_text, in_tags = (sum(map(len, part)) for part in (spans[:1], spans[1:3], spans[3:]))
            times = TITLE_WEIGHT * in_title + in_text + in_tags
            weights[number] = self._rarity[number] * times / (times + _K1)
            found = [place for places in spans for place in places]
            vias = tuple(dict.fromkeys(via for _, via in found if via))
            rows.append((number, leaf, in_title, in_text, in_tags, _is_exact(leaf, found), vias))
        total = sum(weights.values()) or 1.0
        return tuple(
            Reason(leaf.text, in_title, in_text, in_tags, exact, vias, weights[number] / total)
            for number, leaf, in_title, in_text, in_tags, exact, vias in rows
        )


def _stems(leaf: Leaf) -> list[str]:
    """Return the stems by which the rarity of a word is judged."""
    match leaf:
        case Word(_, tokens) | Quoted(_, tokens):
            return [token.stem for token in tokens]
        case Start() | Near():
            return []


def _idf(articles: int, frequency: int) -> float:
    return math.log(1 + (articles - frequency + 0.5) / (frequency + 0.5))


def _is_exact(leaf: Leaf, found: list[tuple[str, str]]) -> bool:
    """Tell whether a place found has the very form that was typed."""
    if isinstance(leaf, Start | Near):
        return any(fold_key(text) == leaf.form for text, _ in found)
    typed = " ".join(token.exact for token in leaf.tokens)
    return any(fold_key(text) == typed for text, via in found if not via)
