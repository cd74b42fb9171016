"""What was passed over on purpose: no error, no article, and still to be counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """Say how many parts of a file were passed over, and why."""

    path: str
    reason: str
    count: int = 1
    position: str = ""
