"""Workers: articles prepared by several processes, in the order in which they come."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.article import Article
from indexer.corpus import Batch, Corpus, batches_of
from indexer.errors import ManchetteError, ReadError, WorkerDied
from indexer.preparing import Plan, Prepared, Preparer
from indexer.readers import Reading
from indexer.skipped import Skipped

if TYPE_CHECKING:
    from indexer.worker import Reply

Item = Prepared | ReadError | Skipped

FEW = 500
_FEW_BYTES = 4 * 2**20
"""So many articles or bytes of them take about as long as it takes to start processes."""

_WAITING = 3
"""Batches a worker on their way, at work or back and not yet taken: they bound the memory."""


@contextmanager
def prepare(readings: Iterable[Reading] | Corpus, plan: Plan, jobs: int) -> Iterator[Iterator[Item]]:
    """Give what is read, prepared by `jobs` processes, in the order of reading.

    0 stands for as many as there are processors. Small inputs, and all where it is 1, are prepared by
    this process. Raises WorkerDied where a process ends before its time; none outlives the context.
    """
    with prepare_batches(readings, plan, jobs) as batches:
        yield chain.from_iterable(batches)


@contextmanager
def prepare_batches(
    readings: Iterable[Reading] | Corpus, plan: Plan, jobs: int
) -> Iterator[Iterator[Iterable[Item]]]:
    """Give the same in the batches in which it was read."""
    preparer = Preparer(plan)
    try:
        jobs = jobs or processors()
        if jobs == 1 or not _can_start():
            yield (_here(batch, preparer) for batch in batches_of(readings))
        else:
            with _pool(plan, jobs) as pool:
                yield _there(readings, preparer, pool)
    finally:
        preparer.close()


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_start() -> bool:
    """Tell whether there is a Python to start: inside a web server the program may be that server."""
    return Path(sys.executable or "").name.lower().startswith(("python", "pypy"))


def _here(batch: Batch, preparer: Preparer) -> Iterator[Item]:
    for reading in batch.read():
        yield preparer.prepared(reading) if isinstance(reading, Article) else reading


def _there(readings: Iterable[Reading], preparer: Preparer, pool: _Pool) -> Iterator[Iterable[Item]]:
    batches = batches_of(readings)
    first: list[Batch] = []
    articles = bytes = 0
    for batch in batches:
        first.append(batch)
        articles += batch.articles
        bytes += batch.bytes
        if articles >= FEW or bytes >= _FEW_BYTES:
            break
    else:
        for batch in first:
            yield _here(batch, preparer)
        return
    yield from pool.replies(chain(first, batches))


@contextmanager
def _pool(plan: Plan, jobs: int) -> Iterator[_Pool]:
    pool = _Pool(plan, jobs)
    try:
        yield pool
    finally:
        pool.stop()


class _Pool:
    """Keep a thread for each process, which sends it a batch and waits for the answer."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        self._plan = plan
        self._most = jobs * _WAITING
        self._threads = ThreadPoolExecutor(jobs, "manchette-worker")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._stopped = False
        self._processes: list[subprocess.Popen[bytes]] = []

    def replies(self, batches: Iterator[Batch]) -> Iterator[list[Item]]:
        """Yield the answers in the order of the batches."""
        waiting: deque[Future[Reply]] = deque()
        for batch in batches:
            waiting.append(self._threads.submit(self._ask, batch))
            if len(waiting) >= self._most:
                yield _answer(waiting.popleft())
        while waiting:
            yield _answer(waiting.popleft())

    def stop(self) -> None:
        """End all processes, whatever they are doing, and wait until they are gone."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                with suppress(BrokenPipeError):  # what was not sent yet
                    stream.close()

    def _ask(self, batch: Batch) -> Reply:
        process = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            request = pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
        except (pickle.PickleError, TypeError, AttributeError) as error:
            reason = f"{batch.name} cannot be sent to another process ({error}); one process needs no sending"
            raise WorkerDied(f"{reason}: jobs = 1") from error
        try:
            process.stdin.write(request)
            process.stdin.flush()
            reply: Reply = pickle.load(process.stdout)  # noqa: S301 - only the worker writes to it
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            process.kill()
            raise WorkerDied(f"{_end(process.wait())} while it was reading {batch.name}") from error
        return reply

    def _process(self) -> subprocess.Popen[bytes]:
        """Return the process of this thread, started where there is none yet."""
        known: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if known is not None:
            return known
        with self._lock:
            if self._stopped:
                raise WorkerDied("the workers are stopped")
            process = _start()
            self._processes.append(process)
        assert process.stdin is not None
        try:
            pickle.dump(self._plan, process.stdin, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise WorkerDied(f"{_end(process.wait())} as soon as it was started") from error
        self._own.process = process
        return process


def _start() -> subprocess.Popen[bytes]:
    # -P, and the path of this process: the worker must find the same modules, and none by accident.
    path = os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "indexer.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        # Ctrl-C in a terminal is for the process that builds the index; it stops its workers itself.
        start_new_session=True,
    )


def _answer(future: Future[Reply]) -> list[Item]:
    reply = future.result()
    if isinstance(reply, ManchetteError):
        raise reply
    return reply


def _end(status: int) -> str:
    """Say how a process ended."""
    if status == -9:
        return "a worker process was killed (for want of memory? Fewer --jobs need less)"
    return f"a worker process ended with {f'signal {-status}' if status < 0 else f'status {status}'}"
