"""Folding: letters as a reader may type them, without accents, ligatures or case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners, word joiner, byte-order mark: inside words, not of them."""

_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ı": "i",
        "ʼ": "'",
        "’": "'",
        "‘": "'",
        "\u2010": "-",
        "\u2011": "-",
        **dict.fromkeys(INVISIBLE),
    }
)
_APART = re.compile(r"['`´′\-\u2012-\u2015\s]+")
# Each of these is folded alike whatever stands beside it; only other scripts and marks are not.
_ALONE = re.compile(r"[\x00-\u024f\u2010-\u201f]*")


def fold(text: str) -> str:
    """Return the text in lower case without accents: « Œuvre » → `oeuvre`.

    Compatibility forms are resolved (ﬁ → fi), apostrophes and hyphens made plain.
    """
    if text.isascii():
        return text.lower()
    if _ALONE.fullmatch(text):
        return text.translate(_folded_letters())
    return _fold(text)


@lru_cache(maxsize=1)
def _folded_letters() -> dict[int, str]:
    return {code: _fold(chr(code)) for code in (*range(0x250), *range(0x2010, 0x2020))}


def _fold(text: str) -> str:
    # Compatibility forms may resolve to capitals (🄐 → (A)), and only then be folded.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in apart.translate(_LETTERS) if unicodedata.category(c) != "Mn")


def fold_key(text: str) -> str:
    """Return the key under which spellings of a tag or a name are one value.

    Case, accents, apostrophes, hyphens, dashes and the number of spaces make no difference.
    """
    return " ".join(_APART.sub(" ", fold(text)).split())
