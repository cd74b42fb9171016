"""Faults: a process that kills itself, or finds the disk full, at the N-th file operation in a folder."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PATHS = {"os.mkdir": 0, "os.rename": 1, "os.remove": 0, "os.rmdir": 0, "os.link": 1, "sqlite3.connect": 0}
"""Events of the interpreter (sys.addaudithook), and which argument is the file that changes."""

_TAKING = frozenset({"open", "os.mkdir", "os.link", "os.fsync", "sqlite3.connect"})
"""Operations that a full disk refuses; files can still be removed and renamed."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold what happens at the operation of this number, counted from 1; 0 stands for nothing.

    `kind` is `kill`, or `full`: from that operation on the disk takes nothing more.
    """

    kind: str = "kill"
    at: int = 0


class Operations:
    """Count the operations of this process that change files in a folder, and let a fault happen."""

    def __init__(self, folder: Path, fault: Fault) -> None:
        self.count = 0
        self._folder = str(folder.absolute())
        self._fault = fault

    def watch(self) -> None:
        """Begin; a process cannot stop being watched."""
        sync = os.fsync

        def fsync(file: int) -> None:
            self._met("os.fsync", f"descriptor {file}")
            sync(file)

        os.fsync = fsync  # type: ignore[assignment]  # it has no event of its own
        sys.addaudithook(self._event)

    def _event(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & _WRITING and self._inside(path):
                self._met(event, str(path))
        elif event in _PATHS and self._inside(args[_PATHS[event]]):
            self._met(event, str(args[_PATHS[event]]))

    def _inside(self, path: object) -> bool:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str | os.PathLike):
            return False
        text = str(path).removeprefix("file://")
        return text.startswith(self._folder) or not text.startswith("/")

    def _met(self, event: str, path: str) -> None:
        self.count += 1
        if not self._fault.at or self.count < self._fault.at:
            return
        if self._fault.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif event in _TAKING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)


def index_command(arguments: list[str], folder: Path, fault: Fault, done: Callable[[int], None]) -> int:
    """Run the command `index` under a fault and return its status; `done` is told the operations met."""
    from indexer.cli import main

    operations = Operations(folder, fault)
    operations.watch()
    try:
        main(arguments, prog_name="index")
    except SystemExit as end:
        done(operations.count)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
