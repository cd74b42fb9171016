"""Highlighting: the words found, marked in the original text, and the best piece of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice, pairwise

from markupsafe import Markup, escape

from indexer.article import Article
from indexer.distance import distance
from indexer.french import Analyser, Chunk, Token, heads_pattern
from indexer.words import Field, Near, Quoted, Start, Wanted, Word, leaves

SNIPPET = 240
"""Characters of a snippet, more or less: whole words only."""

_SCANNED = 20_000
_MOST_SPANS = 400
_LEAD_IN = 60


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a place that was found, and the number of the word wanted that it shows."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class HighlightedArticle:
    """Hold the texts of an article as safe HTML, and the words that are marked in them."""

    title: Markup
    lede: Markup
    paragraphs: tuple[Markup, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Hold terms that must follow one another, and what makes a token such a term."""

    terms: tuple[str, ...]
    term: Callable[[Token], str]
    leaf: int


class Highlighter:
    """Mark in texts what a search wanted. Excluded words are never marked, phrases only as a whole."""

    def __init__(self, wanted: Wanted | None, analyser: Analyser) -> None:
        self._analyser = analyser
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._starts: list[tuple[str, int]] = []
        self._near: list[tuple[str, int, int]] = []
        self._phrases: list[_Phrase] = []
        for number, leaf in enumerate(leaves(wanted) if wanted else ()):
            if leaf.field in (Field.ANY, Field.TITLE):
                self._learn(leaf, number)
        firsts = [phrase.terms[0] for phrase in self._phrases]
        starts = [form for form, _ in self._starts]
        self._heads = heads_pattern([*self._stems, *self._forms, *starts, *firsts])

    def spans(self, text: str) -> list[Span]:
        """Return the places in a text, in order, none over another."""
        text = text[:_SCANNED]
        found = sorted(self._find(text), key=lambda span: (span.start, -span.end))
        spans: list[Span] = []
        for span in found:
            if not spans or span.start >= spans[-1].end:
                spans.append(span)
        return spans

    def mark(self, text: str) -> Markup:
        """Return the whole text with the words found in <mark>."""
        return _marked(text, self.spans(text), 0, len(text))

    def snippet(self, texts: Iterable[str]) -> Markup:
        """Return the piece that shows most of the words wanted, of the first text that has the most."""
        best_text, best, most = "", None, 0
        for text in texts:
            best_text = best_text or text
            if not text:
                continue
            spans = self.spans(text)[:_MOST_SPANS]
            window = _densest(spans)
            distinct = len({span.leaf for span in window})
            if distinct > most:
                best_text, best, most = text, (window, spans), distinct
        window, spans = best or ([], [])
        start, end = _piece(best_text, window)
        piece = _marked(best_text, spans, start, end)
        before = "…" if start else ""
        after = "…" if end < len(best_text.rstrip()) else ""
        return Markup("{}{}{}").format(before, piece, after)

    def article(self, article: Article) -> HighlightedArticle:
        """Return all texts of an article with the words found marked."""
        paragraphs = [part for part in article.body.split("\n\n") if part.strip()]
        words: dict[str, str] = {}
        for text in (article.title, article.lede, *paragraphs):
            for span in self.spans(text):
                shown = text[span.start : span.end]
                words.setdefault(shown.casefold(), shown)
        marked = tuple(self.mark(part) for part in paragraphs)
        return HighlightedArticle(
            self.mark(article.title), self.mark(article.lede), marked, tuple(words.values())
        )

    def _learn(self, leaf: Word | Start | Near | Quoted, number: int) -> None:
        match leaf:
            case Start(_, form):
                self._starts.append((form, number))
            case Near(_, form, edits):
                self._near.append((form, edits, number))
            case Quoted(_, (only,)):
                self._forms.setdefault(only.exact, number)
            case Quoted(_, tokens):
                self._phrases.append(_Phrase(tuple(map(_exact, tokens)), _exact, number))
            case Word(_, tokens, joined):
                self._learn_word(tokens, joined, number)
                for way in leaf.ways:
                    if way.named:
                        self._learn(Quoted(way.text, way.tokens), number)
                    else:
                        self._learn_word(way.tokens, way.joined, number)

    def _learn_word(self, tokens: tuple[Token, ...], joined: Token | None, number: int) -> None:
        if len(tokens) == 1:
            self._stems.setdefault(tokens[0].stem, number)
        else:
            self._phrases.append(_Phrase(tuple(map(_stem, tokens)), _stem, number))
        if joined:
            self._stems.setdefault(joined.stem, number)

    def _find(self, text: str) -> Iterator[Span]:
        """Yield what is found, looking only at places where it may begin."""
        for chunk in self._candidates(text):
            if chunk.joined and (leaf := self._leaf(chunk.joined)) is not None:
                yield Span(chunk.joined.start, chunk.joined.end, leaf)
            for token in chunk.tokens:
                if (leaf := self._leaf(token)) is not None:
                    yield Span(token.start, token.end, leaf)
                for phrase in self._phrases:
                    if phrase.terms[0] != phrase.term(token):
                        continue
                    if end := self._end(text, chunk, token, phrase):
                        yield Span(token.start, end, phrase.leaf)

    def _candidates(self, text: str) -> Iterator[Chunk]:
        if self._near:  # a misspelt word may begin with anything
            yield from self._analyser.chunks(text)
            return
        if self._heads is None:
            return
        end = 0
        for found in self._heads.finditer(text):
            if found.start() < end:
                continue
            if chunk := self._analyser.chunk_around(text, found.start()):
                end = chunk.end
                yield chunk

    def _end(self, text: str, chunk: Chunk, first: Token, phrase: _Phrase) -> int | None:
        """Return where a phrase ends that begins with a token; None where it goes on otherwise."""
        after = (token for other in self._analyser.chunks(text, chunk.start) for token in other.tokens)
        from_here = dropwhile(lambda token: token.start < first.start, after)
        tokens = list(islice(from_here, len(phrase.terms)))
        return tokens[-1].end if tuple(map(phrase.term, tokens)) == phrase.terms else None

    def _leaf(self, token: Token) -> int | None:
        """Return the number of the word wanted that a token shows."""
        if (leaf := self._stems.get(token.stem)) is not None:
            return leaf
        if (leaf := self._forms.get(token.exact)) is not None:
            return leaf
        for form, leaf in self._starts:
            if token.exact.startswith(form):
                return leaf
        for form, edits, leaf in self._near:
            if distance(form, token.exact, edits) <= edits:
                return leaf
        return None


def _exact(token: Token) -> str:
    return token.exact


def _stem(token: Token) -> str:
    return token.stem


def _densest(spans: list[Span]) -> list[Span]:
    """Return the spans of the first window with most different words, then most words."""
    best: list[Span] = []
    best_score = (0, 0)
    for first, span in enumerate(spans):
        limit = span.start + SNIPPET - _LEAD_IN
        window = [other for other in spans[first : first + 30] if other.end <= limit] or [span]
        score = len({other.leaf for other in window}), len(window)
        if score > best_score:
            best, best_score = window, score
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


def _marked(text: str, spans: list[Span], start: int, end: int) -> Markup:
    """Return a piece of text as safe HTML: everything is escaped, only our own marks are not."""
    inside = [span for span in spans if span.start >= start and span.end <= end]
    edges = [start, *(edge for span in inside for edge in (span.start, span.end)), end]
    out: list[Markup] = []
    for number, (left, right) in enumerate(pairwise(edges)):
        piece = escape(text[left:right])
        out.append(Markup("<mark>{}</mark>").format(piece) if number % 2 else piece)
    return Markup("").join(out)
