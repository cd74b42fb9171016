"""The budget: how long an engine may work for the words of one request, and whether that was enough.

An engine cannot be stopped within a call, so the budget is looked at before each: one that would begin after
it is used up raises OutOfTime, and what can do without its answer does. What a single call may take is
bounded by the limits of the parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import TypeVar

from indexer.errors import OutOfTime

Made = TypeVar("Made")


class Budget:
    """Hold what one request may take, in seconds of the engine; one thread uses it.

    `engine` counts the seconds of the engine and of marking, `spent` those that answer what a reader typed,
    which are the ones that are limited; `cut` tells whether anything was left out.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.engine = 0.0
        self.spent = 0.0
        self.cut = False
        self._charged = 0
        self._share = 1.0
        self._granted: bool | None = None

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count the call inside; raises OutOfTime where none may begin any more."""
        self._admit()
        start = perf_counter()
        try:
            yield
        finally:
            self._count(perf_counter() - start)

    def made(self, make: Callable[[], Made]) -> Made:
        """Return what is made within the limit; raises OutOfTime where nothing may begin any more."""
        # What `charging` and `counting` do, in full: forty small things of a page are made so.
        self._charged += 1
        try:
            self._admit()
            start = perf_counter()
            try:
                return make()
            finally:
                self._count(perf_counter() - start)
        finally:
            self._charged -= 1

    def grant(self) -> None:
        """Let the next call begin, whatever is spent; once, for the answer that all else is done for."""
        if self._granted is None:
            self._granted = True

    @contextmanager
    def charging(self) -> Iterator[None]:
        """Limit the calls inside."""
        self._charged += 1
        try:
            yield
        finally:
            self._charged -= 1

    @contextmanager
    def sharing(self, share: float) -> Iterator[None]:
        """Let the calls inside use this share alone, so that something is left for those after them."""
        before, self._share = self._share, share
        try:
            yield
        finally:
            self._share = before

    def _count(self, seconds: float) -> None:
        self.engine += seconds
        if self._charged:
            self.spent += seconds

    def _admit(self) -> None:
        if self._granted:
            self._granted = False
        elif self._charged and self.spent >= self.seconds * self._share:
            self.cut = True
            raise OutOfTime(f"the search took {self.spent * 1000:.0f} ms of {self.seconds * 1000:.0f}")


UNLIMITED = float("inf")

_CURRENT: ContextVar[Budget | None] = ContextVar("manchette_budget", default=None)


def current_budget() -> Budget | None:
    """Return the budget of this request; None where there is none."""
    return _CURRENT.get()


def begin_budget(budget: Budget | None) -> None:
    """Let all that this thread asks of an index from now on come out of a budget; None for no limit."""
    _CURRENT.set(budget)


@contextmanager
def within_budget(budget: Budget | None) -> Iterator[Budget]:
    """Let what is asked inside come out of a budget; None for no limit."""
    used = budget or Budget(UNLIMITED)
    token = _CURRENT.set(used)
    try:
        yield used
    finally:
        _CURRENT.reset(token)


@contextmanager
def charging() -> Iterator[Budget]:
    """Limit what is asked inside by the budget of this request, where it has one."""
    budget = _CURRENT.get() or Budget(UNLIMITED)
    with budget.charging():
        yield budget
