"""Ranking: what is wanted → the query that an engine answers.

The rule that a reader can predict: quotes, fields, dates and groups are all required; of the bare words
side by side more than half. Articles that have all the words come first, then BM25 decides, in which
the words of a title count three times and words in the very form that was typed a little more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.french import Token, stop_words
from indexer.query import (
    And,
    Boost,
    Constant,
    Everything,
    Favour,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from indexer.words import (
    Bag,
    Both,
    Dates,
    Either,
    Field,
    Near,
    Origin,
    Quoted,
    Start,
    Wanted,
    Way,
    Without,
    Word,
    spelt,
)

TITLE_WEIGHT = 3
"""How often a title's words are counted (BM25F-like; summing a boosted title field costs 11 points of
nDCG@10 on PIAF)."""

EXACT_WEIGHT = 0.4
"""The weight of the very form typed beside that of its stem: +0.015 nDCG@10 on PIAF at 0.5, and
−0.005 on news at 0.25."""

PAIR_WEIGHT = 0.3
"""The weight of two words that stand in an article as they were typed: +0.002 nDCG@10 on PIAF, +0.008 on
news at 0.3."""

_LONGEST_PAIR = 6

ALL_WORDS = 1_000.0
"""What an article that has all bare words is ahead by; above any sum of BM25 scores."""

STEMS = {
    Field.ANY: "text",
    Field.TITLE: "title",
    Field.TAG: "tag_words",
    Field.SECTION: "section_words",
    Field.PERSON: "person_words",
    Field.AUTHOR: "author_words",
}
EXACT = {**STEMS, Field.ANY: "exact", Field.TITLE: "title_exact"}
_STEMMED = frozenset({"text", "title", "tag_words", "section_words"})


@dataclass(frozen=True, slots=True)
class Options:
    """Hold how strict a query is: of so many bare words fewer than « more than half » will do."""

    loosened: int = 0


def compile_query(wanted: Wanted | None, options: Options | None = None) -> Query:
    """Return the query for what is wanted; None wants everything."""
    return Everything() if wanted is None else _compile(wanted, options or Options())


def minimum(words: int, options: Options) -> int:
    """Return how many of so many bare words an article must have."""
    return max(1, words // 2 + 1 - options.loosened)


def bare_words(wanted: Wanted | None) -> int:
    """Return the number of bare words in the largest bag: what can be loosened."""
    match wanted:
        case Bag(parts):
            return max(sum(map(_is_bare, parts)), *map(bare_words, parts))
        case Both(parts) | Either(parts):
            return max(map(bare_words, parts), default=0)
        case Without(part):
            return bare_words(part)
        case _:
            return 0


def _compile(wanted: Wanted, options: Options) -> Query:
    match wanted:
        case Word() | Start() | Near() | Quoted():
            return leaf(wanted)
        case Dates(first, last):
            return Range(first, last)
        case Both(parts):
            return And(tuple(_compile(part, options) for part in parts))
        case Either(parts):
            return Or(tuple(_compile(part, options) for part in parts))
        case Without(part):
            return Not(_compile(part, options))
        case Bag(parts):
            return _bag(parts, options)


def _bag(parts: tuple[Wanted, ...], options: Options) -> Query:
    bare = tuple(_compile(part, options) for part in parts if _is_bare(part))
    others = tuple(_compile(part, options) for part in parts if not _is_bare(part))
    if not bare:
        return And(others)
    words = _words(bare, minimum(len(bare), options))
    if pairs := tuple(_pairs(parts)):
        words = Favour(words, Boost(Or(pairs), PAIR_WEIGHT))
    return And((words, *others)) if others else words


def _words(bare: tuple[Query, ...], least: int) -> Query:
    if least == len(bare):
        return bare[0] if least == 1 else And(bare)
    return Favour(Or(bare, least), Constant(And(bare), ALL_WORDS))


def _pairs(parts: tuple[Wanted, ...]) -> Iterator[Query]:
    """Yield a phrase for two words that were typed side by side, the small words between them included."""
    for first, second in pairwise(parts):
        match first, second:
            case Word(field=Field.ANY), Word(field=Field.ANY):
                tokens = (*spelt(first), *second.before, *spelt(second))
                if len(tokens) <= _LONGEST_PAIR:
                    yield _in_order("text", tokens)


def _is_bare(part: Wanted) -> bool:
    return isinstance(part, Word | Start | Near) and part.field is Field.ANY


def leaf(wanted: Word | Start | Near | Quoted) -> Query:
    """Return the query for one word, prefix, fuzzy word or quotation."""
    match wanted:
        case Start(_, form):
            return Prefix(EXACT[wanted.field], form)
        case Near(_, form, edits):
            return Fuzzy(EXACT[wanted.field], form, edits)
        case Quoted(_, tokens):
            return _in_order(EXACT[wanted.field], tokens)
        case Word(_, tokens, joined):
            ways = _word(wanted.field, tokens, joined)
            return _either([*ways, *(Boost(_way(way), way.weight) for way in wanted.ways)])


def _way(way: Way) -> Query:
    """Return the query for another spelling or a synonym; a synonym's words must stand together."""
    if way.origin is Origin.SPELLING:
        return _either(_word(Field.ANY, way.tokens, way.joined))
    return _in_order("exact" if way.named else "text", way.tokens)


def _word(field: Field, tokens: tuple[Token, ...], joined: Token | None) -> list[Query]:
    """Return the ways in which an article may have a word.

    A compound (porte-parole) is there where its words are, a little more where they stand together.
    """
    stems, exact = STEMS[field], EXACT[field]
    ways: list[Query]
    if len(tokens) == 1 or exact == stems:
        ways = [_in_order(stems, tokens)]
    else:
        telling = [token for token in tokens if token.exact not in stop_words()] or tokens
        ways = [And(tuple(_either(_word(field, (token,), None)) for token in telling))]
    if joined:
        ways.append(_in_order(stems, (joined,)))
    if exact != stems:
        ways.append(Boost(_in_order(exact, tokens), EXACT_WEIGHT))
    return ways


def terms_in(field: str, tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Return the terms that words have in a text field of an engine: stems or forms."""
    return tuple(token.stem if field in _STEMMED else token.exact for token in tokens)


def _either(ways: list[Query]) -> Query:
    return ways[0] if len(ways) == 1 else Or(tuple(ways))


def _in_order(field: str, tokens: tuple[Token, ...]) -> Query:
    terms = terms_in(field, tokens)
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, terms)
