"""Looking after an index: checking its files, going back to the generation before."""

from __future__ import annotations

from indexer.engines import go_live, writing
from indexer.errors import IndexDamaged, IndexMissing
from indexer.generations import Generations
from indexer.manifest import Manifest


def check(generations: Generations) -> tuple[str, list[str]]:
    """Return the live generation and a line for each of its files that is missing or changed."""
    name = generations.current()
    folder = generations.path(name)
    pointer = [] if generations.is_pointer_whole() else [f"{generations.directory / 'current'}: changed"]
    return name, pointer + Manifest.load(folder).damaged(folder)


def roll_back(generations: Generations, name: str = "") -> tuple[str, str]:
    """Let the generation before the live one go live, or the one of this name; return the names of both.

    Raises IndexMissing where there is no such generation, IndexDamaged where any file of it is.
    """
    # Nothing is removed: the generation asked for may just have been put there from a backup.
    with generations.lock("index rollback", sweep=False):
        try:
            live = generations.current()
        except IndexDamaged:  # the very file that names it: the newest is taken
            live = ""
        chosen = name or generations.before(live) if live else name or next(iter(generations.others("")), "")
        if not chosen:
            raise IndexMissing(f"{generations.directory}: there is no generation before {live}")
        if chosen not in generations.others(live):
            kept = ", ".join(generations.others(live)) or "none"
            raise IndexMissing(
                f"{generations.directory}: no generation {chosen} beside {live}; there is {kept}"
            )
        folder = generations.path(chosen)
        manifest = Manifest.load(folder)
        if lines := manifest.damaged(folder):
            raise IndexDamaged(f"{lines[0]}. It was not swapped in. Run: index rebuild")
        with writing(manifest.engine, "index rollback"):
            go_live(manifest.engine, folder / "engine")
        generations.swap(chosen)
        return live or "no generation", chosen
