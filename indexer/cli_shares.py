"""The options of `index rebuild` for an index that several machines build."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from indexer import sharing
from indexer.build import Recipe
from indexer.corpus import Corpus
from indexer.progress import Listener, Report


@dataclass(frozen=True, slots=True)
class Part:
    """Hold which part of a shared build is to be done: a share, the finish, or its end."""

    share: tuple[int, int] | None
    finish: bool
    abandon: bool

    @property
    def asked(self) -> bool:
        """Tell whether any is; raise UsageError where more than one is."""
        asked = [self.share is not None, self.finish, self.abandon]
        if sum(asked) > 1:
            raise click.UsageError("give one of --shard, --finish and --abandon")
        return any(asked)

    def run(self, directory: Path, corpus: Corpus, recipe: Recipe, listener: Listener | None) -> Report:
        """Do this part and return what came of it."""
        if self.share:
            return sharing.rebuild_share(directory, corpus, recipe, *self.share, listener)
        if self.finish:
            return sharing.finish(directory, recipe, listener)
        sharing.abandon(recipe)
        return Report(generation="", articles=0, swapped=False)


def part_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which part of a shared build is to be done."""
    for option in (
        click.option("--abandon", is_flag=True, help="Give up what several machines have built."),
        click.option("--finish", is_flag=True, help="Complete what several machines have built; swap it in."),
        click.option("--shard", metavar="N/OF", callback=_share, help="Build one share of an index, as 3/8."),
    ):
        function = option(function)
    return function


def _share(_: click.Context, __: click.Parameter, value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", value)
    if not found or int(found[1]) > int(found[2]):
        raise click.BadParameter(f"{value!r} is no share: 3/8 is the third of eight")
    return int(found[1]), int(found[2])
