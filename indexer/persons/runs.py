"""Runs: stretches of capitalised words in a text, where a name can be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SPACES = " \u00a0\u202f\u2009"
_UPPER = "A-Z" + "".join(
    chr(code)
    for first, last in ((0xC0, 0x250), (0x1E00, 0x1F00))
    for code in range(first, last)
    if unicodedata.category(chr(code)) == "Lu"
)
_LETTERS = r"[^\W_]*(?:['’ʼ\-‐‑][^\W_]+)*"
_TOKEN = (
    rf"(?:[{_UPPER}]\.(?:[\-{SPACES}]?[{_UPPER}]\.)*"
    rf"|(?:St|Ste|Jr|Sr|Mr|Mrs|Ms|Dr|MM)\."
    rf"|(?:[aA][lnrstd]h?|[eE]l|[uU][lr])-[{_UPPER}]{_LETTERS}"
    rf"|[{_UPPER}]{_LETTERS})"
)
_LINK = (
    rf"(?:d['’]|de[{SPACES}]l['’]|(?:de[{SPACES}]la|von[{SPACES}]der|van[{SPACES}](?:der|den|de)|de|du|des|von|van"
    rf"|le|der|den|ten|ter|zu|di|da|do|dos|das|del|della|y|e|al|el|ben|bin|ibn|bint|abou|abu|ould|ag|af|av)[{SPACES}]+)"
)
# A pattern that begins with a set of characters is found three times faster than one with a look-behind.
_HEAD = rf"[{_UPPER}](?<![\w@#\-].)(?:\.(?:[\-{SPACES}]?[{_UPPER}]\.)*|(?:te?|r|rs|s|M)\.|{_LETTERS})"
_RUN = re.compile(rf"{_HEAD}(?:[{SPACES}]+{_LINK}?{_TOKEN})+")
_TITLED_NAME = (
    rf"[{SPACES}]+(?:(?:émérite|consort|héritier|héritière|mère)[{SPACES}]+)?"
    rf"(?P<name>[{_UPPER}][^\W_]+(?:-[{_UPPER}][^\W_]+)*)(?![\w'’-]|[{SPACES}]+{_LINK}?(?:[{_UPPER}]|al-|el-))"
)
_MONONYMS = (
    re.compile(
        r"[ \u00a0\n'’](?P<title>pape|roi|reine|princesse|prince|empereur|impératrice|tsar|abbé)"
        + _TITLED_NAME
    ),
    re.compile(
        r"(?P<title>[PREIALSM](?<!\w.)(?:(?<=P)(?:ape|rincesse|rince)|(?<=R)(?:oi|eine)|(?<=E)mpereur|(?<=I)mpératrice"
        r"|(?<=A)bbé|(?<=L)ady|(?<=S)(?:œ|oe)ur|(?<=M)ère))" + _TITLED_NAME
    ),
)
_ADDRESSED = re.compile(
    rf"[MDP](?<!\w.)(?:M?\.|mes?|lles?|e|gr|r)[{SPACES}]+(?P<link>{_LINK})?(?P<name>(?:(?:[aA]l|[eE]l)-)?[{_UPPER}]{_LETTERS})"
)
_PIECE = re.compile(rf"(d['’]|l['’])|[^{SPACES}]+")


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of two words and more, each with its place.

    A run is capitalised words that follow one another, with the small words of names between them.
    """
    for match in _RUN.finditer(text):
        yield match.start(), match[0]


def tokens(run: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a run, each with its place in it."""
    for piece in _PIECE.finditer(run):
        yield piece.start(), piece[0]


def mononyms(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield start, title and name where a title of royalty or church precedes a single name."""
    for pattern in _MONONYMS:
        for match in pattern.finditer(text):
            yield match.start("title"), match["title"], match["name"]


def addressed(text: str) -> frozenset[str]:
    """Return the surnames that the text uses with M., Mme and the like."""
    return frozenset(match["name"] for match in _ADDRESSED.finditer(text))
