"""Serving while generations are swapped: no request fails, none is mixed, no worker grows."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.reliability.commands import ROOT


@pytest.mark.long
@pytest.mark.timeout(600)
def test_readers_are_served_while_generations_are_swapped(engine: str) -> None:
    options = ["--seconds", "15", "--clients", "12", "--rebuilds", "1", "--updates", "3", "--swaps", "11"]
    command = [
        sys.executable,
        "-m",
        "benchmarks.swaps",
        "--engine",
        engine,
        *options,
        "--slower",
        "0",
        "--json",
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            said, errors = process.communicate(timeout=500)
        finally:
            process.terminate()  # it stops its server then
    assert process.returncode == 0, errors
    row = json.loads(said)
    assert (row["failed"], row["mixed"]) == (0, 0)
    assert row["requests"] >= 100
    assert row["generations_seen"] >= 4
