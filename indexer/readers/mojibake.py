"""Text that was decoded wrongly before it came here: « Ã©tÃ© » → « été », by ftfy; only here."""

from __future__ import annotations

import re

_SUSPECT = re.compile(
    # A letter that begins two bytes of UTF-8 read as Latin-1, and what the second byte looks like, as Latin-1
    # or on Windows; or a control character that stands for one of Windows' own letters. One class of letters
    # in front, not two alternatives: `re` then skips the others three times as fast.
    "[\u00c2-\u00c5\u00e2\u00f0\u0080-\u0084\u0086-\u009f](?:(?<=[\u0080-\u009f])|"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122])"
)

_STRANGE = re.compile("[\u0180-\u036f\u0500-\u1fff\u2300-\u2fff]")


def is_suspect(text: str) -> bool:
    """Tell whether a text has what wrongly decoded letters look like, which nearly no article has."""
    return _SUSPECT.search(text) is not None


def repair(text: str) -> str:
    """Return the text as it was meant; text that may be what it says is returned as it is.

    The search for suspect pairs comes first: ftfy takes a millisecond.
    """
    if not is_suspect(text):
        return text
    from ftfy import fix_encoding

    return "\n".join(_plausible(line, fix_encoding(line)) for line in text.split("\n"))


def _plausible(line: str, mended: str) -> str:
    """Return the line as it was where mending makes letters that news in French does not have.

    « CLÉ’ » is a key in quotes, and would be the phonetic letter ɒ.
    """
    return line if _STRANGE.search(mended) and not _STRANGE.search(line) else mended
