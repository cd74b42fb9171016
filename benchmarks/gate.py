"""Fail where a figure has dropped: relevance, persons, related articles and cases against recorded values.

    python -m benchmarks.gate --data DIR [--record]

Everything runs on Tantivy, the larger sets as a fixed sample, so that it takes two minutes. What DIR does
not hold is said and left out. `recorded.toml` beside this file has the values; `--record` writes those
measured now into it.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from benchmarks import cases, persons, related
from benchmarks.relevance.evaluation import ALL, evaluate_engine
from benchmarks.relevance.sets import DataMissing, existing, load, rows_of
from indexer.persons import open_extractor

RECORDED = Path(__file__).with_name("recorded.toml")
ALLOWED = 0.01
"""How far a figure may lie under its recorded value; shares of cases may not: one case is one failure."""

_ROUNDING = 0.0001

ENGINE = "tantivy"


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--record", is_flag=True, help="Write the values measured now.")
@click.option("--recorded", type=click.Path(path_type=Path), default=RECORDED, help="File of the values.")
def main(data: Path, record: bool, recorded: Path) -> None:
    """Print each figure beside its recorded value; fail where one lies more than 0.01 under it."""
    if not data.is_dir():
        print(f"no data folder {data}: nothing was measured, nothing can have dropped")
        return
    before = read_recorded(recorded)
    now = measure(data)
    for name, value in now.items():
        old = f"recorded {before[name]:.4f}" if name in before else "not recorded"
        print(f"{name:<28} {value:.4f}  {old}{'  DROPPED' if name in dropped(before, now) else ''}")
    if record:
        write_recorded(recorded, before | now)
        print(f"written to {recorded}")
    elif dropped(before, now):
        raise SystemExit(1)


def measure(data: Path) -> dict[str, float]:
    """Return the figures that the data allows; says what is left out, and what a part takes."""
    figures: dict[str, float] = {}
    for name, part in PARTS.items():
        start = time.perf_counter()
        try:
            figures |= part(data)
        except DataMissing as error:
            print(f"{name}: left out, {error}")
        else:
            print(f"{name}: {time.perf_counter() - start:.0f} s")
    return figures


def dropped(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """Return the names of the figures that lie further under their recorded value than is allowed."""
    return [name for name, value in now.items() if value < before.get(name, value) - _allowed(name)]


def read_recorded(path: Path) -> dict[str, float]:
    """Return the recorded values; none where nothing was recorded yet."""
    if not path.exists():
        return {}
    return {name: float(value) for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def write_recorded(path: Path, figures: Mapping[str, float]) -> None:
    """Write the values, four digits each."""
    lines = [f'"{name}" = {value:.4f}\n' for name, value in sorted(figures.items())]
    head = "# Written by `python -m benchmarks.gate --data DIR --record`: do not edit.\n"
    path.write_text(head + "".join(lines), encoding="utf-8")


def _allowed(name: str) -> float:
    return _ROUNDING if name.startswith("cases ") else ALLOWED


def _relevance(data: Path, name: str, every: int) -> dict[str, float]:
    found = evaluate_engine(load(data, name, every), ENGINE)
    scores = found.kinds[ALL].scores
    figures = {
        f"{name} nDCG@10": scores.ndcg10,
        f"{name} recall@20": scores.recall20,
        f"{name} MRR": scores.mrr,
    }
    # Not the ratio: that one falls too when only the clean spelling gets better.
    return figures | {f"{name} {kind} nDCG@10": pair.changed for kind, pair in found.spellings.items()}


def _persons(data: Path) -> dict[str, float]:
    rows = list(rows_of(existing(data / "persons" / "dev.jsonl")))
    found = persons.evaluate(open_extractor("names"), rows)
    return {"persons F1": found.f1}


def _related(data: Path) -> dict[str, float]:
    found = related.measure(data, ENGINE, every=10)
    return {"related recall@5": found.recall5, "related recall@10": found.recall10}


def _cases(data: Path) -> dict[str, float]:
    outcomes = list(cases.run(data, ENGINE))
    return {f"cases {level}": cases.share(outcomes, level) for level in ("must", "nice")}


PARTS: dict[str, Callable[[Path], dict[str, float]]] = {
    "piaf": lambda data: _relevance(data, "piaf", every=4),
    "news-dev": lambda data: _relevance(data, "news-dev", every=1),
    "persons": _persons,
    "related": _related,
    "cases": _cases,
}
"""The parts, in the order in which they run."""


if __name__ == "__main__":
    main()
