"""Titles: which of some articles is meant by a title as a newsroom quoted it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA, Levenshtein

from indexer.french import fold, stem, stop_words

NEAR_DAYS = 30
"""How far apart in days two articles may be where the title is not quoted to the letter."""

_CUT = re.compile(r"\s*(…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d")
_LEAST_CUT = 5
_LEAST_WORDS = 6
_TWO_WORDS = 10
_TYPO = 5
_NEGATIONS = frozenset({"ne", "n", "pas", "ni", "non", "jamais", "sans", "plus", "rien", "aucun", "aucune"})


def same_title(quoted: str, title: str) -> int:
    """Return how well a title answers to one that was quoted: 3 to 0.

    3: the same words, whatever their case, accents and punctuation. 2: quoted with « … » at its end, at
    least five words of the beginning. 1: of six words or more one, of ten or more two are another
    form of the same word, a slip in a word of five letters or more, or a word more or less – none of it
    a number, a name or a negation. 0: another title.
    """
    ours, theirs = words_of(quoted), words_of(title)
    if not ours or not theirs:
        return 0
    if ours == theirs:
        return 3
    if _CUT.search(quoted):
        return 2 if _begins(ours, theirs) else 0
    least = min(len(ours), len(theirs))
    allowed = 0 if least < _LEAST_WORDS else 1 if least < _TWO_WORDS else 2
    return 1 if allowed and _differ(quoted, ours, title, theirs, allowed) else 0


def words_of(title: str) -> tuple[str, ...]:
    """Return the folded words of a title without a « … » at its end; numbers stay whole."""
    text = re.sub(r"(?<=\d)[\s.](?=\d{3}\b)", "", fold(_CUT.sub("", title)))
    return tuple(_WORD.findall(text))


def _begins(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether a title begins so; the last word may be cut, too."""
    *whole, last = ours
    if len(whole) < _LEAST_CUT - 1 or len(theirs) < len(ours):
        return False
    if list(theirs[: len(whole)]) != whole:
        return False
    after = theirs[len(whole)]
    return after == last or (len(whole) >= _LEAST_CUT and after.startswith(last))


def _differ(quoted: str, ours: Sequence[str], title: str, theirs: Sequence[str], allowed: int) -> bool:
    """Tell whether two titles differ in so many words at most, and in none that makes another story."""
    steps = Levenshtein.editops(ours, theirs)
    if len(steps) > allowed:
        return False
    names = _names(quoted) | _names(title)
    for step in steps:
        if step.tag == "replace":
            if not _same_word(ours[step.src_pos], theirs[step.dest_pos]):
                return False
        else:
            word = ours[step.src_pos] if step.tag == "delete" else theirs[step.dest_pos]
            if word in names or word in _NEGATIONS or _NUMBER.search(word):
                return False
    return True


def _same_word(ours: str, theirs: str) -> bool:
    if _NUMBER.search(ours + theirs) or ours in _NEGATIONS or theirs in _NEGATIONS:
        return False
    small = stop_words()
    if ours in small and theirs in small:
        return True
    if stem(ours) == stem(theirs):
        return True
    least = min(len(ours), len(theirs))
    return least >= _TYPO and ours[0] == theirs[0] and OSA.distance(ours, theirs) <= 1


def _names(title: str) -> frozenset[str]:
    """Return the folded words that have a capital letter, the first one of the title left out."""
    found = list(_WORD.finditer(title))[1:]
    return frozenset(fold(word[0]) for word in found if not word[0].islower() and word[0][0].isalpha())
