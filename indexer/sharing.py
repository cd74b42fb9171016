"""Sharing: an index that several machines build, each its share of the corpus, and one of them the rest.

What takes long, reading and analysing, is done by all at once, and goes into one new index of a cluster. Who
finishes does what needs to know of all articles: what repeats another, which names are one person, counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build import (
    CACHE,
    Recipe,
    complete_kept,
    live_joins,
    refuse_nothing,
    report_of,
    tell,
    writing_to,
)
from indexer.builder import Builder
from indexer.completion import complete
from indexer.copies import writing_copies
from indexer.corpus import Corpus
from indexer.duplicates import Duplicates
from indexer.engine import Entry, Writer
from indexer.engines import resolve_engine, shared_build, writing
from indexer.errors import IndexMissing, ReadError, SettingsError
from indexer.generations import Generations
from indexer.joining import join_persons
from indexer.persons import Join, KnownPersons
from indexer.preparing import Plan, Prepared
from indexer.progress import Listener, Report, Tally
from indexer.sharedrows import from_row, to_row
from indexer.skipped import Skipped
from indexer.tagnames import TagNames
from indexer.workers import prepare_batches

if TYPE_CHECKING:
    from indexer.engines.opensearch import SharedBuild


def rebuild_share(
    directory: Path, corpus: Corpus, recipe: Recipe, share: int, shares: int, listener: Listener | None = None
) -> Report:
    """Read one share of a corpus into the index that all build; `finish` lets it go live.

    A share may be sent again. Raises SettingsError where the others build in another way.
    """
    started = time.monotonic()
    tally = Tally(recorder=recipe.recorder)
    with closing(shared_build(resolve_engine(recipe.engine))) as shared:
        own = {"shares": shares, "persons": recipe.persons, "zone": recipe.zone.key}
        joins = live_joins(Generations(directory))
        said = shared.join({**own, "joins": {key: asdict(join) for key, join in joins.items()}})
        if other := {key: said[key] for key in own if said[key] != own[key]}:
            raise SettingsError(f"the others build with {other}: do so, or run index rebuild --abandon")
        plan = Plan(
            recipe.persons,
            recipe.zone,
            joins={key: Join(**join) for key, join in said["joins"].items()},
            cache=directory / CACHE,
            tags=TagNames.load(recipe.tags),
        )
        part = corpus.share(share, shares)
        with shared.writing(share) as writer, prepare_batches(part, plan, recipe.jobs) as batches:
            for number, batch in enumerate(batches):
                writer.begin(part.place(number))
                for item in batch:
                    if isinstance(item, ReadError) and recipe.strict:
                        raise item
                    _count(item, tally)
                    writer.take(to_row(item), item.entry if isinstance(item, Prepared) else None)
                    tell(listener, tally, "reading")
    return report_of("", tally, started, swapped=False)


def finish(directory: Path, recipe: Recipe, listener: Listener | None = None) -> Report:
    """Check what all have sent, complete it and let it go live.

    Raises IndexMissing where a share is not there; the live generation stays as it is then.
    """
    started = time.monotonic()
    generations = Generations(directory)
    engine_name = resolve_engine(recipe.engine)
    known = KnownPersons.load(recipe.persons_file)
    command = "index rebuild --finish"
    with (
        generations.lock(command),
        writing(engine_name, command),
        closing(shared_build(engine_name)) as shared,
    ):
        said = shared.plan()
        if undone := shared.undone(said["shares"]):
            missing = ", ".join(f"{share}/{said['shares']}" for share in undone)
            raise IndexMissing(f"not all shares are there: index rebuild --shard {missing} is to be run")
        joins = {key: Join(**join) for key, join in said["joins"].items()}
        plan = Plan(
            said["persons"],
            recipe.zone,
            joins=joins,
            cache=directory / CACHE,
            tags=TagNames.load(recipe.tags),
        )
        tally = Tally(recorder=recipe.recorder)
        with generations.making(generations.new()) as folder:
            shared.adopt(folder / "engine")
            with writing_copies(folder) as copies:
                duplicates = Duplicates(copies)
                with writing_to(folder, engine_name, fresh=False) as (_, writer, catalogue):
                    catalogue.set_joins(joins)
                    builder = Builder(_There(writer), catalogue, duplicates, tally, recipe.zone)
                    for prepared in builder.articles(_sent(shared), strict=recipe.strict):
                        before = tally.added
                        builder.take(prepared)
                        if tally.added == before:  # it repeats another, and was left out
                            writer.delete(prepared.id)
                        tell(listener, tally, "reading")
                    refuse_nothing(tally)
                complete_kept(folder, engine_name, duplicates, plan)
                copies.link()
                tally.copies = copies.counted()
            tell(listener, tally, "joining")
            join_persons(folder, engine_name, known, recipe.zone)
            tell(listener, tally, "checking")
            complete(generations, folder, engine_name, said["persons"], recipe.zone)
        shared.drop()
    return report_of(folder.name, tally, started)


def abandon(recipe: Recipe) -> None:
    """Give up the build that has begun, and remove what was sent."""
    engine_name = resolve_engine(recipe.engine)
    with writing(engine_name, "index rebuild --abandon"), closing(shared_build(engine_name)) as shared:
        shared.drop()


class _There:
    """Take articles that are in the index already, and write the others."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(self, entry: Entry) -> None:
        if entry.terms:
            self._writer.add(entry)

    def delete(self, id: str) -> None:
        self._writer.delete(id)


def _sent(shared: SharedBuild) -> Iterator[Prepared | ReadError | Skipped]:
    def fetch(id: str) -> bytes:
        hit = shared.get(id)
        if hit is None:
            raise IndexMissing(f"the article {id} was sent and is not there")
        return hit.stored

    return (from_row(row, fetch) for row in shared.rows())


def _count(item: Prepared | ReadError | Skipped, tally: Tally) -> None:
    match item:
        case ReadError():
            tally.note(item)
        case Skipped():
            tally.skip(item)
        case Prepared():
            tally.articles += 1
