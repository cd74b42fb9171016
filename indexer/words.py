"""What a reader asked for, word by word, before it becomes a query: plain data.

Spelling, synonyms and ranking work on this tree; a query is compiled from it at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexer.french import Token


class Field(StrEnum):
    """Name the fields that a reader can search in; `ANY` is no field at all."""

    ANY = ""
    TITLE = "title"
    TAG = "tag"
    PERSON = "person"
    SECTION = "section"
    AUTHOR = "author"


class Origin(StrEnum):
    """Name where another way to say a word comes from."""

    SPELLING = "spelling"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Way:
    """Hold another way to say a word: an article with it has the word, its score multiplied.

    A `named` one is found in the very form of its tokens, any other by their stems.
    """

    text: str
    tokens: tuple[Token, ...]
    joined: Token | None
    weight: float
    origin: Origin
    named: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Hold a word as typed and its tokens; several tokens are a compound (porte-parole).

    `ways` are other spellings and synonyms that will do as well; `before` are the stop words between the
    word before and this one, which are not searched for themselves.
    """

    text: str
    tokens: tuple[Token, ...]
    joined: Token | None = None
    field: Field = Field.ANY
    ways: tuple[Way, ...] = ()
    before: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Hold the beginning of a word: `élect*`."""

    text: str
    form: str
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Near:
    """Hold a word that may be spelt otherwise: `hidlago~`."""

    text: str
    form: str
    edits: int
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Quoted:
    """Hold words between quotes: these forms, in this order, stop words included."""

    text: str
    tokens: tuple[Token, ...]
    field: Field = Field.ANY


@dataclass(frozen=True, slots=True)
class Dates:
    """Hold a period, both days included; None leaves a side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Bag:
    """Hold what stands side by side: of bare words more than half, of all else everything."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Hold parts that must all match: ET, AND."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Hold parts of which one must match: OU, OR."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Hold what must not match: -, SAUF, NOT."""

    part: Wanted


def spelt(word: Word) -> tuple[Token, ...]:
    """Return the tokens of a word as it is to be read: those of its correction, where it has one."""
    return next((way.tokens for way in word.ways if way.origin is Origin.SPELLING), word.tokens)


Leaf = Word | Start | Near | Quoted
Wanted = Word | Start | Near | Quoted | Dates | Bag | Both | Either | Without


def leaves(wanted: Wanted) -> Iterator[Leaf]:
    """Yield the words, prefixes and phrases that an article found may show; excluded ones are not."""
    match wanted:
        case Bag(parts) | Both(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case Word() | Start() | Near() | Quoted():
            yield wanted
        case Dates() | Without():
            return
