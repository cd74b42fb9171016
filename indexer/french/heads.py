"""Heads: where in a text a word with a given term may begin, found much faster than by analysing it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from indexer.french.chunks import APOSTROPHES, HYPHENS
from indexer.french.fold import INVISIBLE, fold
from indexer.french.stem import read_as

_LENGTH = 3
_SAINT = "saint"

# A text of French fits into one byte a letter, so that bytes stand where letters do; what does not fit
# becomes this one, behind which anything may stand.
_ANY = "?"
_CODE = "cp1252"
# Between two letters: the dots of an acronym, the mark of a compound, invisible characters. Accents that
# stand apart do not fit into a byte.
_GLUE = r"[.\-]*"
_SIGNS = "&+#"  # R&D, C++
_DOTS = "·•"  # étudiant·e·s: what stands between may be no part of the word
_KEPT = 200
"""Expressions that are kept: making one takes as long as looking for it in ten articles."""


class Heads:
    """Find the beginning of every word that has one of some terms: stems or folded forms.

    Other words are found as well: what is found is to be analysed.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        heads: set[str] = set()
        for term in terms:
            heads |= _heads(term)
        # A head that begins with another adds nothing.
        least = {head for head in heads if not any(head[:n] in heads for n in range(1, len(head)))}
        self._pattern = _pattern(tuple(sorted(least))) if least else None

    def places(self, text: str) -> list[int]:
        """Return where a word may begin, in order."""
        if self._pattern is None:
            return []
        return [found.start() for found in self._pattern.finditer(_folded(text))]


def _folded(text: str) -> bytes:
    """Return a text in small letters without accents, a byte for each character."""
    return text.replace(_ANY, " ").encode(_CODE, "replace").translate(_TABLE)


def _heads(term: str) -> set[str]:
    """Return the folded beginnings of the words that have a term."""
    if term[0].isdigit():
        return {term[0]}  # 10000 may be written 10 000
    heads = {term[: _LENGTH if len(term) > _LENGTH else max(1, len(term) - 1)]}
    heads |= {form[:_LENGTH] for form in read_as(term)}
    if term.startswith(_SAINT):
        heads.add("st")
    return heads


@lru_cache(maxsize=_KEPT)
def _pattern(heads: tuple[str, ...]) -> re.Pattern[bytes]:
    firsts = {head[0] for head in heads if head[0] in _LETTERS} | {_ANY}
    pairs = {byte for pair, bytes_ in _PAIRS.items() for byte in bytes_ if pair[0] in firsts}
    ways = "|".join(map(_spelled, heads))
    # The first letter stands before the test of what precedes it, since sre looks for a set of characters
    # that an expression begins with five times as fast as it tries the expression at each place.
    pattern = rf"[{''.join(sorted(firsts | pairs))}](?<![{_WORD}].)(?<=(?={ways}).)"
    return re.compile(pattern.encode("latin-1"), re.DOTALL)


def _spelled(head: str) -> str:
    """Return an expression for a head with glue between its letters, pairs of them as ligatures."""
    if head[0] not in _LETTERS:
        return re.escape(_ANY)
    rest = _GLUE + _spelled(head[1:]) if len(head) > 1 else ""
    ways = [re.escape(_ANY), re.escape(head[0]) + rest]
    # The last letter may be the first half of a ligature.
    for pair, bytes_ in _PAIRS.items():
        if pair == head[:2] or pair[0] == head:
            after = _GLUE + _spelled(head[2:]) if len(head) > 2 else ""
            ways.append(f"[{bytes_}]{after}")
    return f"(?:{'|'.join(ways)})"


def _table() -> tuple[bytes, dict[str, str]]:
    """Return what each byte is folded to, and the bytes that stand for two letters."""
    table, pairs = bytearray(b" " * 256), dict[str, str]()
    for code in range(256):
        letter = bytes([code]).decode(_CODE, "replace")
        folded = fold(letter)
        if letter in (*APOSTROPHES, *HYPHENS, *INVISIBLE):
            table[code] = ord("-")
        elif letter in (".", _ANY, *_SIGNS):
            table[code] = code
        elif letter.isalnum() and folded.isascii() and folded.isalnum():
            table[code] = ord(folded) if len(folded) == 1 else code
            if len(folded) > 1:
                pairs[folded] = pairs.get(folded, "") + chr(code)
        elif letter.isalnum() or letter in _DOTS:
            table[code] = ord(_ANY)
    return bytes(table), pairs


_TABLE, _PAIRS = _table()
_LETTERS = frozenset(f"abcdefghijklmnopqrstuvwxyz0123456789{_SIGNS}")
_WORD = "a-z0-9" + "".join(_PAIRS.values())
