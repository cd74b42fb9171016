"""Words and what they say about a name that they stand in or beside."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

from indexer.french import fold, stop_words
from indexer.persons.words import words

PARTICLES = words(
    "de du des d d' l' la le les l von van der den ten ter zu zum di da do dos das del della delle dell "
    "dello degli y e al el ben bin ibn bint bent abu abou oulad ould ag af av of"
)
"""Words between the parts of a name, in lower case there; a capital on them is kept."""

_INITIALS = frozenset({"jk", "jd", "jj", "aj", "bj", "cj", "pj", "rj", "tj"})
_NUMERALS = words("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xx xxii xxiii ier")
_COMPOUNDING = frozenset({"jean", "marie", "anne", "mary"})
_NO_SURNAMES = frozenset(
    {"france", "sport", "sports", "plus", "face", "photo", "photos", "video", "videos", "live"}
)
_INNER_TITLES = frozenset({"baron", "don", "lord", "prince", "duc", "dean", "abbe", "page"})


class Kind(IntEnum):
    """Say what a capitalised word of a run can be."""

    PLAIN = 0
    GIVEN = 1
    INITIAL = 2
    PARTICLE = 3
    CAPITALS = 4
    NUMERAL = 5
    FUNCTION = 6
    INNER_TITLE = 7
    NAMED_AFTER = 8
    SAINT = 9
    ORGANISATION = 10
    STOP = 11


@lru_cache(maxsize=100_000)
def kind(token: str) -> Kind:
    """Return what a token of a run is: one word, with its hyphens, or one or more initials."""
    if token.endswith("."):
        return _kind_of_dotted(token)
    word = fold(token)
    if word in PARTICLES and (token.islower() or word not in given_names()):
        return Kind.PARTICLE
    if word in _NUMERALS and (token.isupper() or word == "ier"):
        return Kind.NUMERAL
    listed = _listed().get(word)
    if listed is not None:
        return listed
    if any(c.isdigit() for c in token):
        return Kind.STOP
    if word.endswith(("'s", "'")):
        return Kind.ORGANISATION
    if is_given(word):
        return Kind.GIVEN
    if word in _INITIALS and token.isupper():
        return Kind.INITIAL
    if len(word) == 1:
        return Kind.STOP
    return _kind_of_capitals(word) if token.isupper() else Kind.PLAIN


def is_given(word: str) -> bool:
    """Tell whether a folded word is a given name, or given names with hyphens between them."""
    names = given_names()
    if word in names:
        return True
    if "-" not in word:
        return False
    first, *others = word.split("-")
    return first in names and (first in _COMPOUNDING or all(part in names for part in others))


def is_short_word(token: str) -> bool:
    """Tell whether a capitalised word is short and common: Te, Ma, Un can also be parts of Asian names."""
    return len(token) < 4 and token[1:].islower() and fold(token) in stop_words()


@lru_cache(maxsize=4096)
def can_be_surname(token: str) -> bool:
    """Tell whether a listed word is a surname where a given name is right before it: Breton, Mars, Berger."""
    word = fold(token)
    if len(word) == 1:
        return word in {"o", "x"}
    return token[1:].islower() and word not in _NO_SURNAMES and word not in stop_words()


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(_words("not_names.txt"))


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return the folded given names, and the family names that stand first."""
    return frozenset(_words("given_names.txt")) | frozenset(_words("world_names.txt"))


@lru_cache(maxsize=1)
def functions() -> frozenset[str]:
    """Return the folded words for what people are: president, porte-parole, frere …"""
    return _with_plurals("functions.txt")


@lru_cache(maxsize=1)
def named_after() -> frozenset[str]:
    """Return the folded words for what bears a person's name: rue, prix, fondation …"""
    return _with_plurals("named_after.txt")


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """Return the folded nouns for people of a country or place."""
    return _with_plurals("demonyms.txt")


@lru_cache(maxsize=1)
def speech_verbs() -> frozenset[str]:
    """Return the folded verbs that have a person as subject."""
    return frozenset(_words("speech.txt"))


@lru_cache(maxsize=1)
def not_persons() -> frozenset[str]:
    """Return the keys of full names that are no persons: characters, brands, places."""
    text = " ".join(_lines("not_persons.txt"))
    return frozenset(
        " ".join(name.replace("-", " ").replace("'", " ").split()) for name in text.split(",")
    ) - {""}


@lru_cache(maxsize=4096)
def is_function(word: str) -> bool:
    """Tell whether a word says what somebody is, « ex- », « vice- » and the like before it or not."""
    folded = fold(word)
    if folded in functions():
        return True
    return "-" in folded and any(part in functions() for part in folded.split("-"))


@lru_cache(maxsize=1)
def _listed() -> dict[str, Kind]:
    """Return the words of the lists; where two lists hold a word the later one here decides."""
    kinds: dict[str, Kind] = {}
    kinds |= dict.fromkeys(_words("organisations.txt"), Kind.ORGANISATION)
    kinds |= dict.fromkeys((word for word in stop_words() if word not in given_names()), Kind.STOP)
    kinds |= dict.fromkeys(functions() - given_names(), Kind.FUNCTION)
    kinds |= dict.fromkeys(_not_names() | (demonyms() - given_names()), Kind.STOP)
    kinds |= dict.fromkeys(_INNER_TITLES, Kind.INNER_TITLE)
    kinds |= dict.fromkeys(named_after() - given_names(), Kind.NAMED_AFTER)
    kinds |= dict.fromkeys(("saint", "sainte", "san", "santa", "santo"), Kind.SAINT)
    return kinds


def _kind_of_capitals(word: str) -> Kind:
    """Return STOP for what is an acronym for certain: two letters, no vowel, or three like GTA."""
    if len(word) < 3 or not any(c in "aeiouy" for c in word[1 : 2 if len(word) == 3 else None]):
        return Kind.STOP
    return Kind.CAPITALS


def _kind_of_dotted(token: str) -> Kind:
    word = fold(token)
    if word in functions():
        return Kind.FUNCTION
    if word in {"st.", "ste."}:
        return Kind.SAINT
    if word in {"jr.", "sr."}:
        return Kind.PLAIN
    return Kind.STOP if word == "u.s." else Kind.INITIAL


def _with_plurals(file: str) -> frozenset[str]:
    words = frozenset(_words(file))
    return words | {f"{word}s" for word in words if len(word) > 3 and not word.endswith((".", "s"))}


def _words(file: str) -> list[str]:
    return " ".join(_lines(file)).split()


def _lines(file: str) -> list[str]:
    text = files("indexer.persons").joinpath(file).read_text(encoding="utf-8")
    return [
        line + "," if file == "not_persons.txt" else line for line in text.splitlines() if line[:1] != "#"
    ]
