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
_CREDITED = (
    *("©", "(c)", "rédit", "recueillis", "correspondant", "envoyé"),
    *("reportage", "texte", "enquête", "récit"),
)
_SHOWN = ("photo", "illustration", "vidéo", "infographie")
"""Words of these expressions: nearly no name has one before it, and to look for them is ten times faster."""
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
    small = before.lower()
    if (any(word in small for word in _CREDITED) and _CREDIT.search(before)) or _AGENCY.match(text, end):
        return True
    if any(word in small for word in _SHOWN) and _PHOTO.search(before):
        return _ENDS.match(text, end) is not None
    by = small.endswith("par ") and _BY.search(before)
    return bool(by) and _LINE_ENDS.match(text, end) is not None
