"""Near copies: the same dispatch under another title, with a few words more or less."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

COPY = 0.8
"""The share of common shingles from which two texts are one dispatch; 0.7 takes the updates of a story for
copies, which newsrooms link."""

_ANY_ORDER = 0.7
"""The share of common words below which shingles are not compared: a word that differs changes five."""

_SHINGLE = 5


@dataclass(slots=True)
class NearCopies:
    """Remember texts, and tell of another whether it is a copy of one of them."""

    _texts: list[_Text] = field(default_factory=list)

    def add(self, text: str) -> bool:
        """Remember a text and return True, unless it is a copy of one that is known."""
        new = _Text(text)
        if any(_alike(new, known) for known in self._texts):
            return False
        self._texts.append(new)
        return True


class _Text:
    __slots__ = ("_shingles", "order", "words")

    def __init__(self, text: str) -> None:
        self.order = text.lower().replace("’", "'").split()
        self.words = frozenset(self.order)
        self._shingles: frozenset[tuple[str, ...]] | None = None

    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Return all runs of five words; a shorter text is one run."""
        if self._shingles is None:
            runs = (self.order[at:] for at in range(min(_SHINGLE, len(self.order))))
            self._shingles = frozenset(zip(*runs, strict=False))
        return self._shingles


def _alike(left: _Text, right: _Text) -> bool:
    if _common(left.words, right.words) < _ANY_ORDER:
        return False
    return _common(left.shingles(), right.shingles()) >= COPY


def _common(left: frozenset[Any], right: frozenset[Any]) -> float:
    both = len(left & right)
    return both / (len(left) + len(right) - both) if both else 0.0
