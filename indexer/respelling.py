"""Other spellings: for the words of a search that an index hardly knows, those that it knows nearly so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.french import Analyser, Token
from indexer.lexicon import SHORTEST
from indexer.parser import parse
from indexer.results import Spelling
from indexer.snapshot import Snapshot
from indexer.spelling import RARE
from indexer.words import Leaf, Quoted, Word, leaves

MOST = 8
"""Words of a search that are looked up: each costs a look through the lexicon."""


def respell(words: str, snapshot: Snapshot, analyser: Analyser, limit: int) -> tuple[Spelling, ...]:
    """Return for each word that the index hardly knows at most `limit` that it may have meant."""
    wanted = parse(words, analyser).wanted
    typed: dict[str, _Typed] = {}
    for leaf in leaves(wanted) if wanted else ():
        for word in _typed(leaf, analyser):
            typed.setdefault(word.token.exact, word)
    return tuple(
        spelling
        for word in list(typed.values())[:MOST]
        for spelling in islice(_others(word, snapshot, analyser), limit)
    )


@dataclass(frozen=True, slots=True)
class _Typed:
    """Hold a word as it stands in a search, and the token that it makes."""

    text: str
    token: Token


def _typed(leaf: Leaf, analyser: Analyser) -> list[_Typed]:
    """Return the single words of a leaf; a compound is one where it can be written as one."""
    match leaf:
        case Word(text, tokens, joined):
            token = joined or tokens[0]
            return [_Typed(text, token)] if joined or len(tokens) == 1 else []
        case Quoted(text):
            return [_Typed(text[token.start : token.end], token) for token in analyser.tokens(text)]
        case _:
            return []


def _others(typed: _Typed, snapshot: Snapshot, analyser: Analyser) -> Iterator[Spelling]:
    """Yield other spellings of a word that hardly any article has; of several inflections the first."""
    form, stem = typed.token.exact, typed.token.stem
    if len(form) < SHORTEST or not form.isalpha():
        return
    known = snapshot.engine.frequencies("text", [stem])[stem]
    if known > RARE:
        return
    stems = {stem}
    for text, articles in snapshot.speller().alike(form):
        other = next((token.stem for token in analyser.tokens(text)), stem)
        if other not in stems and articles > known:
            stems.add(other)
            yield Spelling(typed.text, text, articles)
