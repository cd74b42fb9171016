"""The commands for the generations of an index: what they are, whether they are whole, which one is live."""

from __future__ import annotations

import sys
from typing import TextIO

import click

from indexer import jsonform
from indexer.cli_call import Call, command, put
from indexer.cli_diff import difference_row, difference_text
from indexer.difference import differ
from indexer.generations import Generations
from indexer.index import Index
from indexer.maintenance import check, roll_back


@click.command()
@command
def info(call: Call) -> None:
    """Print what the index is: engine, versions, generation, articles, period, size."""
    row = jsonform.overview_row(Index.open(call.settings.index_dir).info())
    put(call, row, "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in row.items()))


@click.command("check")
@command
def check_(call: Call) -> None:
    """Read every file of the live generation and compare it with its checksum; 1 where one differs."""
    name, damaged = check(Generations(call.settings.index_dir))
    row = {"generation": name, "damaged": damaged}
    put(call, row, "\n".join(damaged) or f"{name}: all files are as they were written")
    if damaged:
        sys.exit(1)


@click.command()
@click.argument("generation", default="")
@command
def rollback(call: Call, generation: str) -> None:
    """Let the generation before the live one go live again, or the GENERATION named, whole files only."""
    before, now = roll_back(Generations(call.settings.index_dir), generation)
    put(call, {"was": before, "generation": now}, f"{now} is live again, instead of {before}")


@click.command()
@click.argument("before", default="")
@click.argument("after", default="")
@click.option("--queries", type=click.File(encoding="utf-8"), help="Searches, one a line; - reads input.")
@command
def diff(call: Call, before: str, after: str, queries: TextIO | None) -> None:
    """Print which searches find something else in generation AFTER (the live one) than in BEFORE."""
    asked = [line.strip() for line in queries if line.strip()] if queries else []
    generations = Generations(call.settings.index_dir)
    difference = differ(generations, before, after, asked, call.settings.synonyms)
    put(call, difference_row(difference), difference_text(difference))


COMMANDS = (info, check_, rollback, diff)
