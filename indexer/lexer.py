"""The marks of the query language: a reader's text → pieces. Any text gives some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.french import Analyser, Chunk

OPENING = '"“”„«»‟'
_CLOSING = {"«": "»", **dict.fromkeys('"“”„»‟', '"“”„»‟')}
_NUMBER = r"(?<!\S)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![^\s()\"“”„«»‟])"
_GLUE = frozenset("._@:")
_SIGN = re.compile(rf"[-\u2212](?=[^\s\-\u2212])|[()]|{_NUMBER}|[^\s()\"“”„«»‟]+|[\"“”„«»‟]")
_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not"}


class Mark(Enum):
    """Name the kinds of pieces."""

    WORD = auto()
    QUOTED = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a piece; `glued` tells that no space stands before it, `whole` that its quote is closed."""

    mark: Mark
    text: str
    glued: bool = False
    whole: bool = True


def pieces(text: str) -> Iterator[Piece]:
    """Cut a reader's text; operators are words in capitals, a minus counts at the head of a word."""
    at = 0
    while found := _SIGN.search(text, at):
        start, at = found.span()
        sign = found[0]
        glued = start > 0 and not text[start - 1].isspace()
        if sign == "(":
            yield Piece(Mark.OPEN, sign, glued)
        elif sign == ")":
            yield Piece(Mark.CLOSE, sign, glued)
        elif sign in OPENING:
            end, at, whole = _quotation(text, at, _CLOSING[sign])
            yield Piece(Mark.QUOTED, text[start + 1 : end], glued, whole)
        elif sign in "-\u2212":
            yield Piece(Mark.NOT, sign, glued)
        elif operator := _OPERATORS.get(sign):
            yield Piece(Mark[operator.upper()], sign, glued)
        else:
            yield Piece(Mark.WORD, sign, glued)


def _quotation(text: str, start: int, closing: str) -> tuple[int, int, bool]:
    """Return where a quotation ends, where to read on, and whether it was closed."""
    ends = [at for mark in closing if (at := text.find(mark, start)) >= 0]
    return (min(ends), min(ends) + 1, True) if ends else (len(text), len(text), False)


def compounds(text: str, analyser: Analyser) -> list[list[Chunk]]:
    """Return the chunks of a text, those glued by a dot, an @ or an underscore together."""
    found: list[list[Chunk]] = []
    for chunk in analyser.chunks(text):
        if not chunk.tokens:
            continue
        if found and text[found[-1][-1].end : chunk.start] in _GLUE:
            found[-1].append(chunk)
        else:
            found.append([chunk])
    return found
