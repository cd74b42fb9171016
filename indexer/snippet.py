"""The snippet: the piece of an article that shows most of what was searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from indexer.lit import Lit, Span, marked

SNIPPET = 240
"""Characters of a snippet, more or less: whole words only."""

_MOST_SPANS = 400
_MOST_IN_WINDOW = 30
_LEAD_IN = 60


def snippet_of(texts: Iterable[Lit]) -> Markup:
    """Return the piece that shows most of the words wanted, of the first text that has the most."""
    best, window, most = Lit("", []), list[Span](), 0
    for lit in texts:
        best = best if best.text else lit
        dense = _densest(lit.spans[:_MOST_SPANS])
        distinct = len({span.leaf for span in dense})
        if distinct > most:
            best, window, most = lit, dense, distinct
    start, end = _piece(best.text, window)
    piece = marked(best.text, best.spans, start, end)
    before = "…" if start else ""
    after = "…" if end < len(best.text.rstrip()) else ""
    return before + piece + after


def _densest(spans: list[Span]) -> list[Span]:
    """Return the spans of the first window with most different words, then most words."""
    if len(spans) < 2:
        return spans
    best: list[Span] = []
    best_score = (0, 0)
    counts: Counter[int] = Counter()
    end = 0
    for first, span in enumerate(spans):
        limit = span.start + SNIPPET - _LEAD_IN
        while end < min(first + _MOST_IN_WINDOW, len(spans)) and (end == first or spans[end].end <= limit):
            counts[spans[end].leaf] += 1
            end += 1
        score = len(counts), end - first
        if score > best_score:
            best, best_score = spans[first:end], score
        counts[span.leaf] -= 1
        if not counts[span.leaf]:
            del counts[span.leaf]
    return best


def _piece(text: str, window: list[Span]) -> tuple[int, int]:
    """Return the bounds of the piece of text around a window, between words."""
    if not window:
        return 0, _word_end(text, SNIPPET)
    first, last = window[0].start, window[-1].end
    # Near the end of the text the piece begins earlier, so that it is as long as others.
    start = max(0, min(first - _LEAD_IN, len(text) - SNIPPET))
    sentences = [text.find(mark, start, first) for mark in (". ", "! ", "? ", "\n")]
    if sentence := min((at for at in sentences if at >= 0), default=0):
        start = sentence + 1
    elif start:
        start = next((at for at in range(start, first) if text[at].isspace()), first)
    while start < first and text[start].isspace():
        start += 1
    return start, _word_end(text, max(last, start + SNIPPET))


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text.rstrip())
    while at < len(text) and not text[at].isspace():
        at += 1
    return len(text[:at].rstrip(" ,;:\u00a0\u202f«("))
