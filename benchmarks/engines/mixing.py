"""Mixing: more articles than there are, from the sentences of those that there are.

The first articles are the real ones. Each one after them takes its sentences from articles that lie
near each other in the file, so that words keep the company that they have; its date, tags, section and
title come from others, and now and then a rare word gives way to a new one, as often as Heaps' law says,
so that the vocabulary goes on growing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

_SEED = 20
_NEAR = 200
"""How far apart in the file the articles lie whose sentences are mixed: about a week of news."""
_DONORS = 4
_HEAPS = 0.6
"""The exponent of Heaps' law; it lies between 0.4 and 0.6 for texts of the press."""
_SENTENCE = re.compile(r"(?<=[.!?…»])\s+(?=[A-ZÀ-ÝŒ«])")
_WORD = re.compile(r"[a-zà-ÿœ]{6,}")
_SAMPLE = 2_000
_LETTERS = 18
"""Letters of text for a word of six or more of them."""


def mixed(rows: Sequence[dict[str, Any]], articles: int, seed: int = _SEED) -> Iterator[dict[str, Any]]:
    """Yield so many articles, the real ones first; always the same for the same rows."""
    for number, row in enumerate(rows[:articles]):
        yield {**row, "id": id_of(number)}
    if articles <= len(rows):
        return
    rng = random.Random(seed)
    sentences = [_SENTENCE.split(str(row["body"]).replace("\n\n", " ")) for row in rows]
    coiner = _Coiner(rows, rng)
    for number in range(len(rows), articles):
        base = rng.randrange(len(rows))
        donors = [sentences[_near(base, len(rows), rng)] for _ in range(_DONORS)]
        length = max(2, len(sentences[base]))
        body = [rng.choice(donor) for donor in (rng.choice(donors) for _ in range(length))]
        body = [coiner.renewed(sentence, number) for sentence in body]
        first, second = (str(rows[_near(base, len(rows), rng)]["title"]).split() for _ in range(2))
        dated = rng.choice(rows)
        paragraphs = [" ".join(body[at : at + 3]) for at in range(0, len(body), 3)]
        yield {
            "id": id_of(number),
            "title": " ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :]),
            "body": "\n\n".join(paragraphs),
            "tags": list(rows[base].get("tags") or ()),
            **{key: rows[base][key] for key in ("section", "author") if rows[base].get(key)},
            **{key: dated[key] for key in ("date", "published") if dated.get(key)},
        }


def id_of(number: int) -> str:
    """Return the id of the article that comes at this place, the first at 0."""
    return f"m{number:08d}"


def _near(at: int, length: int, rng: random.Random) -> int:
    return min(length - 1, max(0, at + rng.randint(-_NEAR, _NEAR)))


class _Coiner:
    """Put a new word in the place of a long one, as often as the vocabulary grows at this size."""

    def __init__(self, rows: Sequence[dict[str, Any]], rng: random.Random) -> None:
        self._rng = rng
        self._articles = len(rows)
        self._rate = _new_words(rows) / max(
            1, sum(len(_WORD.findall(str(row["body"]))) for row in rows[-_SAMPLE:])
        )
        self._parts: list[str] = sorted(
            {word for row in rows[:_SAMPLE] for word in _WORD.findall(str(row["body"]))}
        )

    def renewed(self, sentence: str, number: int) -> str:
        rate = self._rate * (number / self._articles) ** (_HEAPS - 1)
        # Whether at all is drawn first, by length: looking at each word would take most of the time.
        if self._rng.random() >= rate * len(sentence) / _LETTERS:
            return sentence
        words = list(_WORD.finditer(sentence))
        if not words:
            return sentence
        start, end = self._rng.choice(words).span()
        return sentence[:start] + self._coined() + sentence[end:]

    def _coined(self) -> str:
        first, second = self._rng.choices(self._parts, k=2)
        return first[: len(first) // 2 + 1] + second[len(second) // 2 :]


def _new_words(rows: Sequence[dict[str, Any]]) -> int:
    """Return how many words the last articles have that no article before them has."""
    known = {word for row in rows[:-_SAMPLE] for word in _WORD.findall(str(row["body"]))}
    late = {word for row in rows[-_SAMPLE:] for word in _WORD.findall(str(row["body"]))}
    return len(late - known) if known else 0
