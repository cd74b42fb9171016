"""Heads: where in a text a word with a given term may begin, found much faster than by analysing it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from indexer.french.chunks import APOSTROPHES, HYPHENS
from indexer.french.fold import INVISIBLE, fold
from indexer.french.stem import read_as

_LENGTH = 3
# Between two letters: the dots of an acronym, the mark of a compound, accents apart, invisible characters.
_GLUE = rf"[.{APOSTROPHES}\u0300-\u036f{INVISIBLE}{HYPHENS}]*"
# Latin with its extensions, Greek, Cyrillic: the alphabets that have cases and accents.
_ALPHABETS = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000), (0xFB00, 0xFB07))
_SAINT = "saint"


def heads_pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    """Return an expression that finds the beginning of every word with one of these terms.

    Terms are stems or folded forms. It finds other words as well: what it finds is to be analysed.
    None where there is no term.
    """
    heads: set[str] = set()
    for term in terms:
        heads |= _heads(term)
    # A head that begins with another adds nothing.
    least = {head for head in heads if not any(head.startswith(other) for other in heads if other != head)}
    if not least:
        return None
    ways = "|".join(sorted(map(_spellings, least)))
    return re.compile(rf"(?<![^\W_ʼ])(?:{ways})")


def _heads(term: str) -> set[str]:
    """Return the folded beginnings of the words that have a term."""
    if term[0].isdigit():
        return {term[0]}  # 10000 may be written 10 000
    heads = {term[: _LENGTH if len(term) > _LENGTH else max(1, len(term) - 1)]}
    heads |= {form[:_LENGTH] for form in read_as(term)}
    if term.startswith(_SAINT):
        heads.add("st")
    return heads


def _spellings(head: str) -> str:
    """Return an expression for all that folds to a head: each letter in all its forms, pairs as ligatures."""
    forms, ways, at = _forms(), [], 0
    while at < len(head):
        pair = head[at : at + 2]
        apart = _GLUE.join(map(_letter, pair))
        if pair in forms and len(pair) == 2:
            ways.append(f"(?:{apart}|[{forms[pair]}])")
            at += 2
        else:
            last = at + 1 == len(head)  # it may be the first half of a ligature
            ways.append(_letter(head[at], beginning=last))
            at += 1
    return _GLUE.join(ways)


def _letter(letter: str, *, beginning: bool = False) -> str:
    forms = _forms()
    if letter not in forms:
        return re.escape(letter)
    fitting = "".join(forms[key] for key in forms if key[0] == letter) if beginning else forms[letter]
    return f"[{fitting}]"


@cache
def _forms() -> dict[str, str]:
    """Return for a letter, or for two, all letters that fold to it: é → e, œ → oe."""
    forms: dict[str, str] = {}
    for character in (chr(code) for first, end in _ALPHABETS for code in range(first, end)):
        if character.isalpha() and (folded := fold(character)).isalpha():
            forms[folded] = forms.get(folded, "") + character
    return forms
