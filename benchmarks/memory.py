"""How much memory a process and those it started take together, at most."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SECONDS = 0.2


class Peak:
    """Hold the most that was seen, in megabytes; None where the system does not tell (no /proc)."""

    def __init__(self) -> None:
        self.megabytes: float | None = None

    def look(self) -> None:
        """Measure once."""
        if (now := _all()) is not None:
            self.megabytes = max(self.megabytes or 0.0, now)


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """Look five times a second; memory that processes share is counted once."""
    peak, done = Peak(), threading.Event()

    def watch() -> None:
        while not done.wait(_SECONDS):
            peak.look()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def peak_of_this() -> float:
    """Return the most megabytes that this process has had; 0 where the system does not tell.

    Not `ru_maxrss`, which begins with the size of the process that started this one.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _all() -> float | None:
    own = Path("/proc/self")
    if not own.is_dir():
        return None
    try:
        started = [pid for task in own.glob("task/*/children") for pid in task.read_text().split()]
    except OSError:
        started = []
    return sum(map(_megabytes, ["self", *started]))


def _megabytes(pid: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
