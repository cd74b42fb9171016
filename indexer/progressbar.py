"""Progress for those who wait: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from indexer.progress import Listener, Progress

_SECONDS = 5.0


@contextmanager
def progress_bar(total: int, quiet: bool) -> Iterator[Listener | None]:
    """Give a listener that shows the rate and the time left; None where nothing is to be shown."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        bar: tqdm[Any]
        with tqdm(total=total, unit=" articles", dynamic_ncols=True, smoothing=0.1) as bar:
            yield _Bar(bar)
    else:
        yield _Lines(total)


class _Bar:
    """Draw a bar."""

    def __init__(self, bar: tqdm[Any]) -> None:
        self._bar = bar

    def __call__(self, progress: Progress) -> None:
        if progress.stage != "reading":
            self._bar.set_description(progress.stage)
        if self._bar.total and progress.articles > self._bar.total:
            self._bar.total = progress.articles  # the number was an estimate
        self._bar.update(progress.articles - self._bar.n)


class _Lines:
    """Print a line every few seconds."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._started = self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < _SECONDS and progress.stage == "reading":
            return
        self._last = now
        rate = progress.articles / max(now - self._started, 1e-9)
        left = max(self._total - progress.articles, 0) / rate if rate else 0
        line = f"{progress.stage}: {progress.articles:,} of about {self._total:,} articles, {rate:,.0f}/s"
        print(f"{line}, {left:.0f} s left" if progress.stage == "reading" else line, file=sys.stderr)  # noqa: T201
