"""A reader's text with a word of it written otherwise, for the links that offer another search."""

from __future__ import annotations

import re

_QUOTED = r"«[^»]*»?|[\"“”„‟»][^\"“”„‟»]*[\"“”„‟»]?"
_BEFORE = r"(?<![\w'’ʼ:\-\u2212])"
_AFTER = r"(?![\w'’ʼ:*~\-])"


def replace_word(text: str, typed: str, meant: str) -> str:
    """Return the text with a bare word replaced; within quotes, after a field or a minus it stays."""
    return _rewritten(text, typed, meant)


def require_words(text: str, words: tuple[str, ...]) -> str:
    """Return the text with these bare words in quotes, one by one, so that each is searched."""
    for word in words:
        text = _rewritten(text, word, f'"{word}"')
    return text


def _rewritten(text: str, typed: str, meant: str) -> str:
    if not typed:
        return text
    either = re.compile(f"({_QUOTED})|{_BEFORE}{re.escape(typed)}{_AFTER}")
    return either.sub(lambda found: found[1] or meant, text)
