"""Building: articles → a new generation, checked and swapped in, or nothing changed at all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.catalogue import CatalogueWriter
from indexer.completion import complete
from indexer.dates import PARIS
from indexer.engine import Engine, Writer
from indexer.engines import open_engine, resolve_engine
from indexer.entries import article_of, digest_of, entry_of, facet_labels
from indexer.errors import IndexDamaged, NothingIndexed, ReadError
from indexer.french import Analyser, fold_key
from indexer.generations import Generations
from indexer.manifest import Manifest
from indexer.persons import PersonExtractor, open_extractor
from indexer.progress import Listener, Progress, Report, Tally

Reading = Article | ReadError


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how an index is built.

    `strict`: any broken file is an error before the swap. `zone`: that of the days that are counted.
    """

    engine: str = "auto"
    persons: str = "names"
    strict: bool = False
    zone: ZoneInfo = PARIS


def rebuild(
    directory: Path, readings: Iterable[Reading], recipe: Recipe, listener: Listener | None = None
) -> Report:
    """Build a new generation from all articles and let it go live.

    Raises NothingIndexed where there was no article, ReadError for the first broken file where
    `recipe.strict`; the live generation stays as it is then.
    """
    started = time.monotonic()
    generations = Generations(directory)
    engine_name = resolve_engine(recipe.engine)
    extractor = open_extractor(recipe.persons)
    with generations.lock("index rebuild"), _generation(generations, generations.new()) as folder:
        tally = Tally()
        with _writing(folder, engine_name, fresh=True) as (_, writer, catalogue):
            builder = _Builder(writer, catalogue, extractor, recipe, tally, listener)
            for article in builder.articles(readings):
                builder.add(article)
                tally.added += 1
            _refuse_nothing(tally)
        _tell(listener, tally, "checking")
        complete(generations, folder, engine_name, recipe.persons, recipe.zone)
    return _report(folder.name, tally, started)


def update(
    directory: Path, readings: Iterable[Reading], recipe: Recipe, listener: Listener | None = None
) -> Report:
    """Add new, replace changed and remove vanished articles in a copy of the live generation.

    Nothing is removed where a file could not be read, since its articles are not known to be gone.
    """
    started = time.monotonic()
    generations = Generations(directory)
    with generations.lock("index update"):
        live = generations.current()
        manifest = Manifest.load(generations.path(live))
        recipe = replace(recipe, zone=ZoneInfo(manifest.zone))
        extractor = open_extractor(manifest.persons)
        with _generation(generations, generations.clone(live)) as folder:
            tally = Tally()
            with _writing(folder, manifest.engine, fresh=False) as (engine, writer, catalogue):
                builder = _Builder(writer, catalogue, extractor, recipe, tally, listener)
                for article in builder.articles(readings):
                    builder.replace(article, engine)
                _refuse_nothing(tally)
                if tally.broken:
                    tally.warn("nothing was removed, since some files could not be read")
                else:
                    builder.remove_vanished(engine)
            if not (tally.added or tally.changed or tally.removed):
                generations.drop(folder.name)
                return _report(live, tally, started, swapped=False)
            _tell(listener, tally, "checking")
            complete(generations, folder, manifest.engine, manifest.persons, recipe.zone)
    return _report(folder.name, tally, started)


class _Builder:
    """Take articles one by one into an engine and a catalogue."""

    def __init__(
        self,
        writer: Writer,
        catalogue: CatalogueWriter,
        extractor: PersonExtractor,
        recipe: Recipe,
        tally: Tally,
        listener: Listener | None,
    ) -> None:
        self._writer = writer
        self._catalogue = catalogue
        self._extractor = extractor
        self._recipe = recipe
        self._tally = tally
        self._listener = listener
        self._analyser = Analyser()

    def articles(self, readings: Iterable[Reading]) -> Iterator[Article]:
        """Yield the articles; broken files and ids that come twice are noted as problems."""
        for reading in readings:
            if isinstance(reading, Article) and self._catalogue.seen(reading.id):
                reading = ReadError(reading.id, "another article of this run has the same id")
            if isinstance(reading, ReadError):
                if self._recipe.strict:
                    raise reading
                self._tally.note(reading)
                continue
            self._tally.warn(*(f"{reading.id}: {warning}" for warning in reading.warnings))
            yield reading
            self._tally.articles += 1
            _tell(self._listener, self._tally, "reading")

    def add(self, article: Article, digest: bytes | None = None) -> None:
        """Take in a new article."""
        digest = digest or digest_of(article)
        article = article.with_persons(self._extractor.persons(article))
        entry = entry_of(article, self._analyser, self._recipe.zone)
        self._writer.add(entry)
        self._catalogue.add(article.id, digest, fold_key(article.title), entry.published)
        self._count(article, 1)

    def replace(self, article: Article, engine: Engine) -> None:
        """Take in an article that may be there already."""
        digest = digest_of(article)
        before = self._catalogue.digest(article.id)
        if before == digest:
            self._catalogue.keep(article.id)
            self._tally.unchanged += 1
            return
        if before is None:
            self._tally.added += 1
        else:
            self._uncount(article.id, engine)
            self._tally.changed += 1
        self.add(article, digest)

    def remove_vanished(self, engine: Engine) -> None:
        """Remove the articles that this run did not meet."""
        for id in self._catalogue.vanished():
            self._uncount(id, engine)
            self._writer.delete(id)
            self._catalogue.drop(id)
            self._tally.removed += 1

    def _uncount(self, id: str, engine: Engine) -> None:
        hit = engine.get(id)
        if hit is None:
            raise IndexDamaged(f"article {id} is in the catalogue and not in the engine. Run: index rebuild")
        self._count(article_of(hit.stored), -1)

    def _count(self, article: Article, by: int) -> None:
        for field, labels in facet_labels(article).items():
            self._catalogue.count(field, labels.items(), by)


@contextmanager
def _generation(generations: Generations, name: str) -> Iterator[Path]:
    """Give the folder of a generation, and remove it where building fails."""
    try:
        yield generations.path(name)
    except BaseException:
        generations.drop(name)
        raise


@contextmanager
def _writing(
    folder: Path, engine_name: str, *, fresh: bool
) -> Iterator[tuple[Engine, Writer, CatalogueWriter]]:
    engine = open_engine(engine_name, folder / "engine")
    catalogue = CatalogueWriter(folder / "catalogue.sqlite")
    try:
        with engine.rebuild() if fresh else engine.update() as writer:
            yield engine, writer, catalogue
        catalogue.close()
    except BaseException:
        catalogue.abandon()
        raise
    finally:
        engine.close()


def _tell(listener: Listener | None, tally: Tally, stage: str) -> None:
    if listener:
        listener(Progress(tally.articles, stage))


def _refuse_nothing(tally: Tally) -> None:
    if tally.articles == 0:
        broken = f"; {tally.broken} could not be read, the first: {tally.problems[0]}" if tally.broken else ""
        raise NothingIndexed(f"no article found{broken}. The index is as it was")


def _report(generation: str, tally: Tally, started: float, *, swapped: bool = True) -> Report:
    return Report(
        generation=generation,
        articles=tally.articles,
        added=tally.added,
        changed=tally.changed,
        removed=tally.removed,
        unchanged=tally.unchanged,
        broken=tally.broken,
        problems=tuple(tally.problems),
        warnings=tuple(tally.warnings),
        seconds=time.monotonic() - started,
        swapped=swapped,
    )
