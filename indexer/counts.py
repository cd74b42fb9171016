"""The counts of searches without words, kept: the home page, the pages of a tag or a person, their feeds."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from indexer.engine import Engine, Page
from indexer.query import Everything, Search, Sort

KEPT = 256
"""Searches whose counts are kept, the latest; with eighty months one takes about 20 kB, so 5 MB in all."""


class KnownCounts:
    """Search an engine that does not change, and count the facets of what has no words only once.

    Any number of threads may ask; two may count the same at once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counted = lru_cache(maxsize=KEPT)(self._count)

    def search(self, search: Search) -> Page:
        """Find articles as the engine does."""
        if not isinstance(search.query, Everything) or not search.facets:
            return self._engine.search(search)
        counted = self._counted(replace(search, sort=Sort.RELEVANCE, offset=0, limit=0))
        if not search.limit:
            return counted
        hits = self._engine.search(replace(search, facets=())).hits
        return replace(counted, hits=hits)

    def clear(self) -> None:
        """Forget all counts."""
        self._counted.cache_clear()

    def _count(self, search: Search) -> Page:
        return self._engine.search(search)
