"""A text and the places that were found in it, and how they are marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a place that was found, and the number of the word wanted that it shows.

    `via` is the other spelling or the synonym that stands there. A `weak` one is a part of a compound
    that stands apart: it counts where the compound as a whole is not in the text.
    """

    start: int
    end: int
    leaf: int
    via: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Lit:
    """Hold a text and what was found in it: `spans` are what is marked, none over another.

    `found` are all places; a word may stand there that is marked as a part of a longer synonym.
    """

    text: str
    spans: list[Span]
    found: list[Span] = field(default_factory=list)

    def marked(self) -> Markup:
        """Return the whole text with the words found in <mark>."""
        return marked(self.text, self.spans, 0, len(self.text))


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order without those that lie over one that begins before, or there and is longer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def marked(text: str, spans: list[Span], start: int, end: int) -> Markup:
    """Return a piece of text as safe HTML: everything is escaped, only our own marks are not."""
    out: list[str] = []
    at = start
    for span in spans:
        if span.start >= start and span.end <= end:
            out += (escape(text[at : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>")
            at = span.end
    return Markup("".join((*out, escape(text[at:end]))))  # noqa: S704 - escaped piece by piece
