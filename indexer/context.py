"""Context: which of several words fits best beside the other words of a search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

from indexer.engine import Engine
from indexer.query import And, Query, Search, Term

MOST = 4
"""Neighbours looked at: each costs a search without hits for each candidate."""

SMOOTHING = 10.0
"""Articles added to a word's own in which its neighbours are as frequent as everywhere (Dirichlet prior)."""


class Context:
    """Weigh words by how often articles have them together with the other words of a search.

    A naive Bayes classifier: the share of articles that have the word, times, for each other word, the
    share of those that have it as well.
    """

    def __init__(self, engine: Engine, beside: Sequence[str], articles: int) -> None:
        """Take the stems of the other words, of many the first ones, and the number of all articles."""
        self._engine = engine
        self._articles = max(articles, 1)
        self._beside = [Term("text", stem) for stem in dict.fromkeys(beside)][:MOST]

    @property
    def used(self) -> bool:
        """Tell whether there are other words at all."""
        return bool(self._beside)

    def weight(self, form: str, articles: int) -> float:
        """Return the logarithm of the likelihood of a word that so many articles have, up to a constant."""
        weight = math.log(max(articles, 1))
        for other, share in self._shares.items():
            both = self._total(Term("exact", form), other)
            weight += math.log((both + SMOOTHING * share) / (articles + SMOOTHING))
        return weight

    def together(self, word: Term) -> int:
        """Return how many articles have a term and all the other words; 0 where there are no others."""
        return self._total(word, *self._beside) if self._beside else 0

    @cached_property
    def _shares(self) -> dict[Term, float]:
        """Return the share of all articles that have each of the other words; asked for by few searches."""
        known = self._engine.frequencies("text", [other.text for other in self._beside])
        return {other: max(known[other.text], 0.5) / self._articles for other in self._beside}

    def _total(self, *terms: Query) -> int:
        return self._engine.search(Search(And(terms), limit=0)).total
