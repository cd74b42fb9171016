"""Spellings: what two ways to write a name have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.french import fold, fold_key
from indexer.persons.lexicon import PARTICLES, given_names

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|tsh|sch|sh|ch|cz|sz", "S"),
        (r"dzh|dj|zh", "j"),
        (r"kh", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gh|gu(?=e?i)", "g"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"^[iy]e", "e"),
        (r"[iy]+", "i"),
        (r"(?<=[aeiou])z(?=[aeiou])", "s"),
        (r"(.)\1+", r"\1"),
        (r"(?<=in)e$", ""),
        (r"f$", "v"),
    )
)
"""Letters that stand for one sound of another script: Tchekhov, Chekhov, Tschechow."""

_NUMERAL = re.compile(r"[ivx]+|ier")
_BY_HYPHEN = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")


@lru_cache(maxsize=200_000)
def sounds(word: str) -> str:
    """Return what transliterations of a folded word have in common."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names that sound alike are one: Sergei and Sergey, not René and Renée."""
    if one == other:
        return True
    if sounds(one) != sounds(other):
        return False
    names = given_names()
    gendered = one.rstrip("e") == other.rstrip("e") or {one + "e", other + "e"} & {one, other}
    return not gendered and not (one in names and other in names and one[-1:] in "ae" != other[-1:] in "ae")


@dataclass(frozen=True, slots=True)
class FullName:
    """Hold the parts of a name, folded: given name (a compound with its hyphen), what follows, surname.

    The surname begins with its particles; a numeral is one.
    """

    key: str
    given: str
    middle: tuple[str, ...]
    surname: tuple[str, ...]

    @classmethod
    def of(cls, key: str, label: str) -> FullName:
        """Take a name apart; `label` is its spelling, in which hyphens part what a key does not."""
        words = key.split()
        compound = _BY_HYPHEN.match(label)
        first = len(fold_key(compound[0]).split()) if compound else 1
        first = min(first, max(1, len(words) - 1))
        at = len(words) - 1
        tied = _hyphenated_end(label)
        while at > first and (words[at - 1] in PARTICLES or len(words) - at < tied):
            at -= 1
        return cls(key, "-".join(words[:first]), tuple(words[first:at]), tuple(words[max(at, first) :]))

    @property
    def initials(self) -> str:
        """Return the first letters of what stands between given name and surname."""
        return "".join(word[0] for word in self.middle)


def _hyphenated_end(label: str) -> int:
    """Return of how many words the last of a label is made: 2 for « Strauss-Kahn »."""
    return len(fold_key(label.split()[-1]).split()) if label.split() else 1


def surname_sounds(full: FullName) -> str:
    """Return how a surname sounds, its Arabic article as « el »."""
    return sounds("".join("el" if word == "al" else word for word in full.surname))


def letters(key: str) -> str:
    """Return the letters of a key alone: « J. K. Rowling » and « JK Rowling » have the same."""
    return re.sub(r"[^\w]+", "", fold(key))


def numerals(key: str) -> tuple[str, ...]:
    """Return the numerals at the end of a name, by which « Louis XIV » is not « Louis XVI »."""
    return tuple(word for word in key.split()[1:] if _NUMERAL.fullmatch(word))
