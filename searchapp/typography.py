"""The words of the interface in the language of the request: sentences, spaces, numbers, plurals, dates.

Sentences are written in French, in the sources and templates; catalogues hold the other languages.
`say` says one, `say_many` one of two by a number; `later` and `later_many` mark those of a table, which
are said when a page is made. Nothing here may touch what a reader typed or what a newspaper wrote: the
spaces are those of the sentence, and the values are put in afterwards as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Literal

from babel.dates import get_month_names
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from searchapp.catalogues import FRENCH, LOCALES, translated, translated_many
from searchapp.language import current

NARROW = "\u202f"
"""The narrow no-break space: before ; ! ?, inside « », in 1 234."""

FIXED = "\u00a0"
"""The no-break space: before a colon and %, between a number and its noun, a day and its month."""

_NARROW_PLACES = re.compile(r" (?=[;!?»])|(?<=«) ")
_FIXED_PLACES = re.compile(r" (?=[:%](?:\W|$))|(?<=\{n\}) |(?<=\{hour\}) | (?=\{minute\})")
_HOLE = re.compile(r"\{(\w+)\}")


def say(sentence: str, values: Mapping[str, object] | None = None) -> Markup:
    """Return a French sentence in the language of the request, as HTML.

    The spaces are set, and the {holes} filled with values, which are escaped and otherwise untouched.
    """
    return _filled(_pieces(sentence, current().code), values or {})


def say_many(one: str, many: str, count: int, values: Mapping[str, object] | None = None) -> Markup:
    """Return the one of two French sentences that a number wants, as `say` does; {n} is the number."""
    language = current().code
    if not values:
        return _counted(one, many, count, language)
    pieces = _pieces_of_many(one, many, count, language)
    return _filled(pieces, {"n": _number(count, language), **values})


def later(sentence: str) -> str:
    """Return the sentence as it is: this marks one that is said later, for the catalogues."""
    return sentence


def later_many(one: str, many: str) -> tuple[str, str]:
    """Return the two sentences as they are: this marks those of `say_many`, for the catalogues."""
    return one, many


def quoted(words: Iterable[str]) -> Markup:
    """Return words as HTML, each within quotation marks, with commas between them."""
    return Markup(", ").join(say("« {word} »", {"word": word}) for word in words)


def together(separator: str, parts: Iterable[Markup]) -> Markup:
    """Return HTML with a separator between its parts, all of which are HTML already."""
    return Markup(separator.join(parts))  # noqa: S704 (joining as Markup does it escapes each part again)


def written(language: str = "") -> Markup:
    """Return the attribute `lang` of what a newspaper wrote, where the page is in another language."""
    own = language or FRENCH
    return Markup("") if own == current().code else Markup(' lang="{}"').format(own)


def own(words: str, language: str = "") -> str:
    """Return words of a newspaper within the interface, marked where the page is in another language."""
    if (language or FRENCH) == current().code:
        return words
    return Markup("<span{}>{}</span>").format(written(language), words)


def set_spaces(sentence: str) -> str:
    """Return the sentence with no-break spaces where French wants them, narrow ones where it wants those."""
    return _FIXED_PLACES.sub(FIXED, _NARROW_PLACES.sub(NARROW, sentence))


def number(value: int) -> str:
    """Return a whole number in groups of three: 1 234."""
    return _number(value, current().code)


def decimal(value: float) -> str:
    """Return a number with one decimal: 14,2."""
    return _decimal(round(value, 1), current().code)


def percent(value: int) -> str:
    """Return a number of a hundred: 29 %."""
    return _percent(value, current().code)


def articles(value: int) -> Markup:
    """Return how many articles: 0 article, 1 article, 1 234 articles."""
    return say_many("{n} article", "{n} articles", value)


def tally(value: int) -> Markup:
    """Return a number of articles as an element, the noun for those who do not see the list."""
    return _tally(value, current().code)


def dated(day: date, short: bool = False) -> Markup:
    """Return a day as an element that machines can read."""
    return _dated(day, short, current().code)


def long_day(day: date) -> str:
    """Return a day in full: 1er janvier 2016."""
    return _day(day, "wide")


def short_day(day: date) -> str:
    """Return a day with its month shortened: 18 nov. 2018."""
    return _day(day, "abbreviated")


def moment(day: date, at: time | None) -> Markup:
    """Return a day with the time, where that is known: 18 novembre 2018 à 21 h 11."""
    if at is None:
        return escape(long_day(day))
    values = {"day": long_day(day), "hour": at.hour, "minute": f"{at.minute:02}"}
    return say("{day} à {hour} h {minute}", values)


def typed_day(day: date | None) -> str:
    """Return a day as a reader types it: 1/1/2015; the empty text for none."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def month(value: str) -> str:
    """Return the month `2018-11` in full: novembre 2018; a year stays one."""
    year, _, number_of_month = value.partition("-")
    return f"{month_name(int(number_of_month))}{FIXED}{year}" if number_of_month else year


def month_name(value: int) -> str:
    """Return the name of a month, 1 to 12."""
    return _months("wide", current().code)[value]


def from_to(first: str, last: str) -> Markup:
    """Say from which month to which: d’avril 2018 à juin 2019."""
    values = {"first": month(first), "last": month(last)}
    if values["first"][0] in "ao":  # avril, août, octobre
        return say("d’{first} à {last}", values)
    return say("de {first} à {last}", values)


def _day(day: date, width: Literal["abbreviated", "wide"]) -> str:
    language = current().code
    ordinal = "1er" if day.day == 1 and language == FRENCH else str(day.day)
    return f"{ordinal}{FIXED}{_months(width, language)[day.month]}{FIXED}{day.year}"


@lru_cache(maxsize=1_000)
def _pieces(sentence: str, language: str) -> tuple[Markup, ...]:
    return _cut(translated(sentence, language), language)


@lru_cache(maxsize=5_000)
def _pieces_of_many(one: str, many: str, count: int, language: str) -> tuple[Markup, ...]:
    return _cut(translated_many(one, many, count, language), language)


@lru_cache(maxsize=5_000)
def _counted(one: str, many: str, count: int, language: str) -> Markup:
    return _filled(_pieces_of_many(one, many, count, language), {"n": _number(count, language)})


def _cut(sentence: str, language: str) -> tuple[Markup, ...]:
    """Return the parts of a sentence, texts as HTML and names of holes in turn."""
    spaced = set_spaces(sentence) if language == FRENCH else sentence.replace("{n} ", "{n}" + FIXED)
    return tuple(map(escape, _HOLE.split(spaced)))


def _filled(pieces: tuple[Markup, ...], values: Mapping[str, object]) -> Markup:
    if len(pieces) == 1:
        return pieces[0]
    filled = list(pieces)
    for place in range(1, len(pieces), 2):
        filled[place] = escape(values[pieces[place]])
    return Markup("".join(filled))  # noqa: S704 (all parts are escaped; joining as Markup does it again)


@lru_cache(maxsize=5_000)
def _tally(value: int, language: str) -> Markup:
    element = Markup('<span class="n">{}<span class="vh"> {}</span></span>')
    return element.format(_number(value, language), say_many("article", "articles", value))


@lru_cache(maxsize=5_000)
def _dated(day: date, short: bool, language: str) -> Markup:  # noqa: ARG001 - days are said in a language
    said = short_day(day) if short else long_day(day)
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), said)


@lru_cache(maxsize=1_000)
def _number(value: int, language: str) -> str:
    return str(value) if -1000 < value < 1000 else format_decimal(value, locale=LOCALES[language])


@lru_cache(maxsize=1_000)
def _percent(value: int, language: str) -> str:
    return format_percent(value / 100, locale=LOCALES[language])


@lru_cache(maxsize=4_000)
def _decimal(value: float, language: str) -> str:
    return format_decimal(value, format="#,##0.0", locale=LOCALES[language])


@lru_cache
def _months(width: Literal["abbreviated", "wide"], language: str) -> Mapping[int, str]:
    return dict(get_month_names(width, context="format", locale=LOCALES[language]))
