"""The engine of a view: another engine, of which only the articles that may be seen are there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from zoneinfo import ZoneInfo

from indexer.engine import Engine, Hit, Info, Page, Writer
from indexer.entries import article_of
from indexer.errors import EngineError
from indexer.query import And, Everything, Search, Term
from indexer.visible import Visible

_TRIED = 10
"""How many times as many completions are looked at as are wanted: some are of hidden articles alone."""


class VisibleEngine:
    """Answer as an engine that never had the other articles; scores stay those of the whole.

    Every search has the rules as a part of its query, so that totals and facets obey them as well. What
    an engine knows without a search, the frequencies of terms, is searched for: one search a term.
    """

    def __init__(self, engine: Engine, rules: Sequence[Visible], zone: ZoneInfo) -> None:
        self._engine = engine
        self._rules = tuple(rules)
        self._zone = zone
        self._queries = tuple(rule.query for rule in rules)

    def rebuild(self) -> AbstractContextManager[Writer]:
        """Raise EngineError: a view changes nothing."""
        raise EngineError("a view of an index changes nothing; rebuild the index itself")

    def update(self) -> AbstractContextManager[Writer]:
        """Raise EngineError: a view changes nothing."""
        raise EngineError("a view of an index changes nothing; update the index itself")

    def search(self, search: Search) -> Page:
        """Find articles among those that may be seen."""
        return self._engine.search(replace(search, query=And((search.query, *self._queries))))

    def get(self, id: str) -> Hit | None:
        """Return one article by its id, where it may be seen."""
        hit = self._engine.get(id)
        if hit is None:
            return None
        article = article_of(hit.stored)
        return hit if all(rule.admits(article, self._zone) for rule in self._rules) else None

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[str]:
        """Return terms that begin so and that an article has that may be seen."""
        known = self.frequencies(field, self._engine.complete(field, prefix, _TRIED * limit))
        seen = [term for term, articles in known.items() if articles]
        return sorted(seen, key=lambda term: (-known[term], term))[:limit]

    def frequencies(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many of the articles that may be seen each term occurs."""
        anywhere = self._engine.frequencies(field, terms)
        return {
            term: self.search(Search(Term(field, term), limit=0)).total if articles else 0
            for term, articles in anywhere.items()
        }

    def info(self) -> Info:
        """Return name, version, number of the articles that may be seen, and the size of all."""
        return replace(self._engine.info(), articles=self._articles)

    def close(self) -> None:
        """Do nothing: the engine belongs to the index."""

    @cached_property
    def _articles(self) -> int:
        return self.search(Search(Everything(), limit=0)).total
