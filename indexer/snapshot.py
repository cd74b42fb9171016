"""A snapshot: one generation, opened. It never changes; the index opens another when one was swapped in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.catalogue import Catalogue
from indexer.copies import FILE, CopiesReader
from indexer.counts import KnownCounts
from indexer.engine import Engine, Page
from indexer.engines import open_engine
from indexer.entries import article_of
from indexer.errors import ManchetteError
from indexer.french import Analyser
from indexer.generations import Generations
from indexer.lexicon import Lexicon
from indexer.manifest import Manifest
from indexer.query import Search
from indexer.read_also import find_read_also
from indexer.related import CANDIDATES, Neighbours, find_neighbours, find_related
from indexer.results import Chapter, ReadAlso, Related
from indexer.spelling import Speller
from indexer.story import find_story
from indexer.visible import Visible
from indexer.visible_catalogue import VisibleCatalogue
from indexer.visible_engine import VisibleEngine

_RELATED_KEPT = 2_000
_RELATED_KEPT_OF_VIEW = 200
_VIEWS_KEPT = 16
_NEIGHBOURS_KEPT = 16
"""A page asks for the related articles and for the story of one article, one after the other."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold what a snapshot answers from; `weighing` is the engine that tells how rare terms are."""

    name: str
    manifest: Manifest
    engine: Engine
    weighing: Engine
    catalogue: Catalogue
    copies: CopiesReader
    speller: Speller


class Snapshot:
    """Answer from one generation; any number of threads may ask."""

    def __init__(self, parts: Parts, analyser: Analyser, kept: int = _RELATED_KEPT) -> None:
        self.name = parts.name
        self.manifest = parts.manifest
        self.engine = parts.engine
        self.catalogue = parts.catalogue
        self.copies = parts.copies
        self._parts = parts
        self._counts = KnownCounts(self.engine)
        self._analyser = analyser
        self._neighbours = lru_cache(maxsize=_NEIGHBOURS_KEPT)(self._find_neighbours)
        self._related = lru_cache(maxsize=kept)(self._find_related)
        self._story = lru_cache(maxsize=kept)(self._find_story)
        self._views = lru_cache(maxsize=_VIEWS_KEPT)(self._view)

    @classmethod
    def open(cls, name: str, folder: Path, analyser: Analyser) -> Snapshot:
        """Return the snapshot of the generation in a folder."""
        manifest = Manifest.load(folder)
        manifest.check_sizes(folder)
        engine = open_engine(manifest.engine, folder / "engine")
        parts = Parts(
            name,
            manifest,
            engine,
            engine,
            Catalogue(folder / "catalogue.sqlite"),
            CopiesReader(folder / FILE),
            Speller(lambda: Lexicon.load(folder), engine, analyser),
        )
        return cls(parts, analyser)

    def within(self, rules: tuple[Visible, ...]) -> Snapshot:
        """Return the snapshot of the articles that these rules let through; it lives as long as this one."""
        return self._views(rules)

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
        near = find_neighbours(
            article,
            self.engine,
            self._analyser,
            _looked_at(limit),
            weighing=self._parts.weighing,
            indexed=False,
        )
        return find_related(near, self._analyser, limit)

    def story(self, id: str, limit: int) -> tuple[Chapter, ...]:
        """Return the story that an article is part of, computed at the first call and kept."""
        return self._story(id, limit)

    def read_also(self, article: Article) -> tuple[ReadAlso, ...]:
        """Return the titles under « Lire aussi », each with the article that has it."""
        return find_read_also(article, self.engine, self.catalogue, self._analyser)

    def speller(self) -> Speller:
        """Return what corrects words."""
        return self._parts.speller

    def close(self) -> None:
        """Release files and memory."""
        self._counts.clear()
        self._neighbours.cache_clear()
        self._related.cache_clear()
        self._story.cache_clear()
        self._views.cache_clear()
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
        if article is None:
            return None
        return find_neighbours(article, self.engine, self._analyser, most, weighing=self._parts.weighing)

    def _view(self, rules: tuple[Visible, ...]) -> Snapshot:
        whole = self._parts
        zone = ZoneInfo(whole.manifest.zone)
        engine = VisibleEngine(whole.engine, rules, zone)
        catalogue = VisibleCatalogue(whole.catalogue, engine)
        summary = catalogue.summary()
        parts = replace(
            whole,
            manifest=whole.manifest.of(summary),
            engine=engine,
            catalogue=catalogue,
            speller=whole.speller.within(engine),
        )
        return Snapshot(parts, self._analyser, _RELATED_KEPT_OF_VIEW)


def _looked_at(limit: int) -> int:
    return max(CANDIDATES, 3 * limit)


def open_live(generations: Generations, analyser: Analyser) -> tuple[Snapshot, ManchetteError | None]:
    """Open the live generation, or the one before where it is damaged, with the error that was met.

    Raises the error where there is no other. Nothing is ever deleted or made anew here.
    """
    name = generations.current()
    try:
        return Snapshot.open(name, generations.path(name), analyser), None
    except ManchetteError as error:
        for other in generations.others(name):
            try:
                return Snapshot.open(other, generations.path(other), analyser), error
            except ManchetteError:
                continue
        raise
