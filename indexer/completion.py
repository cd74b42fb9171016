"""The end of a build: a generation is checked, gets its lexicon and its manifest, and is swapped in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.catalogue import Catalogue, Summary
from indexer.engines import go_live, open_engine
from indexer.entries import SCHEMA_VERSION, article_of
from indexer.errors import IndexDamaged
from indexer.french import ANALYSER_VERSION, Analyser
from indexer.generations import Generations
from indexer.lexicon import write_lexicon
from indexer.manifest import Manifest, day_text, list_files
from indexer.query import Everything, Search, Term

_SAMPLE = 20


def complete(generations: Generations, folder: Path, engine_name: str, persons: str, zone: ZoneInfo) -> None:
    """Check a generation, write its manifest, let it go live; raise IndexDamaged where a check fails."""
    version, summary = _check(folder, engine_name)
    manifest = Manifest(
        engine=engine_name,
        engine_version=version,
        schema_version=SCHEMA_VERSION,
        analyser_version=ANALYSER_VERSION,
        persons=persons,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        articles=summary.articles,
        undated=summary.undated,
        first=day_text(summary.first, zone),
        last=day_text(summary.last, zone),
        previous=generations.last_whole(),
        files=list_files(folder),
        zone=zone.key,
    )
    manifest.save(folder)
    go_live(engine_name, folder / "engine")
    generations.swap(folder.name)


def _check(folder: Path, engine_name: str) -> tuple[str, Summary]:
    """Search a generation before it goes live; raise IndexDamaged where an answer is wrong."""
    engine = open_engine(engine_name, folder / "engine")
    catalogue = Catalogue(folder / "catalogue.sqlite")
    analyser = Analyser()
    try:
        summary = catalogue.summary()
        expected = summary.articles
        total = engine.search(Search(Everything(), limit=0)).total
        if total != expected:
            raise IndexDamaged(
                f"the new index has {total} articles instead of {expected}; it was not swapped in"
            )
        for id in catalogue.sample(_SAMPLE):
            hit = engine.get(id)
            if hit is None or article_of(hit.stored).id != id:
                raise IndexDamaged(f"{folder}: the article {id} is lost; not swapped in")
            for term in analyser.terms(article_of(hit.stored).title).stems[:1]:
                if engine.search(Search(Term("text", term), limit=0)).total == 0:
                    raise IndexDamaged(f"{folder}: {term!r} is not found; not swapped in")
        write_lexicon(engine, folder)
        return engine.info().version, summary
    finally:
        engine.close()
        catalogue.close()
