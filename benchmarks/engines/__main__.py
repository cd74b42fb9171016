"""Build and ask this project's engines and their peers, and compare times and counts.

    python -m benchmarks.engines [--data DIR] [--sizes 1000,10000] [--keep DIR] [--json FILE] [--record]

Without data, articles are made up. With `--keep` a later run finds the indexes built and measures only.
A count that differs between two engines fails the run.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from benchmarks.engines.building import BuildFailed
from benchmarks.engines.corpus import claim, source
from benchmarks.engines.peers.protocol import Peer, Unavailable
from benchmarks.engines.questions import questions
from benchmarks.engines.registry import ENGINES, OURS
from benchmarks.engines.results import RunResult
from benchmarks.engines.rounds import CLOCKS
from benchmarks.engines.run import Plan, measure_size
from benchmarks.engines.table import compared, tables
from benchmarks.relevance.sets import DataMissing
from indexer import ManchetteError

README = Path(__file__).parent.parent / "README.md"
_CLOCK = "The time that passes, or that a processor gives: for a busy machine."
_MARKED = re.compile(r"(<!-- engines -->\n).*?(\n<!-- /engines -->)", re.DOTALL)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="JSONL file, or the folder of the data.")
@click.option(
    "--sizes", default="1000,10000", show_default=True, help="Numbers of articles, with commas between."
)
@click.option(
    "--engines", "names", default=",".join(ENGINES), show_default=True, help="One of this project's first."
)
@click.option("--questions", "count", default=300, show_default=True, help="How many questions are asked.")
@click.option("--rounds", default=5, show_default=True, help="How often each is asked after a first time.")
@click.option("--limit", default=1_800.0, show_default=True, help="Seconds after which a build is given up.")
@click.option(
    "--budget", default=60.0, show_default=True, help="Seconds that a system is asked, at each size."
)
@click.option("--clock", default="wall", show_default=True, type=click.Choice(list(CLOCKS)), help=_CLOCK)
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Folder that keeps the indexes for the next run."
)
@click.option("--build-only", is_flag=True, help="Build what is not there yet, and ask nothing.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="File for the results.")
@click.option("--record", is_flag=True, help="Write the tables to benchmarks/README.md.")
def main(
    data: Path | None,
    sizes: str,
    names: str,
    count: int,
    rounds: int,
    limit: float,
    budget: float,
    clock: str,
    keep: Path | None,
    build_only: bool,
    json_file: Path | None,
    record: bool,
) -> None:
    """Print build time, disk, memory, times and ratios for each engine and size."""
    numbers = sorted(int(size) for size in sizes.split(","))
    engines, missing = _present(names)
    try:
        rows = source(data, numbers[-1])
        if keep:
            claim(keep, rows)
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    asked = questions(rows, count)
    load = os.getloadavg()[1]
    with tempfile.TemporaryDirectory() as temporary:
        plan = Plan(keep or Path(temporary), limit, budget, rounds, clock, build_only)
        found = []
        for articles in numbers:
            try:
                found.append(measure_size(plan, engines, articles, rows, asked, _say))
            except BuildFailed as error:
                raise click.ClickException(str(error)) from error
            run = _result(data, engines, missing, load, plan)
            run.sizes.extend(found)
            if json_file:
                json_file.write_text(json.dumps(run.to_dict(), ensure_ascii=False, indent=1) + "\n")
    if build_only:
        return
    text = tables(run)
    click.echo(text)
    if record:
        readme = README.read_text(encoding="utf-8")
        README.write_text(_MARKED.sub(lambda marks: f"{marks[1]}{text}{marks[2]}", readme), encoding="utf-8")
    if any(size.differences for size in run.sizes):
        raise click.ClickException(compared(run.sizes))


def _present(names: str) -> tuple[dict[str, Peer], dict[str, str]]:
    """Return the engines that can run here, one of this project's first, and why the others cannot."""
    engines: dict[str, Peer] = {}
    missing: dict[str, str] = {}
    for name in names.split(","):
        if name not in ENGINES:
            raise click.UsageError(f"there is no engine {name!r}; there are {', '.join(ENGINES)}")
        try:
            ENGINES[name].version()
        except (Unavailable, ManchetteError) as error:
            missing[name] = str(error)
            _say(f"{name} is left out: {error}")
        else:
            engines[name] = ENGINES[name]
    if not engines or next(iter(engines)) not in OURS:
        raise click.UsageError(f"the first engine must be one of this project's: {', '.join(OURS)}")
    return engines, missing


def _result(
    data: Path | None, engines: Mapping[str, Peer], missing: dict[str, str], load: float, plan: Plan
) -> RunResult:
    return RunResult(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        data=data.name if data else "made up",
        processors=os.cpu_count() or 1,
        load=(load, os.getloadavg()[1]),
        rounds=plan.rounds,
        clock=plan.clock,
        versions={engine.name: engine.version() for engine in engines.values()},
        notes={engine.name: engine.notes for engine in engines.values() if engine.name not in OURS},
        missing=missing,
    )


def _say(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    # A run that is told to end must end the builds that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    main()
