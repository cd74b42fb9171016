"""French typography for the words of the interface: spaces, numbers, plurals and dates.

Nothing here may touch what a reader typed or what a newspaper wrote: `say` sets the spaces of its
own sentence only, and puts the values in afterwards as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup, escape

NARROW = "\u202f"
"""The narrow no-break space: before : ; ! ?, inside « », in 1 234."""

FIXED = "\u00a0"
"""The no-break space: between a number and its noun, a day and its month."""

_BEFORE = re.compile(r" (?=[:;!?»])")
_AFTER = re.compile("« ")
_HOLE = re.compile(r"\{(\w+)\}")
_LOCALE = "fr"
_EMPTY = Markup("")


def say(sentence: str, values: Mapping[str, object] | None = None) -> Markup:
    """Return a sentence as HTML with French spaces, its {holes} filled with escaped, untouched values."""
    holes = values or {}
    pieces = _pieces(sentence)
    if len(pieces) == 1:
        return escape(pieces[0])
    return _EMPTY.join([escape(holes[piece]) if place % 2 else piece for place, piece in enumerate(pieces)])


def quoted(words: Iterable[str]) -> Markup:
    """Return words as HTML, each within guillemets, with commas between them."""
    return Markup(", ").join(say("« {word} »", {"word": word}) for word in words)


def set_spaces(sentence: str) -> str:
    """Return the sentence with narrow no-break spaces where French wants them."""
    return _AFTER.sub("«" + NARROW, _BEFORE.sub(NARROW, sentence))


@lru_cache(maxsize=4_096)
def number(value: int) -> str:
    """Return a whole number in groups of three: 1 234."""
    return str(value) if -1000 < value < 1000 else format_decimal(value, locale=_LOCALE)


def counted(value: int, one: str, many: str = "") -> str:
    """Return a number with its noun; 0 and 1 are singular in French."""
    return f"{number(value)}{FIXED}{plural(value, one, many)}"


def plural(value: int, one: str, many: str = "") -> str:
    """Return the noun alone, as the number wants it."""
    return one if abs(value) < 2 else many or f"{one}s"


def decimal(value: float) -> str:
    """Return a number with one decimal: 14,2."""
    return _decimal(round(value, 1))


def articles(value: int) -> str:
    """Return how many articles: 0 article, 1 article, 1 234 articles."""
    return counted(value, "article")


def long_day(day: date) -> str:
    """Return a day in full: 1er janvier 2016."""
    return f"{_ordinal(day.day)}{FIXED}{month_name(day.month)}{FIXED}{day.year}"


def short_day(day: date) -> str:
    """Return a day with its month shortened: 18 nov. 2018."""
    return f"{_ordinal(day.day)}{FIXED}{_months('abbreviated')[day.month]}{FIXED}{day.year}"


def typed_day(day: date | None) -> str:
    """Return a day as a reader types it: 1/1/2015; the empty text for none."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def month(value: str) -> str:
    """Return the month `2018-11` in full: novembre 2018; a year stays one."""
    year, _, number_of_month = value.partition("-")
    return f"{month_name(int(number_of_month))}{FIXED}{year}" if number_of_month else year


def month_name(value: int) -> str:
    """Return the name of a month, 1 to 12."""
    return _months("wide")[value]


def of(words: str) -> str:
    """Return the words after « de », elided before a vowel: d’avril 2018."""
    return f"d’{words}" if words[:1] in "aeiouyéèêàâîôûh" else f"de {words}"


@lru_cache(maxsize=4_096)
def _decimal(value: float) -> str:
    return format_decimal(value, format="#,##0.0", locale=_LOCALE)


@lru_cache(maxsize=1_024)
def _pieces(sentence: str) -> tuple[str, ...]:
    """Return a sentence as safe texts with the names of its holes between them; a page says hundreds."""
    parts = _HOLE.split(set_spaces(sentence))
    return tuple(part if place % 2 else escape(part) for place, part in enumerate(parts))


def _ordinal(day: int) -> str:
    return "1er" if day == 1 else str(day)


@lru_cache
def _months(width: Literal["abbreviated", "wide"]) -> Mapping[int, str]:
    return dict(get_month_names(width, context="format", locale=_LOCALE))
