"""Credits: names of those who wrote or photographed, which a text holds beside its own words."""

from __future__ import annotations

import re

_REACH = 60
_BLANKS = r"[ \u00a0]*"
_CREDIT = re.compile(
    r"(?:©|\(c\)"
    r"|\bcrédits?(?: photos?)?(?: ?:)?"
    r"|\b(?:propos|témoignages?) recueillis par"
    r"|\b(?:notre|nos) (?:correspondant|envoyé)[^.\n]{0,40}"
    r"|(?:^|\n) *(?:reportage|texte|enquête|récit) ?:) *$",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:^|[\n(\[.]) *(?:photos?|illustrations?|vidéos?|infographies?)(?: ?:)? (?:de |d['’]|par )?$",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:^|\n) *Par $")
_AGENCY = re.compile(
    rf"{_BLANKS}(?:/|[–—]){_BLANKS}(?:[A-Z]{{2,}}\b|Reuters|Sipa|Getty|Abaca|Bestimage|Maxppp|Hans Lucas)"
)
_ENDS = re.compile(rf"{_BLANKS}(?:$|[\n)\]/])")
_LINE_ENDS = re.compile(rf"{_BLANKS}(?:(?:,|/|\||et|avec){_BLANKS}[^.!?\n]{{0,60}})?(?:$|\n)")


def is_credited(text: str, start: int, end: int) -> bool:
    """Tell whether a name is that of an author or photographer: « Par X Y » on a line, « Photo X Y/AFP »."""
    before = text[max(0, start - _REACH) : start].replace("\u00a0", " ")
    if start > _REACH:
        before = f"x{before}"  # what is cut off is not the beginning of a line
    if _CREDIT.search(before) or _AGENCY.match(text, end):
        return True
    if _PHOTO.search(before):
        return _ENDS.match(text, end) is not None
    return _BY.search(before) is not None and _LINE_ENDS.match(text, end) is not None
