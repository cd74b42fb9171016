"""Candidates: what in a run of capitalised words has the form of a full name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from indexer.french import fold
from indexer.persons.lexicon import Kind, can_be_surname, demonyms, given_names, is_short_word, kind
from indexer.persons.runs import tokens

_ELIDED = re.compile(r"(?:[DdLlSs]|[Qq]u)['’ʼ](?=[^\W\d_])")
_MOST = 5
"""Words of a name at most after its given names, particles included: « Frizon de la Motte »."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a possible name with its place; `lead` is where its run of capitalised words begins.

    `sure`: it begins with a given name or initials. `first`: nothing of its run stands before it.
    `titled`: a function word of the run precedes it. `barred`: something there says that it names no person.
    `shorter`: the name without its first word, which is no known given name.
    """

    lead: int
    start: int
    end: int
    name: str
    sure: bool
    first: bool
    titled: bool
    barred: bool
    last: str
    shorter: Candidate | None

    def moved(self, by: int) -> Candidate:
        """Return the same, so many characters further on."""
        return Candidate(
            self.lead + by,
            self.start + by,
            self.end + by,
            self.name,
            self.sure,
            self.first,
            self.titled,
            self.barred,
            self.last,
            self.shorter and self.shorter.moved(by),
        )


def candidates(start: int, run: str) -> Iterator[Candidate]:
    """Yield the candidates of a run that begins at a place, in order."""
    for candidate in _candidates(run):
        yield candidate.moved(start)


# Two runs of three in news have been met before: « Emmanuel Macron », « Assemblée nationale ».
@lru_cache(maxsize=50_000)
def _candidates(run: str) -> tuple[Candidate, ...]:
    return tuple(_found(run))


def _found(run: str) -> Iterator[Candidate]:
    part = _Part()
    lead = 0
    for start, token in tokens(run):
        elision = _ELIDED.match(token) if len(token) > 2 and not part.tokens else None
        if elision:
            token, start = token[elision.end() :], start + elision.end()
            if not token[0].isupper():
                lead = start + len(token) + 1
                continue
            part.barred = part.barred or elision[0][0] in "Ll"
        sort = part.sort(token)
        if sort in _NAME_KINDS:
            part.add(token, start, sort)
            continue
        found = part.candidate(lead, killed=sort is Kind.ORGANISATION and not part.is_linked)
        if found:
            yield found
        part = _Part(
            first=False,
            titled=sort is Kind.FUNCTION or (sort is Kind.STOP and fold(token) in demonyms()),
            barred=sort in (Kind.NAMED_AFTER, Kind.SAINT),
            after_body=sort is Kind.ORGANISATION,
        )
    found = part.candidate(lead, killed=False)
    if found:
        yield found


def restored(token: str) -> str:
    """Return a word of a name as it is written in a sentence: MACRON → Macron, LE → Le, DE → de."""
    if not token.isupper() or len(token) < 2 or token.endswith(".") or kind(token) is Kind.NUMERAL:
        return token
    if kind(token) is Kind.INITIAL:
        return token
    if fold(token) in {"de", "du", "d", "des", "von", "ben"}:
        return token.lower()
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), token)


_NAME_KINDS = frozenset({Kind.PLAIN, Kind.GIVEN, Kind.INITIAL, Kind.PARTICLE, Kind.NUMERAL, Kind.CAPITALS})


_LISTED_KINDS = frozenset({Kind.STOP, Kind.FUNCTION, Kind.NAMED_AFTER})


class _Part:
    """Collect the words of one name."""

    def __init__(
        self, *, first: bool = True, titled: bool = False, barred: bool = False, after_body: bool = False
    ) -> None:
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.kinds: list[Kind] = []
        self.first = first
        self.titled = titled
        self.barred = barred
        self.after_body = after_body

    def sort(self, token: str) -> Kind:
        """Return the kind of the next word, given the words before it."""
        sort = kind(token)
        if (token, sort) == ("M.", Kind.FUNCTION) and self.kinds and self.kinds[-1] is Kind.INITIAL:
            return Kind.INITIAL
        if sort is Kind.INNER_TITLE:
            return Kind.PLAIN if self._only_given() else Kind.FUNCTION
        if sort is Kind.SAINT and self.tokens:
            return Kind.PLAIN
        if sort is Kind.CAPITALS and not self._takes_capitals(token):
            return Kind.STOP
        if sort is Kind.NUMERAL and not self.tokens:
            return Kind.GIVEN if fold(token) in given_names() else Kind.STOP
        if sort is Kind.STOP and self.tokens and is_short_word(token):
            return Kind.PLAIN
        if sort in _LISTED_KINDS and self._is_surname(token):
            return Kind.PLAIN
        return sort

    def add(self, token: str, start: int, sort: Kind) -> None:
        if sort is Kind.PARTICLE and not self.tokens:
            self.barred = self.barred or fold(token) in {"le", "la", "les"}
            return
        self.tokens.append(token)
        self.starts.append(start)
        self.kinds.append(sort)

    def candidate(self, lead: int, *, killed: bool) -> Candidate | None:
        """Return the name that the words make, or None."""
        self._trim()
        if len(self.tokens) < 2:
            return None
        first, sure = self._head()
        found = self._from(first, lead, sure=sure, killed=killed, shorter=None)
        if first == 1 and self.first and self.kinds[0] is Kind.PLAIN:
            return self._from(0, lead, sure=False, killed=killed, shorter=found)
        return found

    def _from(
        self, first: int, lead: int, *, sure: bool, killed: bool, shorter: Candidate | None
    ) -> Candidate | None:
        stop = self._end(first)
        if stop - first < 2 or self._begins_with_an_acronym(first, stop):
            return None
        if not sure and (self.after_body or stop - first > 4 or self._has_french_link(first, stop)):
            return shorter
        return Candidate(
            lead=lead,
            start=self.starts[first],
            end=self.starts[stop - 1] + len(self.tokens[stop - 1]),
            name=_joined(self.tokens[first:stop]),
            sure=sure,
            first=self.first and first == 0,
            titled=self.titled and first == 0,
            barred=killed or (self.barred and first == 0),
            last=self.tokens[stop - 1],
            shorter=shorter,
        )

    def _begins_with_an_acronym(self, first: int, stop: int) -> bool:
        """Tell whether only the first word is in capitals: « SOS Racisme », where Sos is a given name too."""
        head, kinds = self.tokens[first], self.kinds
        if kinds[first] is Kind.INITIAL or len(head) < 2 or not head.isupper():
            return False
        return not all(self.tokens[i].isupper() for i in range(first, stop) if kinds[i] is not Kind.PARTICLE)

    @property
    def is_linked(self) -> bool:
        """Tell whether the last word is a particle: what follows is no part of a surname."""
        return bool(self.kinds) and self.kinds[-1] is Kind.PARTICLE

    def _has_french_link(self, first: int, stop: int) -> bool:
        return any(fold(token) in _FRENCH_LINKS and token[0].islower() for token in self.tokens[first:stop])

    def _takes_capitals(self, token: str) -> bool:
        """Tell whether a word in capitals can go on the name, rather than be an acronym."""
        if not self.tokens:
            return False
        if self._only_given() or self.kinds[-1] is Kind.PARTICLE:
            return True
        return self.kinds == [Kind.PLAIN] and len(token) > 3

    def _is_surname(self, token: str) -> bool:
        """Tell whether a listed word is a surname here: « Thierry Breton », « Bruno Le Maire »."""
        if not self.kinds or not can_be_surname(token):
            return False
        if self.kinds[-1] is Kind.PARTICLE and self.tokens[-1][0].isupper():
            return self.kinds[-2:-1] == [Kind.GIVEN]
        return self.kinds[-1] is Kind.GIVEN and self._only_given()

    def _only_given(self) -> bool:
        return bool(self.kinds) and all(sort in (Kind.GIVEN, Kind.INITIAL) for sort in self.kinds)

    def _trim(self) -> None:
        while self.kinds and (
            self.kinds[-1] is Kind.PARTICLE
            or (self.kinds[-1] is Kind.INITIAL and len(self.kinds) > 1)
            or (len(self.kinds) > 2 and len(self.tokens[0]) > 4 and is_short_word(self.tokens[-1]))
        ):
            self.tokens.pop()
            self.starts.pop()
            self.kinds.pop()

    def _head(self) -> tuple[int, bool]:
        """Return where the name begins and whether its beginning is that of a name."""
        given = next((i for i, sort in enumerate(self.kinds[:-1]) if sort is Kind.GIVEN), None)
        initials = len(list(takewhile(lambda sort: sort is Kind.INITIAL, self.kinds)))
        letters = sum(c.isupper() for token in self.tokens[:initials] for c in token)
        if letters > 1 or (initials and given == initials):
            return 0, True
        if given is None:
            return 0, False
        return given, True

    def _end(self, first: int) -> int:
        """Return where the name ends: after a numeral, before what says where the person belongs."""
        stop = first
        while stop < len(self.kinds) and self.kinds[stop] in (Kind.GIVEN, Kind.INITIAL):
            stop += 1
        for i in range(stop, len(self.kinds)):
            if self.kinds[i] is Kind.NUMERAL:
                return i + 1 if i == stop else i
            if self.kinds[i] is Kind.PARTICLE and self._leads_away(first, i):
                return i
        end = min(len(self.kinds), max(stop, first + 1) + _MOST)
        while self.kinds[end - 1] is Kind.PARTICLE:
            end -= 1
        return end

    def _leads_away(self, first: int, i: int) -> bool:
        """Tell whether « de » after a surname begins a place or a body: « X Y de l'Unsa »."""
        if i - first < 2 or self.kinds[i - 1] is Kind.PARTICLE:
            return False
        if not self.tokens[i].islower() or fold(self.tokens[i]) not in _FRENCH_LINKS:
            return False
        links = [token for token in self.tokens[i:] if fold(token) in _FRENCH_LINKS]
        after = i + 1
        while after < len(self.kinds) and self.kinds[after] is Kind.PARTICLE:
            after += 1
        if {"des", "l'", "le"} & {fold(token) for token in links[:2]} or after == len(self.kinds):
            return True
        target, rest = self.tokens[after], self.kinds[after + 1 : after + 2]
        if _PLACE.search(target) or self.kinds[after] is Kind.CAPITALS:
            return True
        return rest in ([Kind.PLAIN], [Kind.GIVEN]) and fold(target) not in {"saint", "sainte", "st."}


_PLACE = re.compile(r"-(?:en|sur|sous|l[eè]s|aux|la|le|de|du)-", re.IGNORECASE)
_FRENCH_LINKS = frozenset({"le", "de", "du", "des", "d'", "la", "les", "l'"})


def _joined(tokens: list[str]) -> str:
    words = [restored(token) for token in tokens]
    return " ".join(words).replace("d' ", "d'").replace("d’ ", "d’").replace("l' ", "l'").replace("l’ ", "l’")
