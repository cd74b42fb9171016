"""Building: articles → a new generation, checked and swapped in, or nothing changed at all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.catalogue import CatalogueWriter
from indexer.completion import complete
from indexer.copies import writing_copies
from indexer.dates import PARIS
from indexer.duplicates import Duplicates
from indexer.engine import Engine, Writer
from indexer.engines import open_engine, resolve_engine
from indexer.entries import article_of, digest_of, entry_of, facet_labels
from indexer.errors import IndexDamaged, NothingIndexed, ReadError
from indexer.french import Analyser, fold_key
from indexer.generations import Generations
from indexer.manifest import Manifest
from indexer.persons import PersonExtractor, open_extractor
from indexer.progress import Listener, Progress, Recorder, Report, Tally
from indexer.skipped import Skipped
from indexer.tagnames import TagNames

Reading = Article | ReadError | Skipped


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how an index is built.

    `strict`: any broken file is an error before the swap. `recorder` is told all problems and warnings.
    `tags` is a file of aliases and types of tags.
    """

    engine: str = "auto"
    persons: str = "names"
    strict: bool = False
    zone: ZoneInfo = PARIS
    recorder: Recorder | None = None
    tags: Path | None = None


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
        tally = Tally(recorder=recipe.recorder)
        with writing_copies(folder) as copies:
            duplicates = Duplicates(copies)
            with _writing(folder, engine_name, fresh=True) as (_, writer, catalogue):
                builder = _Builder(writer, catalogue, duplicates, extractor, recipe, tally, listener)
                for article in builder.articles(readings):
                    builder.take(article)
                _refuse_nothing(tally)
            _complete_kept(folder, engine_name, duplicates, extractor, recipe)
            copies.link()
            tally.copies = copies.counted()
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
        extractor = open_extractor(manifest.persons)
        with _generation(generations, generations.clone(live)) as folder:
            tally = Tally(recorder=recipe.recorder)
            with writing_copies(folder) as copies:
                duplicates = Duplicates(copies)
                with _writing(folder, manifest.engine, fresh=False) as (engine, writer, catalogue):
                    builder = _Builder(writer, catalogue, duplicates, extractor, recipe, tally, listener)
                    for article in builder.articles(readings):
                        builder.replace(article, engine)
                    _refuse_nothing(tally)
                    if tally.broken:
                        tally.warn("nothing was removed, since some files could not be read")
                    else:
                        builder.remove_vanished(engine)
                    builder.settle()
                _complete_kept(folder, manifest.engine, duplicates, extractor, recipe)
                if tally.added or tally.changed or tally.removed:
                    copies.link()
                tally.copies = copies.counted()
            if not (tally.added or tally.changed or tally.removed or duplicates.changed):
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
        duplicates: Duplicates,
        extractor: PersonExtractor,
        recipe: Recipe,
        tally: Tally,
        listener: Listener | None,
    ) -> None:
        self._writer = writer
        self._catalogue = catalogue
        self._duplicates = duplicates
        self._extractor = extractor
        self._recipe = recipe
        self._tally = tally
        self._listener = listener
        self._analyser = Analyser()
        self._tags = TagNames.load(recipe.tags)

    def articles(self, readings: Iterable[Reading]) -> Iterator[Article]:
        """Yield the articles; broken files and ids that come twice are noted as problems."""
        for reading in readings:
            if isinstance(reading, Skipped):
                self._tally.skip(reading)
                continue
            if isinstance(reading, Article):
                reading = self._tags.renamed(reading)
                if self._catalogue.seen(reading.id):
                    if self._duplicates.repeated(reading, self._digest(reading)):
                        self._tally.articles += 1
                        self._tally.repeat(reading, reading.id)
                        continue
                    reading = ReadError(reading.id, "another article of this run has the same id")
            if isinstance(reading, ReadError):
                if self._recipe.strict:
                    raise reading
                self._tally.note(reading)
                continue
            self._tally.doubt(reading)
            yield reading
            self._tally.articles += 1
            _tell(self._listener, self._tally, "reading")

    def take(self, article: Article) -> None:
        """Take in an article of a new index, unless it is the same as one before."""
        digest = self._digest(article)
        if kept := self._duplicates.first(article, digest):
            self._tally.repeat(article, kept)
            return
        self._tally.added += 1
        self.add(article, digest)

    def add(self, article: Article, digest: bytes | None = None) -> None:
        """Take in a new article."""
        digest = digest or self._digest(article)
        article = article.with_persons(self._tags.persons(article, self._extractor.persons(article)))
        entry = entry_of(article, self._analyser, self._recipe.zone)
        self._writer.add(entry)
        self._catalogue.add(article.id, digest, fold_key(article.title), entry.published)
        self._count(article, 1)

    def replace(self, article: Article, engine: Engine) -> None:
        """Take in an article that may be there already."""
        digest = self._digest(article)
        before = self._catalogue.digest(article.id)
        if before == digest:
            self._catalogue.keep(article.id)
            self._tally.unchanged += 1
            return
        if before is None and (kept := self._duplicates.unchanged(article.id, digest)):
            self._tally.repeat(article, kept)
            return
        if before is not None:
            self._uncount(article.id, engine)
        if kept := self._duplicates.owner(article, digest):
            self._tally.repeat(article, kept)
            if before is not None:
                self._forget(article.id)
            return
        if before is None:
            self._tally.added += 1
        else:
            self._tally.changed += 1
        self.add(article, digest)

    def remove_vanished(self, engine: Engine) -> None:
        """Remove the articles that this run did not meet."""
        for id in self._catalogue.vanished():
            self._uncount(id, engine)
            self._forget(id)
            self._duplicates.drop(id)
        self._duplicates.drop_unmet()

    def settle(self) -> None:
        """Let duplicates take the place of articles that are gone or no longer the same."""
        self._duplicates.settle(self._digest, self._promote)

    def complete(self, id: str, engine: Engine) -> None:
        """Give an article of the index what its duplicates know."""
        hit, digest = engine.get(id), self._catalogue.digest(id)
        if hit is None or digest is None:
            return
        stored = article_of(hit.stored)
        whole = self._duplicates.completed(id, stored)
        if whole != stored:
            self._count(stored, -1)
            self.add(whole, digest)

    def _promote(self, article: Article) -> None:
        self._tally.added += 1
        self.add(article)

    def _forget(self, id: str) -> None:
        self._writer.delete(id)
        self._catalogue.drop(id)
        self._tally.removed += 1

    def _digest(self, article: Article) -> bytes:
        return digest_of(article, self._tags.types_of(article))

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


def _complete_kept(
    folder: Path, engine_name: str, duplicates: Duplicates, extractor: PersonExtractor, recipe: Recipe
) -> None:
    """Give the articles that have duplicates what those know: an engine has them only when all is written."""
    if not duplicates.changed:
        return
    with _writing(folder, engine_name, fresh=False) as (engine, writer, catalogue):
        builder = _Builder(writer, catalogue, duplicates, extractor, recipe, Tally(), None)
        for id in sorted(duplicates.changed):
            builder.complete(id, engine)


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
        skipped=dict(tally.skipped),
        copies=tally.copies,
        doubts=tally.doubts,
        warnings=tuple(tally.warnings),
        seconds=time.monotonic() - started,
        swapped=swapped,
    )
