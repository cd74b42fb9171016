"""A snapshot: one generation, opened. It never changes; the index opens another when one was swapped in."""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

from indexer.article import Article
from indexer.catalogue import Catalogue
from indexer.copies import FILE, CopiesReader
from indexer.counts import KnownCounts
from indexer.engine import Page
from indexer.engines import open_engine
from indexer.entries import article_of
from indexer.errors import IndexDamaged, ManchetteError
from indexer.french import Analyser
from indexer.generations import Generations
from indexer.manifest import Manifest
from indexer.query import Search
from indexer.read_also import find_read_also
from indexer.related import CANDIDATES, Neighbours, find_neighbours, find_related
from indexer.results import Chapter, ReadAlso, Related
from indexer.spelling import Speller
from indexer.story import find_story

_RELATED_KEPT = 2_000
_NEIGHBOURS_KEPT = 16
"""A page asks for the related articles and for the story of one article, one after the other."""


class Snapshot:
    """Answer from one generation; any number of threads may ask."""

    def __init__(self, name: str, folder: Path, analyser: Analyser) -> None:
        self.name = name
        self.manifest = Manifest.load(folder)
        self.manifest.check_cheaply(folder)
        with ExitStack() as opened:
            self.engine = open_engine(self.manifest.engine, folder / "engine")
            opened.callback(self.engine.close)
            self.catalogue = Catalogue(folder / "catalogue.sqlite")
            opened.callback(self.catalogue.close)
            self.copies = CopiesReader(folder / FILE)
            opened.pop_all()  # nothing failed, so nothing is closed yet
        self._counts = KnownCounts(self.engine)
        self._analyser = analyser
        self._speller = Speller(folder, self.engine, analyser)
        self._neighbours = lru_cache(maxsize=_NEIGHBOURS_KEPT)(self._find_neighbours)
        self._related = lru_cache(maxsize=_RELATED_KEPT)(self._find_related)
        self._story = lru_cache(maxsize=_RELATED_KEPT)(self._find_story)

    def article(self, id: str) -> Article | None:
        """Return one article by its id."""
        hit = self.engine.get(id)
        return article_of(hit.stored) if hit else None

    def search(self, search: Search) -> Page:
        """Return what the engine finds; the counts of a search without words are computed once."""
        return self._counts.search(search)

    def related(self, id: str, limit: int) -> tuple[Related, ...]:
        """Return related articles, computed at the first call and kept."""
        return self._related(id, limit)

    def related_to(self, article: Article, limit: int) -> tuple[Related, ...]:
        """Return the articles related to one that is not in the index."""
        near = find_neighbours(article, self.engine, self._analyser, _looked_at(limit), indexed=False)
        return find_related(near, self._analyser, limit)

    def story(self, id: str, limit: int) -> tuple[Chapter, ...]:
        """Return the story that an article is part of, computed at the first call and kept."""
        return self._story(id, limit)

    def read_also(self, article: Article) -> tuple[ReadAlso, ...]:
        """Return the titles under « Lire aussi », each with the article that has it."""
        return find_read_also(article, self.engine, self.catalogue, self._analyser)

    def speller(self) -> Speller:
        """Return what corrects words."""
        return self._speller

    def close(self) -> None:
        """Release files and memory."""
        self._counts.clear()
        self._neighbours.cache_clear()
        self._related.cache_clear()
        self._story.cache_clear()
        self.engine.close()
        self.catalogue.close()
        self.copies.close()

    def _find_related(self, id: str, limit: int) -> tuple[Related, ...]:
        near = self._neighbours(id, _looked_at(limit))
        return find_related(near, self._analyser, limit) if near else ()

    def _find_story(self, id: str, limit: int) -> tuple[Chapter, ...]:
        near = self._neighbours(id, CANDIDATES)
        return find_story(near, self._analyser, limit) if near else ()

    def _find_neighbours(self, id: str, most: int) -> Neighbours | None:
        article = self.article(id)
        return find_neighbours(article, self.engine, self._analyser, most) if article else None


def _looked_at(limit: int) -> int:
    return max(CANDIDATES, 3 * limit)


def open_live(generations: Generations, analyser: Analyser) -> tuple[Snapshot, ManchetteError | None]:
    """Open the live generation, or the newest other where it is damaged, with the error that was met.

    Raises the error where there is no other. Nothing is ever deleted or made anew here.
    """
    name = ""
    try:
        for _ in range(_SWAPS):
            name = generations.current()
            try:
                return Snapshot(name, generations.path(name), analyser), None
            except ManchetteError:
                if generations.current() == name:
                    raise
        raise IndexDamaged(f"{generations.directory}: swapped again each time that it was opened")
    except ManchetteError as error:
        for other in generations.others(name):
            try:
                return Snapshot(other, generations.path(other), analyser), error
            except ManchetteError:
                continue
        raise


_SWAPS = 3
"""How often a generation may go, and another come, while it is being opened."""
