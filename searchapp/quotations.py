"""Quotations in the text of an article: found by their quotation marks, so that a page can set them off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from searchapp.article_parts import Paragraph

WORDS = 4
"""Words of a quotation; fewer are a term in quotation marks, which is nobody's saying."""

MOST = 0.5
"""The part of a paragraph that a quotation at its beginning takes where the paragraph is a quotation."""

_PAIRS = {"«": "»", "“": "”"}
_MARKS = re.compile("[«»“”]")
_TAG = re.compile(r"<(/?)mark>")


def paragraphs(texts: Iterable[Markup]) -> tuple[Paragraph, ...]:
    """Return paragraphs with each quotation in a span of the class `said`.

    The texts are safe HTML with no elements but <mark>. A quotation that is not closed within its
    paragraph, or that begins or ends within a mark, is left as it is.
    """
    return tuple(map(_paragraph, texts))


def _paragraph(text: Markup) -> Paragraph:
    html = str(text)
    spans = [span for span in _spans(html) if _is_saying(html[slice(*span)])]
    if not spans:
        return Paragraph(text)
    pieces: list[str] = []
    last = 0
    for first, end in spans:
        pieces += [html[last:first], '<span class="said">', html[first:end], "</span>"]
        last = end
    pieces.append(html[last:])
    said = sum(end - first for first, end in spans)
    begins = not _TAG.sub("", html[: spans[0][0]]).strip(" \u2013\u2014-")
    quoted = begins and said >= MOST * len(html)
    return Paragraph(Markup("".join(pieces)), quoted)  # noqa: S704 (the pieces are those of safe HTML)


def _spans(html: str) -> Iterator[tuple[int, int]]:
    """Yield where quotations begin and end, those within others left out."""
    open_marks: list[str] = []
    first = 0
    for found in _MARKS.finditer(html):
        mark = found[0]
        if mark in _PAIRS:
            if not open_marks:
                first = found.start()
            open_marks.append(mark)
        elif open_marks and _PAIRS[open_marks[-1]] == mark:
            open_marks.pop()
            if not open_marks:
                yield first, found.end()


def _is_saying(quotation: str) -> bool:
    """Tell whether a quotation is long enough, and no mark begins before it or ends after it."""
    depth = 0
    for tag in _TAG.finditer(quotation):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return False
    return depth == 0 and len(_TAG.sub("", quotation).strip("«»“” \u00a0\u202f").split()) >= WORDS
