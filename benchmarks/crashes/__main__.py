"""Kill `index rebuild` and `index update` at random moments and at every operation on files.

    python -m benchmarks.crashes [--engine whoosh] [--kills 200] [--step 1] [--json FILE]

After each kill the index must answer as before, or as the new one where that was swapped in already, pass
`index check`, hold one unfinished folder at most, and lose that in the next run, which must succeed. The
same where the disk is full from an operation on, with a message and nothing left behind. No data is needed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

MANY = 620
"""Articles of which a run starts processes; one in eight random kills meets such a run."""


@click.command()
@click.option("--engine", "engines", multiple=True, default=("whoosh", "tantivy"), help="Repeated: several.")
@click.option("--kills", default=200, help="Kills at random moments, for each command.")
@click.option("--step", default=1, help="Take one operation in so many; 0: none.")
@click.option("--articles", default=60, help="Articles of the small corpus.")
@click.option("--seed", default=1)
@click.option("--folder", type=click.Path(path_type=Path), help="Work below this folder.")
@click.option("--json", "as_json", type=click.Path(path_type=Path), help="Write the counts to this file.")
def main(
    engines: tuple[str, ...],
    kills: int,
    step: int,
    articles: int,
    seed: int,
    folder: Path | None,
    as_json: Path | None,
) -> None:
    """Try all of it and print a table; the status is 1 where anything was not survived."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("indexer.cli", "indexer.build", *(f"indexer.engines.{engine}" for engine in engines)):
        import_module(name)  # once, before any process is forked
    from benchmarks.crashes.trials import Bench, Trial

    def trials(engine: str, below: Path) -> Iterator[Trial]:
        few, many = kills - kills // 8, kills // 8
        small = Bench(below / "small", engine, articles, jobs=1)
        for command in ("rebuild", "update"):
            if step:
                yield from small.at_operations(command, "kill", step)
                yield from small.at_operations(command, "full", step)
            yield from small.at_random(command, few, seed)
        if many:
            large = Bench(below / "large", engine, MANY, jobs=2)
            for command in ("rebuild", "update"):
                yield from large.at_random(command, many, seed)

    began = time.monotonic()
    tried: Counter[tuple[str, str, str]] = Counter()
    survived: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for engine in engines:
            for trial in trials(engine, Path(name, engine)):
                key = (trial.engine, trial.command, "late" if trial.late else trial.kind)
                tried[key] += 1
                survived[key] += not trial.wrong
                for line in trial.wrong:
                    sys.stderr.write(f"{engine} {trial.command} {trial.kind} at {trial.at}: {line}\n")
    print("| engine | command | what | survived | tried |\n| --- | --- | --- | ---: | ---: |")
    for key in tried:
        print(f"| {key[0]} | {key[1]} | {_SAID[key[2]]} | {survived[key]} | {tried[key]} |")
    print(f"\n{survived.total()} of {tried.total()} survived, in {time.monotonic() - began:.0f} s")
    if as_json:
        rows = [
            {
                "engine": key[0],
                "command": key[1],
                "what": key[2],
                "survived": survived[key],
                "tried": tried[key],
            }
            for key in tried
        ]
        as_json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    sys.exit(survived != tried)


_SAID = {
    "kill": "killed at an operation",
    "full": "disk full from an operation on",
    "random": "killed at a random moment",
    "late": "ended before it was killed",
}


if __name__ == "__main__":
    main()
