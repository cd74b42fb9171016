"""Joins: of all names of a corpus those that are another's spelling, and why.

What comes out depends on the names, their counts and the file of known persons only, not on the order
in which articles came. Two persons must never be joined: where a rule is not sure it leaves both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from indexer.french import fold_key
from indexer.persons.known import KnownPersons
from indexer.persons.lexicon import given_names
from indexer.persons.slips import is_slip, shortened
from indexer.persons.spellings import FullName, letters, numerals, same_given, sounds, surname_sounds
from indexer.persons.words import words

FILE, NEVER, LETTERS, ORDER = "file", "never", "same letters", "order"
SOUNDS, MIDDLE, SLIP = "transliteration", "middle name", "typing slip"

SOUNDS_RATIO = 2
"""How many times more articles one transliteration has than another that it takes in, and at least three."""

_SOUNDS_LEAST = 3

MIDDLE_RATIO = 8
"""The same for a name with and without its middle name: nearer than that they may be two persons, as
George Bush and George W. Bush are."""

SLIP_RATIO = 30
"""The same for a typing slip, which has two articles at most; three times that where it has more."""

_SLIP_MOST = 2
_LONG_WORD = 5
_COMPOUNDING = words("jean marie anne pierre juan jose maria luis carlos mary")


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a name of the corpus: its key, its most frequent spelling, how many articles have it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Join:
    """Hold whose spelling a name is: key and name of the person, both empty for no person; and the rule."""

    main: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Near:
    """Hold two names that no rule joined although they are near, and why not."""

    one: Named
    other: Named
    reason: str


def find_joins(names: Iterable[Named], known: KnownPersons) -> dict[str, Join]:
    """Return for the key of each name that is another's spelling whose it is."""
    return _Finder(names, known).joins()


def find_near(names: Iterable[Named], known: KnownPersons) -> list[Near]:
    """Return the pairs that rules looked at and left, those of the most frequent names first."""
    finder = _Finder(names, known)
    joined = finder.joins()
    near = [
        pair
        for pair in (*finder.near, *finder.near_surnames())
        if not {pair.one.key, pair.other.key} & joined.keys() and not finder.apart(pair.one, pair.other)
    ]
    return sorted(near, key=lambda pair: (-pair.other.count, -pair.one.count, pair.other.key, pair.one.key))


class _Finder:
    def __init__(self, names: Iterable[Named], known: KnownPersons) -> None:
        self._known = known
        self._names = {named.key: named for named in names}
        self._full = {key: FullName.of(key, named.label) for key, named in self._names.items()}
        self.near: list[Near] = []

    def joins(self) -> dict[str, Join]:
        """Return all joins; the file comes first, then the surest rule."""
        joins = self._by_file()
        members: dict[str, set[str]] = defaultdict(set)
        for key, join in joins.items():
            members[join.main].add(key)
        for rule in (self._same_letters, self._turned, self._same_sounds, self._middles, self._slips):
            for variant, main, reason in rule():
                self._join(variant, main, reason, joins, members)
        return joins

    def apart(self, one: Named, other: Named) -> bool:
        """Tell whether the file keeps two names apart."""
        return frozenset((one.key, other.key)) in self._known.apart

    def near_surnames(self) -> Iterator[Near]:
        """Yield pairs of names that differ by one letter of a long surname and are both seen again."""
        known = {frozenset((pair.one.key, pair.other.key)) for pair in self.near}
        by_text: dict[str, list[Named]] = defaultdict(list)
        for named in self._names.values():
            if named.count > 1:
                for text in shortened(named.key):
                    by_text[text].append(named)
        for group in by_text.values():
            for one, other in combinations(group, 2):
                pair = frozenset((one.key, other.key))
                if pair not in known and self._near(one, other):
                    known.add(pair)
                    yield Near(*_ordered(one, other), "one letter of the surname differs")

    def _near(self, one: Named, other: Named) -> bool:
        mine, theirs = self._full[one.key], self._full[other.key]
        surnames = " ".join(mine.surname), " ".join(theirs.surname)
        same = (mine.given, mine.middle) == (theirs.given, theirs.middle)
        return same and max(map(len, surnames)) > _LONG_WORD and numerals(one.key) == numerals(other.key)

    def _by_file(self) -> dict[str, Join]:
        """Return the joins of the file: those of persons that the corpus has, in any spelling."""
        known = self._known
        joins = {key: Join("", "", NEVER) for key in known.never if key in self._names}
        groups: dict[str, list[str]] = defaultdict(list)
        for key, name in known.mains.items():
            groups[fold_key(name)].append(key)
        for main, aliases in groups.items():
            present = [self._names[key] for key in (main, *aliases) if key in self._names]
            if present:
                shown = self._shown(main, present)
                joins |= {key: shown for key in (main, *aliases) if key != shown.main}
        return joins

    def _shown(self, main: str, present: list[Named]) -> Join:
        """Return the spelling that is shown: that of an operator's file, else the most frequent."""
        if main in self._known.fixed:
            return Join(main, self._known.named[main], FILE)
        best = max(present, key=lambda named: (named.count, named.key == main, named.key))
        return Join(best.key, best.label, FILE)

    def _join(
        self, variant: Named, main: Named, rule: str, joins: dict[str, Join], members: dict[str, set[str]]
    ) -> None:
        if variant.key in joins or variant.key in self._known.named or variant.key in members:
            return
        known = joins.get(main.key)
        target = known.main if known else main.key
        if not target or target == variant.key:
            return
        others = {target, *members[target]}
        if any(frozenset((variant.key, other)) in self._known.apart for other in others):
            return
        joins[variant.key] = Join(target, known.name if known else main.label, rule)
        members[target].add(variant.key)

    def _same_letters(self) -> Iterator[tuple[Named, Named, str]]:
        """Yield names that differ in dots and blanks: « J.K. Rowling », « Kim Jong-un », « Kim Jongun »."""
        for group in _groups(self._names.values(), lambda named: letters(named.key)):
            yield from ((variant, group[0], LETTERS) for variant in group[1:])

    def _turned(self) -> Iterator[tuple[Named, Named, str]]:
        """Yield names with the surname first; where it is a given name as well nobody knows."""
        given = given_names()
        for named in self._names.values():
            first, *rest = named.key.split()
            main = self._names.get(" ".join((*rest, first)))
            if len(rest) != 1 or main is None or rest[0] not in given or main.key == named.key:
                continue
            if first not in given:
                yield named, main, ORDER
            elif named.key < main.key:
                self.near.append(Near(*_ordered(named, main), "given name and surname may be turned"))

    def _same_sounds(self) -> Iterator[tuple[Named, Named, str]]:
        """Yield transliterations of one name, word by word."""
        for group in _groups(self._names.values(), self._block):
            for at, variant in enumerate(group):
                for main in group[:at]:
                    if not self._sound_alike(variant, main):
                        continue
                    if main.count >= max(_SOUNDS_LEAST, SOUNDS_RATIO * variant.count):
                        yield variant, main, SOUNDS
                        break
                    self.near.append(Near(variant, main, "they sound alike, and neither is much rarer"))

    def _sound_alike(self, variant: Named, main: Named) -> bool:
        one, other = self._full[variant.key], self._full[main.key]
        given = self._known.given
        alike = given.get(one.given, one.given) == given.get(other.given, other.given)
        return (
            (alike or same_given(one.given, other.given))
            and numerals(variant.key) == numerals(main.key)
            and [*map(sounds, one.middle)] == [*map(sounds, other.middle)]
        )

    def _middles(self) -> Iterator[tuple[Named, Named, str]]:
        """Yield names with a middle name or initial that no other of the same names contradicts."""
        for group in _groups(self._names.values(), self._block):
            long = [named for named in group if self._full[named.key].middle]
            short = [named for named in group if not self._full[named.key].middle]
            middles = {self._full[named.key].initials for named in long}
            for named in long if short else ():
                variant, main = _ordered(named, short[0])
                if not self._same_ends(variant, main) or self._keeps_middle(named):
                    continue
                if len(middles) > 1:
                    self.near.append(Near(variant, main, "there is more than one middle name"))
                elif main.count < self._middle_ratio(named) * variant.count:
                    self.near.append(Near(variant, main, "one has a middle name, and neither is much rarer"))
                else:
                    yield variant, main, MIDDLE

    def _same_ends(self, one: Named, other: Named) -> bool:
        """Tell whether two names differ in what is between given name and surname only."""
        mine, theirs = self._full[one.key], self._full[other.key]
        return (mine.given, mine.surname) == (theirs.given, theirs.surname)

    def _middle_ratio(self, named: Named) -> int:
        """Return how rare one of the forms must be: rarer where a whole given name makes the difference."""
        first = self._full[named.key].middle[0]
        return MIDDLE_RATIO * (2 if first in given_names() else 1)

    def _keeps_middle(self, named: Named) -> bool:
        """Tell whether the middle may be half of the given name: Juan Manuel, Kim Yo Jong."""
        full = self._full[named.key]
        compound = full.given in _COMPOUNDING and full.middle[0] in given_names()
        return compound or max(map(len, named.key.split())) < _LONG_WORD

    def _slips(self) -> Iterator[tuple[Named, Named, str]]:
        """Yield rare names that are one slip of the keyboard from a frequent one, and from one only."""
        frequent: dict[str, list[Named]] = defaultdict(list)
        for named in self._names.values():
            if named.count >= SLIP_RATIO:
                for text in shortened(named.key):
                    frequent[text].append(named)
        surnames = Counter(key.split()[-1] for key in self._names)
        for variant in sorted(self._names.values(), key=lambda named: named.key):
            ratio = SLIP_RATIO * (1 if variant.count <= _SLIP_MOST else 3)
            mains = {main.key: main for text in shortened(variant.key) for main in frequent.get(text, ())}
            meant = [
                main
                for main in mains.values()
                if main.count >= ratio * variant.count and is_slip(variant.key, main.key, surnames)
            ]
            if len(meant) == 1:
                yield variant, meant[0], SLIP

    def _block(self, named: Named) -> str:
        """Return what names have in common that may be one: a given name and a surname, as they sound."""
        full = self._full[named.key]
        given = self._known.given.get(full.given, full.given)
        return f"{sounds(given)} {surname_sounds(full)}"


def _groups(names: Iterable[Named], key: Callable[[Named], str]) -> Iterator[list[Named]]:
    """Yield the names of which several have the same key, the most frequent first."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for named in names:
        groups[key(named)].append(named)
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda named: (-named.count, named.key))


def _ordered(one: Named, other: Named) -> tuple[Named, Named]:
    """Return the rarer name first."""
    return (one, other) if (one.count, other.key) < (other.count, one.key) else (other, one)
