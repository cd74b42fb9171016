"""Made-up articles, for a run without data: words as frequent as Zipf's law has them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

_SEED = 7
_SYLLABLES = [head + tail for head in "bcdfglmnprstv" for tail in ("a", "e", "i", "o", "ou", "an", "in", "é")]
_WORDS, _TAGS, _PERSONS = 40_000, 400, 2_000
_GIVEN = ("Alice", "Bruno", "Claire", "Denis", "Élise", "François", "Hélène", "Jacques", "Louise", "Marc")
_FIRST_DAY = datetime(2015, 1, 1, 8, tzinfo=UTC)
_DAYS = 2_000
_UNDATED = 50
"""One article in so many has no date."""


def generated(seed: int = _SEED) -> Iterator[dict[str, Any]]:
    """Yield made-up articles without end, as rows of JSONL; always the same ones."""
    rng = random.Random(seed)
    words, tags, persons = _words(rng, _WORDS), _words(rng, _TAGS), _persons(rng)
    weights = {size: list(accumulate(1 / rank for rank in range(1, size + 1))) for size in (_WORDS, _TAGS)}
    number = 0
    while True:
        number += 1
        title, *sentences = (
            " ".join(rng.choices(words, cum_weights=weights[_WORDS], k=rng.randint(6, 16))).capitalize()
            for _ in range(rng.randint(6, 14))
        )
        named = rng.sample(persons, rng.randint(0, 3))
        sentences[1:1] = [f"Selon {person}, {rng.choice(words)} {rng.choice(words)}" for person in named]
        row = {
            "id": f"made-{number}",
            "title": title,
            "body": ". ".join(sentences) + ".",
            "tags": sorted(set(rng.choices(tags, cum_weights=weights[_TAGS], k=rng.randint(0, 4)))),
        }
        if number % _UNDATED:
            row["date"] = (_FIRST_DAY + timedelta(days=rng.randrange(_DAYS), minutes=number)).isoformat()
        yield row


def _words(rng: random.Random, count: int) -> list[str]:
    """Return different words, the first and most frequent ones short."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = 2 + (len(words) > _TAGS) + (len(words) > _WORDS // 8)
        words["".join(rng.choices(_SYLLABLES, k=syllables))] = None
    return list(words)


def _persons(rng: random.Random) -> list[str]:
    surnames = [word.capitalize() for word in _words(rng, _PERSONS)]
    return [f"{rng.choice(_GIVEN)} {surname}" for surname in surnames]
