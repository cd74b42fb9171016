"""The command `index` as a process of its own, with the rights of a user who is not the administrator."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.generations import Generations

ROOT = Path(__file__).parents[2]
_DROP = 24
_OVERRIDES = (1, 2)
"""PR_CAPBSET_DROP; CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root may write everywhere."""


def without_overrides() -> None:
    """Let permissions hold for this process and what it becomes, even where it is root."""
    if os.geteuid() == 0:
        for capability in _OVERRIDES:
            ctypes.CDLL(None).prctl(_DROP, capability, 0, 0, 0)


def index(*arguments: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; `before` is called in its process first."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=before,
        check=False,
    )


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start the command."""
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def total(directory: Path, before: Callable[[], None] | None = None) -> int:
    """Return the number of articles that a new process finds in an index."""
    done = index("search", "--json", "--size", "1", "--index-dir", directory, before=before)
    assert done.returncode == 0, done.stderr
    row: dict[str, Any] = json.loads(done.stdout)
    found: int = row["total"]
    return found


def refused(done: subprocess.CompletedProcess[str], reason: str) -> None:
    """Check that a run ended with status 1 and one line that says why."""
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.startswith("index: ")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def nothing_left(directory: Path) -> None:
    """Check that a run that failed left nothing of itself."""
    assert {path.name for path in directory.iterdir()} <= {"current", "lock", "generations", "cache"}
    generations = Generations(directory)
    folders = {folder.name for folder in (directory / "generations").iterdir()}
    assert folders == set(generations.others(""))
