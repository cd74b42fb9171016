"""Building: articles → a new generation, checked and swapped in, or nothing changed at all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.catalogue import SPELLED, Catalogue
from indexer.catalogue_writer import CatalogueWriter
from indexer.completion import complete
from indexer.corpus import Reading
from indexer.dates import PARIS
from indexer.draft import open_draft
from indexer.engine import Engine, Writer
from indexer.engines import resolve_engine
from indexer.entries import article_of, day_of, facet_labels
from indexer.errors import IndexDamaged, NothingIndexed, ReadError
from indexer.generations import Generations
from indexer.joining import join_persons
from indexer.manifest import Manifest
from indexer.persons import Join, KnownPersons
from indexer.preparing import Plan, Prepared
from indexer.progress import Listener, Progress, Report, Tally
from indexer.workers import prepare

_CACHE = "cache"
"""The folder beside the generations of what is kept between runs."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how an index is built. `strict`: any broken file is an error before the swap.

    `zone`: that of the days that are counted. `persons_file`: what is known of names, on top of the file
    that ships. `jobs` is the number of processes that read and analyse, 0 for one a processor, 1 for none
    but this.
    """

    engine: str = "auto"
    persons: str = "names"
    strict: bool = False
    zone: ZoneInfo = PARIS
    jobs: int = 0
    persons_file: Path | None = None


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
    known = KnownPersons.load(recipe.persons_file)
    plan = Plan(recipe.persons, recipe.zone, cache=directory / _CACHE)
    with generations.lock("index rebuild"), _generation(generations, generations.new()) as folder:
        tally = Tally()
        with _writing(folder, engine_name, fresh=True) as (_, writer, catalogue):
            builder = _Builder(writer, catalogue, recipe, tally, listener)
            with prepare(readings, plan, recipe.jobs) as items:
                for prepared in builder.articles(items):
                    builder.add(prepared)
                    tally.added += 1
            _refuse_nothing(tally)
        _tell(listener, tally, "joining")
        join_persons(folder, engine_name, known, recipe.zone)
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
    known = KnownPersons.load(recipe.persons_file)
    with generations.lock("index update"):
        live = generations.current()
        manifest = Manifest.load(generations.path(live))
        recipe = replace(recipe, zone=ZoneInfo(manifest.zone))
        catalogue_file = generations.path(live) / "catalogue.sqlite"
        joins = _joins(catalogue_file)
        plan = Plan(manifest.persons, recipe.zone, catalogue_file, joins, directory / _CACHE)
        with _generation(generations, generations.clone(live)) as folder:
            tally = Tally()
            with _writing(folder, manifest.engine, fresh=False) as (engine, writer, catalogue):
                builder = _Builder(writer, catalogue, recipe, tally, listener)
                with prepare(readings, plan, recipe.jobs) as items:
                    for prepared in builder.articles(items):
                        builder.replace(prepared, engine)
                _refuse_nothing(tally)
                if tally.broken:
                    tally.warn("nothing was removed, since some files could not be read")
                else:
                    builder.remove_vanished(engine)
            _tell(listener, tally, "joining")
            renamed = join_persons(folder, manifest.engine, known, recipe.zone)
            if not (tally.added or tally.changed or tally.removed or renamed):
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
        recipe: Recipe,
        tally: Tally,
        listener: Listener | None,
    ) -> None:
        self._writer = writer
        self._catalogue = catalogue
        self._recipe = recipe
        self._tally = tally
        self._listener = listener

    def articles(self, items: Iterable[Prepared | ReadError]) -> Iterator[Prepared]:
        """Yield the articles; broken files and ids that come twice are noted as problems."""
        for item in items:
            if isinstance(item, Prepared) and self._catalogue.seen(item.id):
                item = ReadError(item.id, "another article of this run has the same id")
            if isinstance(item, ReadError):
                if self._recipe.strict:
                    raise item
                self._tally.note(item)
                continue
            self._tally.warn(*(f"{item.id}: {warning}" for warning in item.warnings))
            yield item
            self._tally.articles += 1
            _tell(self._listener, self._tally, "reading")

    def add(self, prepared: Prepared) -> None:
        """Take in a new article."""
        entry = prepared.entry
        assert entry is not None
        self._writer.add(entry)
        self._catalogue.add(prepared.id, prepared.digest, prepared.title_key, entry.published)
        if prepared.found is not None:
            self._catalogue.keep_found(prepared.id, prepared.found)
        self._count(prepared.labels, entry.day, 1)

    def replace(self, prepared: Prepared, engine: Engine) -> None:
        """Take in an article that may be there already."""
        if prepared.entry is None:
            self._catalogue.keep(prepared.id)
            self._tally.unchanged += 1
            return
        if self._catalogue.digest(prepared.id) is None:
            self._tally.added += 1
        else:
            self._uncount(prepared.id, engine)
            self._tally.changed += 1
        self.add(prepared)

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
        article = article_of(hit.stored)
        found = self._catalogue.drop_found(id)
        article = article if found is None else article.with_persons(found)
        self._count(facet_labels(article), day_of(article, self._recipe.zone), -1)

    def _count(self, labels: Mapping[str, Mapping[str, str]], day: int | None, by: int) -> None:
        for field, spellings in labels.items():
            # Persons are counted as they are spelled; which of them are one is found at the end.
            name = SPELLED if field == "person" else field
            self._catalogue.count(name, spellings.items(), day, by)


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
    with (
        open_draft(folder, engine_name) as (engine, catalogue),
        engine.rebuild() if fresh else engine.update() as writer,
    ):
        yield engine, writer, catalogue


def _joins(file: Path) -> dict[str, Join]:
    """Return the joins of persons of a generation."""
    catalogue = Catalogue(file)
    try:
        return catalogue.joins()
    finally:
        catalogue.close()


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
