"""Lists of tags as pages write them → tags."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def split_tags(text: str) -> tuple[str, ...]:
    """Return the tags of a list parted by commas, in order, each once.

    Commas inside parentheses part nothing: « Paris (France, Europe), Seine » are two tags. A list without
    commas may have semicolons.
    """
    return distinct(_split(text, ",") if "," in text else _split(text, ";"))


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """Return the texts on one line, in order, each once, empty ones left out."""
    return tuple(dict.fromkeys(filter(None, map(one_line, items))))


def one_line(text: str) -> str:
    """Return a text with single spaces; those that keep a line from breaking stay what they are."""
    return _SPACES.sub(" ", text).strip()


def open_parenthesis(text: str) -> bool:
    """Tell whether a parenthesis is opened and not closed."""
    return text.count("(") > text.count(")")


def _split(text: str, mark: str) -> list[str]:
    items: list[str] = []
    depth = start = 0
    last = text.rfind(")")
    for at, char in enumerate(text):
        if char == "(" and at < last:
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == mark and not depth:
            items.append(text[start:at])
            start = at + 1
    items.append(text[start:])
    return items
