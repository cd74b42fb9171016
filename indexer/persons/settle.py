"""Settle: the mentions of an article → one name for each person."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.french import fold_key
from indexer.persons.lexicon import Kind, kind

_ADDED = re.compile(r"(\S+ \S+) d[eu]? (?!la )\S+")
_AFFILIATIONS = 4
"""As many names « X Y de Z » in one article are people and what they work for, not old families."""
_PLACES_FOLLOW = frozenset({"de", "du", "des", "d"})


@dataclass(slots=True)
class _Person:
    first: int
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.spellings.total()


def settled(mentions: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return one spelling a person, by first mention; `mentions` are places and names, in order."""
    persons: dict[str, _Person] = {}
    for place, name in mentions:
        key = name_key(name)
        if key not in persons:
            persons[key] = _Person(place)
        persons[key].spellings[name] += 1
    for key in sorted(persons, key=len):
        longer = [other for other in persons if len(other) > len(key) and other.startswith(key + " ")]
        for other in longer:
            _join(key, other, persons)
    added = [match for key in persons if (match := _ADDED.fullmatch(key))]
    if len(added) >= _AFFILIATIONS:
        for match in added:
            _shorten(match, persons)
    ordered = sorted(persons.values(), key=lambda person: person.first)
    return tuple(_best(person.spellings) for person in ordered)


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """Return what all spellings of a name have in common."""
    return fold_key(name)


def _join(key: str, other: str, persons: dict[str, _Person]) -> None:
    """Join a name and the same name with an addition, where the addition makes no other person.

    « Elizabeth » is « Elizabeth II »; « X Y de Z » is X Y where the article says X Y as often.
    """
    short, long = persons.get(key), persons.get(other)
    if short is None or long is None:
        return
    added = other[len(key) + 1 :].split()
    numeral = len(added) == 1 and kind(added[0].upper()) is Kind.NUMERAL
    if numeral or (added[0] == "d" and " " in key):
        kept, gone = other, key
    elif added[0] in _PLACES_FOLLOW and " " in key:
        kept, gone = (key, other) if short.count >= long.count else (other, key)
    else:
        return
    persons[kept].first = min(short.first, long.first)
    del persons[gone]


def _shorten(match: re.Match[str], persons: dict[str, _Person]) -> None:
    person = persons.pop(match[0])
    words = len(match[1].split())
    spellings: Counter[str] = Counter()
    for name, count in person.spellings.items():
        spellings[" ".join(name.split()[:words])] += count
    persons.setdefault(match[1], _Person(person.first, spellings))


def _best(spellings: Counter[str]) -> str:
    """Return the spelling with the most accents, then hyphens, then capitals, then the most frequent."""
    if len(spellings) == 1:
        return next(iter(spellings))
    return max(
        spellings, key=lambda name: (_accents(name), name.count("-"), _capitals(name), spellings[name])
    )


def _accents(name: str) -> int:
    return sum(not c.isascii() and c.isalpha() for c in name)


def _capitals(name: str) -> int:
    return sum(c.isupper() for c in name)
