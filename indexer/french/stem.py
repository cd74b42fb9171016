"""Stems: Snowball's French stemmer on folded words, with the forms that it does not join."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import snowballstemmer

_SHORTEST = 5
_WHOLE = 3
_RULES = (
    (re.compile(r"eres?$"), "er"),  # première, étrangères: Snowball knows them by their accent only
    (re.compile(r"(?<!v)ers$"), "er"),  # étrangers: Snowball takes -er for a verb's, and -ers for nothing
)
_ENDINGS = ("ere", "eres", "ers")

# PyStemmer, where it is installed, is used by snowballstemmer itself.
_stemmer = snowballstemmer.stemmer("french")
if hasattr(_stemmer, "maxCacheSize"):
    _stemmer.maxCacheSize = 0  # looking a word up in its cache takes three times as long as stemming it
_snowball: Callable[[str], str] = _stemmer.stemWord


def stem(folded: str) -> str:
    """Return the stem of a folded word; words with digits and very short ones are left as they are.

    OM is not OMS, and neither is a plural.

    Folding comes first: stemming accented forms and folding the stem would give 21 % of the accented
    words of news another stem when they are typed without accents.
    """
    if not folded.isalpha():
        return folded
    table = _table()
    if (fixed := table.stems.get(folded)) is not None:
        return fixed
    if (other := table.forms.get(folded)) is None and len(folded) <= _WHOLE:
        return folded
    return _snowball(other or _regular(folded))


def read_as(term: str) -> tuple[str, ...]:
    """Return the irregular forms that have this stem: `yeux` for `oeil`."""
    return _irregular_forms().get(term, ())


@lru_cache(maxsize=1)
def _irregular_forms() -> dict[str, tuple[str, ...]]:
    table = _table()
    forms: dict[str, tuple[str, ...]] = {}
    for form in (*table.forms, *table.stems):
        forms[stem(form)] = (*forms.get(stem(form), ()), form)
    return forms


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold what is read as another form before it is stemmed, and what has its stem given."""

    forms: dict[str, str]
    stems: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = files("indexer.french").joinpath("irregular.txt").read_text(encoding="utf-8")
    table = _Table({}, {})
    for line in text.splitlines():
        head, *others = line.partition("#")[0].split() or [""]
        if head.startswith("="):
            table.stems.update(dict.fromkeys(others, head[1:]))
        else:
            table.forms.update(dict.fromkeys(others, head))
    return table


def _regular(folded: str) -> str:
    if len(folded) > _SHORTEST and folded.endswith(_ENDINGS):
        for ending, other in _RULES:
            folded = ending.sub(other, folded)
    return folded
