"""Looking after an index: checking its files, going back to the generation before."""

from __future__ import annotations

from indexer.engines import go_live, writing
from indexer.errors import IndexMissing
from indexer.generations import Generations
from indexer.manifest import Manifest


def check(generations: Generations) -> tuple[str, list[str]]:
    """Return the live generation and a line for each of its files that is missing or changed."""
    name = generations.current()
    folder = generations.path(name)
    return name, Manifest.load(folder).damaged(folder)


def roll_back(generations: Generations) -> tuple[str, str]:
    """Let the generation before the live one go live; return the names of both.

    Raises IndexMissing where none is left, IndexDamaged where the one before is damaged.
    """
    with generations.lock("index rollback"):
        live = generations.current()
        previous = generations.before(live)
        if not previous:
            raise IndexMissing(f"{generations.directory}: there is no generation before {live}")
        folder = generations.path(previous)
        manifest = Manifest.load(folder)
        manifest.check_sizes(folder)
        with writing(manifest.engine, "index rollback"):
            go_live(manifest.engine, folder / "engine")
        generations.swap(previous)
        return live, previous
