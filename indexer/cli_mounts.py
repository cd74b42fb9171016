"""The command of a host application: `index` on the folders of the indexes that it has mounted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from indexer import logs
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Hold where a mounted index lies, and its file of synonyms where it has one of its own."""

    directory: Path
    synonyms: Path | None = None


def host_command(places: Callable[[], Mapping[str, Place]]) -> click.Group:
    """Return the command `index` with an option for one of the places, which is needed among several.

    All else comes from the settings, as for the command itself; it is imported when it is called.
    """

    def start(ctx: click.Context, name: str | None, settings: Path | None) -> None:
        place = _chosen(places(), name)
        loaded = Settings.load(settings)
        ctx.obj = replace(loaded, index_dir=place.directory, synonyms=place.synonyms or loaded.synonyms)

    return _HostGroup(
        "index",
        callback=click.pass_context(start),
        help="Build and search the index of a mounted search.",
        params=[
            click.Option(["--name"], help="Name of the blueprint, where several are mounted."),
            click.Option(
                ["--settings"],
                type=click.Path(path_type=Path),
                help="Settings file (default: index.toml).",
            ),
        ],
    )


class _HostGroup(click.Group):
    """Have the commands of `index`, which are imported when they are asked for: they load all readers."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return _whole().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _whole().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        from indexer.cli import told

        logs.configure("text")
        return told(ctx, lambda: super(_HostGroup, self).invoke(ctx))


def _whole() -> click.Group:
    from indexer.cli import main

    return main


def _chosen(places: Mapping[str, Place], name: str | None) -> Place:
    if name is None and len(places) == 1:
        return next(iter(places.values()))
    if name is None:
        raise click.UsageError(f"several searches are mounted; choose with --name: {', '.join(places)}")
    if name not in places:
        raise click.UsageError(f"no search is mounted as {name!r}; there are {', '.join(places)}")
    return places[name]
