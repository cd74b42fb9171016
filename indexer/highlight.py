"""Highlighting: the words found, marked in the original text, and the best piece of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice

from markupsafe import Markup

from indexer.article import Article
from indexer.distance import distance
from indexer.french import Analyser, Chunk, Heads, Token, stop_words
from indexer.lit import Lit, Span, apart
from indexer.snippet import snippet_of
from indexer.words import Field, Near, Quoted, Start, Wanted, Word, leaves

_SCANNED = 20_000


@dataclass(frozen=True, slots=True)
class HighlightedArticle:
    """Hold the texts of an article as safe HTML, and the words that are marked in them."""

    title: Markup
    lede: Markup
    paragraphs: tuple[Markup, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """Hold the number of the word wanted that a place shows, and the other way to say it, if it is one."""

    leaf: int
    via: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Hold terms that must follow one another, and what makes a token such a term."""

    terms: tuple[str, ...]
    term: Callable[[Token], str]
    target: _Target


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold a place in a chunk that shows a word wanted, or where a phrase may begin."""

    start: int
    end: int
    leaf: int
    via: str = ""
    weak: bool = False
    phrase: _Phrase | None = None


class Highlighter:
    """Mark in texts what a search wanted. Excluded words are never marked, phrases only as a whole."""

    def __init__(
        self,
        wanted: Wanted | None,
        analyser: Analyser,
        fields: tuple[Field, ...] = (Field.ANY, Field.TITLE),
    ) -> None:
        self._wanted = wanted
        self._analyser = analyser
        self._stems: dict[str, _Target] = {}
        self._forms: dict[str, _Target] = {}
        self._parts: dict[str, _Target] = {}
        self._starts: list[tuple[str, _Target]] = []
        self._near: list[tuple[str, int, _Target]] = []
        self._phrases: list[_Phrase] = []
        self._known: dict[str, tuple[_Place, ...]] = {}
        for number, leaf in enumerate(leaves(wanted) if wanted else ()):
            if leaf.field in fields:
                self._learn(leaf, _Target(number))
        firsts = [phrase.terms[0] for phrase in self._phrases]
        starts = [form for form, _ in self._starts]
        self._heads = Heads([*self._stems, *self._forms, *self._parts, *starts, *firsts])

    def within(self, field: Field) -> Highlighter:
        """Return one that marks what was wanted in a field alone, its words numbered as here."""
        return Highlighter(self._wanted, self._analyser, (field,))

    def light(self, text: str) -> Lit:
        """Return a text with the places that were found in it, in order, none over another."""
        places = self._find(text[:_SCANNED])
        if not places:
            return Lit(text, [])
        whole = {span.leaf for span in places if not span.weak}
        found = [span for span in places if not (span.weak and span.leaf in whole)]
        return Lit(text, apart(found), found)

    def mark(self, text: str) -> Markup:
        """Return the whole text with the words found in <mark>."""
        return self.light(text).marked()

    def snippet(self, texts: Iterable[str]) -> Markup:
        """Return the piece that shows most of the words wanted, of the first text that has the most."""
        return snippet_of(self.light(text) for text in texts)

    def article(self, article: Article) -> HighlightedArticle:
        """Return all texts of an article with the words found marked."""
        paragraphs = [part for part in article.body.split("\n\n") if part.strip()]
        words: dict[str, str] = {}
        for text in (article.title, article.lede, *paragraphs):
            for span in self.light(text).spans:
                shown = text[span.start : span.end]
                words.setdefault(shown.casefold(), shown)
        marked = tuple(self.mark(part) for part in paragraphs)
        return HighlightedArticle(
            self.mark(article.title), self.mark(article.lede), marked, tuple(words.values())
        )

    def _learn(self, leaf: Word | Start | Near | Quoted, target: _Target) -> None:
        match leaf:
            case Start(_, form):
                self._starts.append((form, target))
            case Near(_, form, edits):
                self._near.append((form, edits, target))
            case Quoted(_, (only,)):
                self._forms.setdefault(only.exact, target)
            case Quoted(_, tokens):
                self._phrases.append(_Phrase(tuple(map(_exact, tokens)), _exact, target))
            case Word(text, tokens, field=Field.PERSON | Field.AUTHOR):
                # Names have no inflections: they are found as they are.
                self._learn(Quoted(text, tokens), target)
            case Word(_, tokens, joined):
                self._learn_word(tokens, joined, target)
                for way in leaf.ways:
                    other = _Target(target.leaf, way.text)
                    if way.named:
                        self._learn(Quoted(way.text, way.tokens), other)
                    else:
                        self._learn_word(way.tokens, way.joined, other)

    def _learn_word(self, tokens: tuple[Token, ...], joined: Token | None, target: _Target) -> None:
        if len(tokens) == 1:
            self._stems.setdefault(tokens[0].stem, target)
        else:
            self._phrases.append(_Phrase(tuple(map(_stem, tokens)), _stem, target))
            if not target.via:
                telling = [token.stem for token in tokens if token.exact not in stop_words()]
                self._parts.update((stem, target) for stem in telling)
        if joined:
            self._stems.setdefault(joined.stem, target)

    def _find(self, text: str) -> list[Span]:
        """Return what is found, looking only at places where it may begin."""
        found, known = list[Span](), self._known
        for start, end in self._candidates(text):
            piece = text[start:end]
            if (places := known.get(piece)) is None:
                places = known[piece] = tuple(self._places(self._analyser.chunk(piece)))
            for place in places:
                begin, last = start + place.start, start + place.end
                if place.phrase is None:
                    found.append(Span(begin, last, place.leaf, place.via, place.weak))
                elif after := self._end(text, start, begin, place.phrase):
                    found.append(Span(begin, after, place.leaf, place.via))
        return found

    def _places(self, chunk: Chunk) -> Iterator[_Place]:
        """Yield what a chunk shows, and where in it a phrase may begin."""
        if chunk.joined and (target := self._target(chunk.joined)):
            yield _Place(chunk.joined.start, chunk.joined.end, target.leaf, target.via)
        for token in chunk.tokens:
            if target := self._target(token):
                yield _Place(token.start, token.end, target.leaf, target.via)
            elif part := self._parts.get(token.stem):
                yield _Place(token.start, token.end, part.leaf, part.via, weak=True)
            for phrase in self._phrases:
                if phrase.terms[0] == phrase.term(token):
                    leaf, via = phrase.target.leaf, phrase.target.via
                    yield _Place(token.start, token.end, leaf, via, phrase=phrase)

    def _candidates(self, text: str) -> Iterable[tuple[int, int]]:
        """Return where each chunk begins and ends that is to be looked at."""
        if self._near:  # a misspelt word may begin with anything
            return self._analyser.pieces(text)
        found, end = list[tuple[int, int]](), 0
        for at in self._heads.places(text):
            if at >= end and (bounds := self._analyser.bounds_around(text, at)):
                end = bounds[1]
                found.append(bounds)
        return found

    def _end(self, text: str, chunk: int, start: int, phrase: _Phrase) -> int | None:
        """Return where a phrase ends that begins at a word of a chunk; None where it goes on otherwise."""
        after = (token for other in self._analyser.chunks(text, chunk) for token in other.tokens)
        from_here = dropwhile(lambda token: token.start < start, after)
        tokens = list(islice(from_here, len(phrase.terms)))
        return tokens[-1].end if tuple(map(phrase.term, tokens)) == phrase.terms else None

    def _target(self, token: Token) -> _Target | None:
        """Return the word wanted that a token shows."""
        if target := self._stems.get(token.stem) or self._forms.get(token.exact):
            return target
        for form, target in self._starts:
            if token.exact.startswith(form):
                return target
        for form, edits, target in self._near:
            if distance(form, token.exact, edits) <= edits:
                return target
        return None


def _exact(token: Token) -> str:
    return token.exact


def _stem(token: Token) -> str:
    return token.stem
