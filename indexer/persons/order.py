"""Order: a name as a source or a list writes it → as a sentence has it."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.persons.candidates import restored
from indexer.persons.lexicon import Kind, is_function, kind

_ELISION = re.compile(r"^(?:[DdLl]|[Qq]u)['’ʼ](?=[^\W\d_])")
_SMALL = frozenset({"le", "la", "les", "l'", "du", "de", "d'"})


@lru_cache(maxsize=100_000)  # the tags of an archive come again and again
def in_order(name: str) -> str:
    """Return the name with the given name first, without titles, capitals as in a sentence.

    « Sarkozy, Nicolas », « SARKOZY Nicolas » and « le président Nicolas Sarkozy » become « Nicolas Sarkozy ».
    Where it is not certain which word is the given name the order stays.
    """
    name = " ".join(name.split())
    surname, comma, given = name.partition(", ")
    if comma and "," not in given and _begins_given(given.split()) and surname:
        return in_order(f"{given} {surname}")
    words = _without_titles(name.split())
    at = _capitals(words)
    if 0 < at < len(words) and _begins_given(words[at:]) and not _begins_given(words[:at]):
        words = words[at:] + words[:at]
    loud = len(words) > 1 and any(_is_capital(word) and len(word) > 2 for word in words)
    return " ".join(map(restored, words) if loud else words)


def _without_titles(words: list[str]) -> list[str]:
    """Return the words of a full name without what stands before it: « Mme », « d' », « le président »."""
    rest = list(words)
    while len(rest) > 2 and (is_function(rest[0]) or kind(rest[0]) is Kind.FUNCTION or rest[0] in _SMALL):
        rest.pop(0)
    if len(rest) > 1 and (elision := _ELISION.match(rest[0])):
        rest[0] = rest[0][elision.end() :]
    named = rest != words and len(rest) > 1 and kind(rest[0]) in (Kind.GIVEN, Kind.INITIAL)
    return rest if named else words


def _capitals(words: list[str]) -> int:
    """Return how many words at the beginning are in capitals, as a surname that stands first is."""
    at = 0
    while at < len(words) and _is_capital(words[at]):
        at += 1
    return at


def _is_capital(word: str) -> bool:
    return word.isupper() and not word.endswith(".") and sum(map(str.isalpha, word)) > 1


def _begins_given(words: list[str]) -> bool:
    return bool(words) and kind(words[0]) in (Kind.GIVEN, Kind.INITIAL)
