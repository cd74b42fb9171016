"""Runs that are killed: a few here, more in the long tests, all of them in `benchmarks.crashes`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.commands import ROOT


def campaign(tmp_path: Path, engine: str, kills: int, step: int) -> dict[str, int]:
    """Run a part of the campaign in a process that may fork; return how many of each kind were survived."""
    file = tmp_path / "counts.json"
    options = ["--engine", engine, "--kills", str(kills), "--step", str(step), "--json", str(file)]
    command = [sys.executable, "-m", "benchmarks.crashes", *options, "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=850, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(file.read_text())
    assert all(row["survived"] == row["tried"] for row in rows)
    return {f"{row['command']} {row['what']}": row["tried"] for row in rows}


def test_a_few_kills(tmp_path: Path, engine: str) -> None:
    tried = campaign(tmp_path, engine, kills=1, step=30)
    assert (
        min(tried[f"{command} {kind}"] for command in ("rebuild", "update") for kind in ("kill", "full")) >= 2
    )


@pytest.mark.long
@pytest.mark.timeout(900)
def test_many_kills(tmp_path: Path, engine: str) -> None:
    tried = campaign(tmp_path, engine, kills=16, step=6)
    assert tried["rebuild random"] + tried.get("rebuild late", 0) == 16


def test_the_campaign_sees_what_is_not_survived(tmp_path: Path) -> None:
    """A run that removes the live generation first, and one that leaves its own behind, are both seen."""
    code = (
        "import sys, shutil\n"
        "from pathlib import Path\n"
        "from indexer.generations import Generations\n"
        "from benchmarks.crashes.trials import Bench\n"
        "bench = Bench(Path(sys.argv[1]), 'memory', 30, jobs=1)\n"
        "new = Generations.new\n"
        "def careless(self):\n"
        "    shutil.rmtree(self.path(self.current()) / 'engine', ignore_errors=True)\n"
        "    return new(self)\n"
        "Generations.new = careless\n"
        "print(sum(bool(trial.wrong) for trial in bench.at_operations('rebuild', 'kill', 8)))\n"
        "Generations.new = new\n"
        "Generations.drop = lambda *_: None\n"
        "print(sum(bool(trial.wrong) for trial in bench.at_operations('rebuild', 'full', 8)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "bench")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    careless, leaving = map(int, done.stdout.split())
    assert careless >= 2
    assert leaving >= 2
