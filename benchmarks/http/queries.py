"""Queries: words of titles, the same ones each time."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

_SEED = 8
_WORD = re.compile(r"\w{4,}")
_WORDS = (1, 2, 2, 2, 3)
"""How many words a query has: two in most."""


def queries(file: Path, count: int) -> list[str]:
    """Return so many different queries, each of one to three words of four letters or more of a title."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        titles = [str(json.loads(line)["title"]) for line in lines]
    drawn = random.Random(_SEED)
    found: dict[str, None] = {}
    for title in drawn.sample(titles, len(titles)):
        words = _WORD.findall(title)
        wanted = drawn.choice(_WORDS)
        if len(words) >= wanted:
            start = drawn.randrange(len(words) - wanted + 1)
            found[" ".join(words[start : start + wanted]).lower()] = None
        if len(found) == count:
            break
    return list(found)
