"""A call of the command: what every subcommand is told, and how it answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from indexer.periods import parse_period
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Call:
    """Hold what every command is told."""

    settings: Settings
    json: bool
    quiet: bool
    log_format: str

    @property
    def silent(self) -> bool:
        """Tell whether no progress is shown."""
        return self.quiet or self.json or self.log_format == "json"


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command has, and give it a Call instead of them."""

    def call(index_dir: Path | None, as_json: bool, quiet: bool, **options: Any) -> None:
        context = click.get_current_context()
        settings: Settings = context.find_object(Settings) or Settings.load()
        if index_dir:
            settings = replace(settings, index_dir=index_dir)
        log_format = context.find_root().params.get("log_format", "text")
        function(Call(settings, as_json, quiet, log_format), **options)

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    call.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option("--index-dir", type=click.Path(path_type=Path), help="Folder of the index."),
    ):
        call = option(call)
    return call


def put(call: Call, row: Any, text: str) -> None:
    """Print an answer: as JSON where the call asks for that, else as text."""
    click.echo(json.dumps(row, ensure_ascii=False, indent=1) if call.json else text)


def day(text: str | None, option: str, side: int) -> date | None:
    """Read a day, a month or a year; of a period the first day for --from, the last for --to."""
    if not text:
        return None
    period = parse_period(text)
    if period is None or ".." in text:
        raise click.BadParameter(f"{text!r} is not a day, a month or a year", param_hint=option)
    return (period.first, period.last)[side]
