"""Building: articles → a new generation, checked and swapped in, or nothing changed at all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.ahead import Ahead
from indexer.builder import Builder
from indexer.catalogue import Catalogue
from indexer.catalogue_writer import CatalogueWriter
from indexer.collecting import collecting_seldom
from indexer.completion import complete
from indexer.copies import writing_copies
from indexer.dates import PARIS
from indexer.draft import open_draft
from indexer.duplicates import Duplicates
from indexer.engine import Engine, Writer
from indexer.engines import resolve_engine, writing
from indexer.errors import IndexDamaged, ManchetteError, NothingIndexed
from indexer.generations import Generations
from indexer.joining import join_persons
from indexer.manifest import Manifest
from indexer.persons import Join, KnownPersons
from indexer.preparing import Plan, Preparer
from indexer.progress import Listener, Progress, Recorder, Report, Tally
from indexer.readers import Reading
from indexer.tagnames import TagNames
from indexer.workers import prepare

CACHE = "cache"
"""The folder beside the generations of what is kept between runs."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold how an index is built. `strict`: any broken file is an error before the swap.

    `zone`: that of the days that are counted. `persons_file`: what is known of names, on top of the file
    that ships. `jobs` is the number of processes that read and analyse, 0 for one a processor, 1 for none
    but this. `recorder` is told all problems and warnings. `tags` is a file of aliases and types of tags.
    """

    engine: str = "auto"
    persons: str = "names"
    strict: bool = False
    zone: ZoneInfo = PARIS
    jobs: int = 0
    persons_file: Path | None = None
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
    known = KnownPersons.load(recipe.persons_file)
    joins = live_joins(generations)
    plan = Plan(recipe.persons, recipe.zone, None, joins, directory / CACHE, tags=TagNames.load(recipe.tags))
    command = "index rebuild"
    with (
        collecting_seldom(),
        generations.lock(command),
        writing(engine_name, command),
        generations.making(generations.new()) as folder,
    ):
        tally = Tally(recorder=recipe.recorder)
        with writing_copies(folder) as copies:
            duplicates = Duplicates(copies)
            with writing_to(folder, engine_name, fresh=True) as (_, writer, catalogue):
                catalogue.set_joins(joins)
                builder = Builder(writer, catalogue, duplicates, tally, recipe.zone)
                with prepare(readings, plan, recipe.jobs) as items:
                    for prepared in builder.articles(items, strict=recipe.strict):
                        builder.take(prepared)
                        tell(listener, tally, "reading")
                refuse_nothing(tally)
                ahead = Ahead(catalogue.spelled(), known)
            complete_kept(folder, engine_name, duplicates, plan)
            copies.link()
            tally.copies = copies.counted()
        tell(listener, tally, "joining")
        join_persons(folder, engine_name, known, recipe.zone, ahead)
        tell(listener, tally, "checking")
        complete(generations, folder, engine_name, recipe.persons, recipe.zone)
    return report_of(folder.name, tally, started)


def update(
    directory: Path, readings: Iterable[Reading], recipe: Recipe, listener: Listener | None = None
) -> Report:
    """Add new, replace changed and remove vanished articles in a copy of the live generation.

    Nothing is removed where a file could not be read, since its articles are not known to be gone.
    """
    started = time.monotonic()
    generations = Generations(directory)
    known = KnownPersons.load(recipe.persons_file)
    tags = TagNames.load(recipe.tags)
    with collecting_seldom(), generations.lock("index update"):
        live = generations.current()
        manifest = Manifest.load(generations.path(live))
        _refuse_damaged(manifest, generations.path(live))
        recipe = replace(recipe, zone=ZoneInfo(manifest.zone))
        catalogue_file = generations.path(live) / "catalogue.sqlite"
        joins = _joins(catalogue_file)
        plan = Plan(manifest.persons, recipe.zone, catalogue_file, joins, directory / CACHE, tags)
        with (
            writing(manifest.engine, "index update"),
            generations.making(generations.clone(live)) as folder,
        ):
            tally = Tally(recorder=recipe.recorder)
            with writing_copies(folder) as copies:
                duplicates = Duplicates(copies)
                with writing_to(folder, manifest.engine, fresh=False) as (engine, writer, catalogue):
                    builder = Builder(writer, catalogue, duplicates, tally, recipe.zone)
                    with prepare(readings, plan, recipe.jobs) as items:
                        for prepared in builder.articles(items, strict=recipe.strict):
                            builder.replace(prepared, engine)
                            tell(listener, tally, "reading")
                    refuse_nothing(tally)
                    if tally.broken:
                        tally.warn("nothing was removed, since some files could not be read")
                    else:
                        builder.remove_vanished(engine)
                    with _preparer(plan) as preparer:
                        builder.settle(preparer)
                complete_kept(folder, manifest.engine, duplicates, plan)
                if tally.added or tally.changed or tally.removed:
                    copies.link()
                tally.copies = copies.counted()
            tell(listener, tally, "joining")
            renamed = join_persons(folder, manifest.engine, known, recipe.zone)
            if not (tally.added or tally.changed or tally.removed or duplicates.changed or renamed):
                generations.drop(folder.name)
                return report_of(live, tally, started, swapped=False)
            tell(listener, tally, "checking")
            complete(generations, folder, manifest.engine, manifest.persons, recipe.zone)
    return report_of(folder.name, tally, started)


def _refuse_damaged(manifest: Manifest, folder: Path) -> None:
    """Raise IndexDamaged where files of a generation changed: a copy would have them with new checksums."""
    if lines := manifest.damaged(folder):
        raise IndexDamaged(f"{lines[0]}. An update would copy it. Run: index rebuild, or index rollback")


@contextmanager
def writing_to(
    folder: Path, engine_name: str, *, fresh: bool
) -> Iterator[tuple[Engine, Writer, CatalogueWriter]]:
    """Give what writes into the generation of a folder: all anew, or changes."""
    with (
        open_draft(folder, engine_name) as (engine, catalogue),
        engine.rebuild() if fresh else engine.update() as writer,
    ):
        yield engine, writer, catalogue


def live_joins(generations: Generations) -> dict[str, Join]:
    """Return the joins of the live generation: what they still are at the end need not be written again.

    An engine drags along each article that is written twice, and counts words more slowly for it.
    """
    try:
        folder = generations.path(generations.current())
        Manifest.load(folder)
        return _joins(folder / "catalogue.sqlite")
    except ManchetteError:  # no index yet, or one of another version
        return {}


def _joins(file: Path) -> dict[str, Join]:
    """Return the joins of persons of a generation."""
    catalogue = Catalogue(file)
    try:
        return catalogue.joins()
    finally:
        catalogue.close()


@contextmanager
def _preparer(plan: Plan) -> Iterator[Preparer]:
    """Give a preparer of this process, which makes every article afresh."""
    preparer = Preparer(replace(plan, known=None))
    try:
        yield preparer
    finally:
        preparer.close()


def complete_kept(folder: Path, engine_name: str, duplicates: Duplicates, plan: Plan) -> None:
    """Give the articles that have duplicates what those know: an engine has them only when all is written."""
    if not duplicates.changed:
        return
    with (
        writing_to(folder, engine_name, fresh=False) as (engine, writer, catalogue),
        _preparer(plan) as preparer,
    ):
        builder = Builder(writer, catalogue, duplicates, Tally(), plan.zone)
        for id in sorted(duplicates.changed):
            builder.complete(id, engine, preparer)


def tell(listener: Listener | None, tally: Tally, stage: str) -> None:
    """Tell who listens how far a build is."""
    if listener:
        listener(Progress(tally.articles, stage))


def refuse_nothing(tally: Tally) -> None:
    """Raise NothingIndexed where there was no article."""
    if tally.articles == 0:
        broken = f"; {tally.broken} could not be read, the first: {tally.problems[0]}" if tally.broken else ""
        raise NothingIndexed(f"no article found{broken}. The index is as it was")


def report_of(generation: str, tally: Tally, started: float, *, swapped: bool = True) -> Report:
    """Return what a build did."""
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
