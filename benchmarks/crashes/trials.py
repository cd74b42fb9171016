"""Trials: one run of `index` that ends badly, and whether the index is whole before and after the next."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.crashes import forks
from benchmarks.crashes.editions import answers, write
from benchmarks.crashes.faults import Fault, index_command
from indexer.errors import ManchetteError
from indexer.generations import Generations
from indexer.maintenance import check

COMMANDS = ("rebuild", "update")
_MARK = "MANCHETTE_TRIAL"
_BESIDE = frozenset({"current", "lock", "lock.json", "generations", "cache"})
_ORPHANS = 20.0
"""Seconds within which the workers of a killed run must be gone: they end with the batch they are at."""

_AGAIN = 20
"""How often a kill that came too late is tried again, sooner or later."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold what was done to a run and what is wrong afterwards; nothing is where it was survived."""

    engine: str
    command: str
    kind: str
    at: str
    wrong: tuple[str, ...]
    late: bool = False


class Bench:
    """Hold an index of edition A, and try to make edition B of it."""

    def __init__(self, folder: Path, engine: str, count: int, jobs: int) -> None:
        self._folder = folder
        self._engine = engine
        self._jobs = jobs
        folder.mkdir(parents=True, exist_ok=True)
        self._files = {edition: write(folder / f"{edition}.jsonl", edition, count) for edition in "AB"}
        self._start = folder / "start"
        self._work = folder / "work"
        for _ in range(2):  # so that there is a generation before the live one
            self._run(self._start, "rebuild", "A")
        self._old = forks.answer(partial(answers, self._start))
        self._new: dict[str, list[Any]] = {}
        self._seconds: dict[str, float] = {}
        for command in COMMANDS:
            self._reset()
            self._seconds[command] = self._run(self._work, command, "B").seconds
            self._new[command] = forks.answer(partial(answers, self._work))
        if self._old in self._new.values():
            raise RuntimeError("the two editions give the same answers: nothing would be seen")

    def operations(self, command: str) -> int:
        """Return how many operations of a run change files of the index."""
        self._reset()
        counted = self._folder / "counted"
        arguments = self._arguments(self._work, command, "B")

        def note(count: int) -> None:
            counted.write_text(str(count))

        forks.run(partial(index_command, arguments, self._work, Fault(), note), self._said)
        return int(counted.read_text())

    def at_operations(self, command: str, kind: str, step: int = 1) -> Iterator[Trial]:
        """Yield a trial for each operation, or for one in `step`."""
        last = self.operations(command)
        # The first and the last ones are at the ends of a run, where it matters most.
        numbers = sorted({*range(1, last + 1, step), *range(max(1, last - 8 // step), last + 1)})
        for number in numbers:
            self._reset()
            arguments = self._arguments(self._work, command, "B")
            run = partial(index_command, arguments, self._work, Fault(kind, number), lambda _: None)
            ended = self._marked(run)
            wrong = self._looked_at(command, ended, kind)
            yield Trial(self._engine, command, kind, f"operation {number} of {last}", tuple(wrong))

    def at_random(self, command: str, kills: int, seed: int) -> Iterator[Trial]:
        """Yield a trial for each kill at a random moment of a run."""
        chance = random.Random(f"{seed} {command}")
        arguments = self._arguments(self._work, command, "B")
        for _ in range(kills):
            for _ in range(_AGAIN):
                self._reset()
                after = chance.uniform(0.0, 1.1 * self._seconds[command])
                run = partial(index_command, arguments, self._work, Fault(), lambda _: None)
                ended = self._marked(run, after)
                if ended.status == -signal.SIGKILL:
                    break
            late = ended.status != -signal.SIGKILL
            wrong = self._looked_at(command, ended, "kill")
            yield Trial(self._engine, command, "random", f"{after * 1000:.0f} ms", tuple(wrong), late)

    @property
    def _said(self) -> Path:
        return self._folder / "said"

    def _reset(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._start, self._work)

    def _arguments(self, directory: Path, command: str, edition: str) -> list[str]:
        engine = ["--engine", self._engine] if command == "rebuild" else []
        jobs = ["--jobs", str(self._jobs)]
        where = ["--index-dir", str(directory), "--quiet"]
        return [command, str(self._files[edition]), *engine, *jobs, *where]

    def _run(self, directory: Path, command: str, edition: str) -> forks.Ended:
        arguments = self._arguments(directory, command, edition)
        ended = forks.run(partial(index_command, arguments, directory, Fault(), lambda _: None), self._said)
        if ended.status:
            raise RuntimeError(f"index {command} ended with {ended.status}: {ended.said}")
        return ended

    def _marked(self, run: Callable[[], int], kill_after: float | None = None) -> forks.Ended:
        """Run in a process that can be told, with all its workers, from every other."""
        mark = f"{os.getpid()}-{time.monotonic_ns()}"

        def marked() -> int:
            os.environ[_MARK] = mark
            return run()

        ended = forks.run(marked, self._said, kill_after)
        if self._jobs > 1:
            end = time.monotonic() + _ORPHANS
            while (left := forks.running(f"{_MARK}={mark}")) and time.monotonic() < end:
                time.sleep(0.02)
            if left:
                raise RuntimeError(f"workers outlive their parent: {left}")
        return ended

    def _looked_at(self, command: str, ended: forks.Ended, kind: str) -> list[str]:
        """Return what is wrong with the index now, and after the next run."""
        wrong = []
        if "Traceback" in ended.said:
            wrong.append(f"a traceback: {ended.said[-300:]}")
        if kind == "full" and ended.status != 0 and not ended.said.startswith("index: "):
            wrong.append(f"no message: status {ended.status}, {ended.said[-300:]!r}")
        wrong += self._state(self._old, self._new[command], unfinished=0 if kind == "full" else 1)
        again = forks.run(
            partial(index_command, self._arguments(self._work, command, "B"), self._work, Fault(), _ignore),
            self._said,
        )
        if again.status:
            wrong.append(f"the next run ended with {again.status}: {again.said[-300:]}")
        else:
            wrong += [f"after the next run: {line}" for line in self._state(None, self._new[command], 0)]
            if (self._work / "lock.json").exists():
                wrong.append("after the next run: lock.json is still there")
        return wrong

    def _state(self, old: list[Any] | None, new: list[Any], unfinished: int) -> list[str]:
        wrong, found = forks.answer(partial(_look, self._work))
        if found is not None and found not in (old, new):
            wrong.append("the answers are those of no edition")
        folders = list((self._work / "generations").iterdir())
        left = [folder.name for folder in folders if not (folder / "manifest.json").is_file()]
        if len(left) > unfinished:
            wrong.append(f"unfinished generations: {left}")
        if len(folders) > 4:
            wrong.append(f"{len(folders)} generations")
        if beside := sorted({path.name for path in self._work.iterdir()} - _BESIDE):
            wrong.append(f"left beside: {beside}")
        return wrong


def _ignore(_: int) -> None:
    return None


def _look(directory: Path) -> tuple[list[str], list[Any] | None]:
    """Return what `index check` finds, and what the index answers."""
    try:
        return list(check(Generations(directory))[1]), answers(directory)
    except ManchetteError as error:
        return [f"{type(error).__name__}: {error}"], None
