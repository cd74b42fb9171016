"""Apostrophes: elided words are taken off, words that own their apostrophe keep together."""

from __future__ import annotations

import re

ELIDED_LETTERS = frozenset("ldjmtscnzLDJMTSCNZ")
"""The words of which one letter is left before an apostrophe."""

_ELIDED = re.compile(r"(?:[ldjmtscnz]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr)'")
_OWN = re.compile(
    r"(?:aujourd'hui|(?:non-)?prud'hom\w*|presqu'iles?|quelqu'une?|entr'\w+|grand'\w+"
    r")"
)
_IRISH = re.compile(r"o'[a-z]{2,}")


def owned(folded: str) -> bool:
    """Tell whether a folded word keeps its apostrophe: aujourd'hui, prud'homme, O'Brien."""
    return "'" in folded and bool(_OWN.fullmatch(folded) or _IRISH.fullmatch(folded))


def elided(folded: str) -> int:
    """Return the length of the elided words at the head of a folded word: 2 for `l'elysee`."""
    end = 0
    while found := _ELIDED.match(folded, end):
        if owned(folded[end:]):
            break
        end = found.end()
    return end
