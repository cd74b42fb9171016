"""The words of a field by their length, so that all are compared with a misspelt one at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_FAR = 100


class Lexicon:
    """Find the words near another one; the same answer as `distance` in a hundredth of the time."""

    def __init__(self, words: Iterable[str]) -> None:
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        self._words = dict(by_length)
        self._letters = {length: _letters(group, length) for length, group in by_length.items()}

    @property
    def nbytes(self) -> int:
        """Return about how much memory this takes."""
        return sum(2 * letters.nbytes + 64 * letters.shape[1] for letters in self._letters.values())

    def near(self, text: str, edits: int) -> list[str]:
        """Return the words at most `edits` changes away from `text` (optimal string alignment)."""
        found: list[str] = []
        for length in range(max(len(text) - edits, 0), len(text) + edits + 1):
            if length in self._words:
                apart = _distances(_letters([text], len(text))[:, 0], self._letters[length], edits)
                words = self._words[length]
                found += [words[n] for n in np.flatnonzero(apart <= edits)]
        return found


def _letters(words: list[str], length: int) -> NDArray[np.uint32]:
    """Return the letters as rows: row `j` holds the letter `j` of every word."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4")
    return np.ascontiguousarray(codes.reshape(len(words), length).T)


def _distances(text: NDArray[np.uint32], letters: NDArray[np.uint32], edits: int) -> NDArray[np.int8]:
    """Return the distance to every word of one length, right up to `edits` and any larger number above.

    Only cells within `edits` of the diagonal can lead to such a distance; the others stay far.
    """
    length, count = letters.shape
    far = np.full(count, _FAR, np.int8)
    older: list[NDArray[np.int8]] = []
    last = [np.full(count, min(j, _FAR), np.int8) for j in range(length + 1)]
    for i, letter in enumerate(text, 1):
        row = [far] * (length + 1)
        row[0] = np.full(count, min(i, _FAR), np.int8)
        for j in range(max(1, i - edits), min(length, i + edits) + 1):
            best = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + (letters[j - 1] != letter))
            if i > 1 and j > 1:
                swapped = (letters[j - 2] == letter) & (letters[j - 1] == text[i - 2])
                best = np.where(swapped, np.minimum(best, older[j - 2] + 1), best)
            row[j] = np.minimum(best, far)
        older, last = last, row
    return last[length]
