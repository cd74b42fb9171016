"""Chunks: runs of characters that may be one word or several, found by one expression."""

from __future__ import annotations

import re

from indexer.french.fold import INVISIBLE

APOSTROPHES = "'’ʼ‘"
HYPHENS = "\u2010\u2011-"
MARKS = "\u0300-\u036f\u064b-\u0652"
"""Accents that stand apart, as a range of an expression."""

# U+02BC is a letter to Unicode, and an apostrophe to those who type it.
_WORD = rf"[^\W_ʼ]+(?:(?:[{MARKS}]|[{INVISIBLE}](?=[{INVISIBLE}]*[^\W_]))+[^\W_ʼ]*)*"
JOINERS = frozenset(f"{APOSTROPHES}{HYPHENS}&·•{INVISIBLE}")
"""What may stand between two words of a chunk."""

_SPACES = " \u00a0\u202f\u2009"

NUMBER = rf"(?<![\w,.])\d{{1,3}}(?:[{_SPACES}.]\d{{3}})+(?:,\d+)?(?![\w]|[,.]\d)"
DECIMAL = r"(?<![\w,.])\d+[,.]\d+(?![\w]|[,.]\d)"
ACRONYM = rf"(?<![\w.])(?:\w[{APOSTROPHES}])?(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w]))?"
LANGUAGE = r"(?<!\w)[A-Za-z](?:\+\+|#)(?!\w)"

CHUNK = re.compile(rf"{NUMBER}|{DECIMAL}|{ACRONYM}|{LANGUAGE}|{_WORD}(?:[{APOSTROPHES}&·•{HYPHENS}]{_WORD})*")
"""Find what the analyser looks at as one piece. Chunks never hold a space, but inside a number."""

WORD = re.compile(_WORD)
"""Find the words of a chunk."""

IS_NUMBER = re.compile(rf"\d{{1,3}}(?:[{_SPACES}.]\d{{3}})+(?:,\d+)?|\d+[,.]\d+")
IS_ACRONYM = re.compile(rf"(?:\w[{APOSTROPHES}])?((?:[^\W\d_]\.){{2,}}[^\W\d_]?)")
IS_LANGUAGE = re.compile(r"[A-Za-z](?:\+\+|#)")

# Stands for a blank inside a number; no article has it.
_GLUE = "\x00"
# A pattern that begins with the digit is found twice as fast as one that looks behind.
_INNER_BLANK = re.compile(rf"(\d)[{_SPACES}](?=\d{{3}})")


def split_at_blanks(text: str) -> list[str]:
    """Return the pieces between blanks, none of which cuts a chunk; a number keeps its blanks."""
    if _GLUE in text:
        text = text.replace(_GLUE, "\n")
    if not _INNER_BLANK.search(text):
        return text.split()
    glued = _INNER_BLANK.sub(rf"\1{_GLUE}", text)
    return [piece.replace(_GLUE, " ") if _GLUE in piece else piece for piece in glued.split()]
