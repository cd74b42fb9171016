"""Stems: Snowball's French stemmer on folded words, with the forms that it does not join."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

# PyStemmer, where it is installed, is used by snowballstemmer itself.
_snowball: Callable[[str], str] = snowballstemmer.stemmer("french").stemWord


def stem(folded: str) -> str:
    """Return the stem of a folded word; words with digits are left as they are.

    Folding comes first: stemming accented forms and folding the stem would give 21 % of the accented
    words of news another stem when they are typed without accents.
    """
    if not folded.isalpha():
        return folded
    return _snowball(_irregular().get(folded, folded))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Read the table of forms: a line is the form that is stemmed, then those read as it."""
    text = files("indexer.french").joinpath("irregular.txt").read_text(encoding="utf-8")
    forms = {}
    for line in text.splitlines():
        head, *others = line.partition("#")[0].split() or [""]
        forms.update(dict.fromkeys(others, head))
    return forms
