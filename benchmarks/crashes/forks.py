"""Forks: functions run in processes of their own that have imported everything, 20 ms each."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds after which a process is taken for one that hangs."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Hold how a process ended: its status, minus the signal where one killed it, what it said, seconds."""

    status: int
    said: str
    seconds: float


def answer(function: Callable[[], T]) -> T:
    """Return what a function returns in a process of its own; raise RuntimeError where that died."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            with os.fdopen(writing, "wb") as out:
                pickle.dump(function(), out)
            status = 0
        except BaseException as error:  # noqa: BLE001 - of a process that ends here
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    status = _wait(pid, time.monotonic())
    if status:
        raise RuntimeError(f"a process ended with {status}")
    result: T = pickle.loads(said)
    return result


def run(function: Callable[[], int], said: Path, kill_after: float | None = None) -> Ended:
    """Run a function in a process of its own, whose output goes to a file; it returns the status.

    It is killed after so many seconds. Raises RuntimeError where it hangs.
    """
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, 1)
            os.dup2(file, 2)
            status = function()
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException as error:  # noqa: BLE001 - of a process that ends here
            os.write(2, f"Traceback: {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    status = _wait(pid, began)
    return Ended(status, said.read_text(encoding="utf-8", errors="replace"), time.monotonic() - began)


def running(mark: str) -> list[int]:
    """Return the processes that have this text in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with suppress(OSError):
                if mark.encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
    return found


def _wait(pid: int, began: float) -> int:
    while time.monotonic() - began < PATIENCE:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    raise RuntimeError(f"a process did not end within {PATIENCE:.0f} s")
