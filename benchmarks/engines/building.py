"""Building: each index in a process of its own, kept with the time, memory and disk that it took."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

INDEX, BUILT, TOLD = "index", "built.json", "told"


class BuildFailed(Exception):
    """Say which index could not be built or opened, so that nothing can be measured."""


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what building took, and `cut` where it did not end: after how long, and how far it had come."""

    seconds: float = 0.0
    megabytes: float = 0.0
    """Peak memory of all processes."""
    disk: float = 0.0
    """Size of the index, in megabytes."""
    cut: str = ""


def build(name: str, folder: Path, rows: Path, corpus: Path, limit: float | None) -> Built:
    """Build an index unless it is there, and return what that took, now or then.

    After `limit` seconds it is given up, which is kept, too; another `limit` tries again.
    """
    kept = folder / BUILT
    if kept.exists():
        before = Built(**json.loads(kept.read_text()))
        if not before.cut:
            return before
        if limit and before.seconds >= limit:
            return before
    shutil.rmtree(folder, ignore_errors=True)
    (folder / INDEX).mkdir(parents=True)
    built = _built(name, folder, rows, corpus, limit)
    if built.cut:
        shutil.rmtree(folder / INDEX)
    kept.write_text(json.dumps(asdict(built)))
    return built


def cold_open(name: str, folder: Path, words: Path) -> float:
    """Return the milliseconds to the first answer of an index that a new process opens, after its imports.

    Raises BuildFailed.
    """
    done = _child("cold", name, str(folder / INDEX), str(words))
    output, errors = done.communicate()
    if done.returncode:
        raise BuildFailed(f"{name} could not be opened: {errors.strip()[-500:]}")
    return float(json.loads(output.splitlines()[-1]))


def _built(name: str, folder: Path, rows: Path, corpus: Path, limit: float | None) -> Built:
    told = folder / TOLD
    child = _child("build", name, str(folder / INDEX), str(rows), str(corpus), str(told))
    try:
        output, errors = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        done = int(told.read_text()) if told.exists() else 0
        return Built(seconds=limit or 0.0, cut=f"cut after {limit:.0f} s, at {done:,} articles")
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        raise
    if child.returncode:
        reason = errors.strip().splitlines()[-1] if errors.strip() else f"exit {child.returncode}"
        return Built(cut=f"failed: {reason[-200:]}")
    return Built(**json.loads(output.splitlines()[-1]))


def _child(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.engines.child", *arguments]
    # A group of its own, so that what it starts ends with it.
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
