"""The draft: a generation that is being built, its engine and its catalogue open for writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.catalogue_writer import CatalogueWriter
from indexer.engine import Engine
from indexer.engines import open_engine


@contextmanager
def open_draft(folder: Path, engine_name: str) -> Iterator[tuple[Engine, CatalogueWriter]]:
    """Give the engine and the catalogue of a folder; what the catalogue took is lost where it goes wrong."""
    engine = open_engine(engine_name, folder / "engine")
    catalogue = CatalogueWriter(folder / "catalogue.sqlite")
    try:
        yield engine, catalogue
        catalogue.close()
    except BaseException:
        catalogue.abandon()
        raise
    finally:
        engine.close()
