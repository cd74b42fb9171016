"""Collecting: how often Python looks for cycles among its objects while articles go by."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 100_000
"""New objects after which cycles are looked for, some tens of megabytes; Python does so after 700."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom inside: what is made of an article is gone soon, and has none.

    To look at all of it so often takes a worker a tenth of its time.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
