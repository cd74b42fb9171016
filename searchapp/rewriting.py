"""A reader's text with a word of it written otherwise, for the links that offer another search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from markupsafe import Markup, escape

_QUOTED = r"«[^»]*»?|[\"“”„‟»][^\"“”„‟»]*[\"“”„‟»]?"
_BEFORE = r"(?<![\w'’ʼ:\-\u2212])"
_AFTER = r"(?![\w'’ʼ:*~\-])"


_GROUP_LEFT_OUT = re.compile(r"(?:(?<!\S)[-\u2212]|\b(?:SAUF|NOT)\s+)\([^()]*\)")
_PIECES = re.compile(r'[^\s"«“”()]*(?:"[^"]*"|«[^»]*»|“[^”]*”)|[^\s()]+')
_QUOTES = re.compile('["«»“”]')
_OPERATORS = frozenset({"ET", "AND", "OU", "OR", "SAUF", "NOT"})


def pieces(words: str) -> tuple[str, ...]:
    """Return the words and quoted phrases of a search, without operators and exclusions."""
    found: dict[str, None] = {}
    excluded = False
    for piece in _PIECES.findall(_GROUP_LEFT_OUT.sub(" ", words)):
        quotes = len(_QUOTES.findall(piece))
        word = piece if quotes % 2 == 0 else _QUOTES.sub("", piece)
        if word and not excluded and word[0] not in "-\u2212" and word not in _OPERATORS:
            found[word] = None
        excluded = piece in {"SAUF", "NOT"}
    return tuple(found)


def replace_word(text: str, typed: str, meant: str) -> str:
    """Return the text with a bare word replaced; within quotes, after a field or a minus it stays."""
    return _rewritten(text, typed, meant)


def require_words(text: str, words: tuple[str, ...]) -> str:
    """Return the text with these bare words in quotes, one by one, so that each is searched."""
    for word in words:
        text = _rewritten(text, word, f'"{word}"')
    return text


def quote_values(text: str, fields: tuple[str, ...]) -> str:
    """Return the text with the capitalised words behind a field and its value within quotes.

    `tag:Emmanuel Macron` → `tag:"Emmanuel Macron"`; `fields` are the fields with their values.
    """
    for field in fields:
        text = _with_quotes(text, field)
    return text


def respelt(text: str, change: Mapping[str, str]) -> tuple[str, Markup]:
    """Return the text with some words spelt otherwise wherever they stand, and the same as HTML.

    Words within quotes and behind a field are changed too; in the HTML what has changed is bold.
    `change` is not empty.
    """
    typed = "|".join(map(re.escape, sorted(change, key=len, reverse=True)))
    parts = re.split(rf"(?<!\w)({typed})(?!\w)", text)
    plain = "".join(change[part] if place % 2 else part for place, part in enumerate(parts))
    shown = Markup("").join(
        Markup("<b>{}</b>").format(change[part]) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return plain, shown


def _with_quotes(text: str, field: str) -> str:
    """Return the text with a field's value and the capitalised words behind it in quotes."""
    name, _, value = field.partition(":")
    value = value.strip()
    before, found, behind = text.partition(field)
    words = re.split(r"(\s+)", behind)  # an empty text, then spaces and words in turn
    capitals = list(takewhile(lambda word: word[:1].isupper() and word not in _OPERATORS, words[2::2]))
    if not found or words[0] or not capitals:
        return text
    return f'{before}{name}:"{" ".join([value, *capitals])}"{"".join(words[2 * len(capitals) + 1 :])}'


def _rewritten(text: str, typed: str, meant: str) -> str:
    if not typed:
        return text
    either = re.compile(f"({_QUOTED})|{_BEFORE}{re.escape(typed)}{_AFTER}")
    return either.sub(lambda found: found[1] or meant, text)
