"""What was passed over on purpose: no error, no article, and still to be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Say how many parts of a file were passed over, and why."""

    path: str
    reason: str
    count: int = 1
    position: str = ""


def summed(items: Iterable[T | Skipped]) -> Iterator[T | Skipped]:
    """Yield the items as they come; what was passed over for one reason once, at the end."""
    counts: Counter[Skipped] = Counter()
    for item in items:
        if isinstance(item, Skipped):
            counts[replace(item, count=1, position="")] += item.count
        else:
            yield item
    for skipped, count in counts.items():
        yield replace(skipped, count=count)
