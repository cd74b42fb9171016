"""The query language: a reader's text → what is wanted, and what is to be said about it.

    wanted  = either
    either  = both ("OU" both)*            OR, OU
    both    = bag ("ET" bag)*              AND, ET
    bag     = part+                        side by side
    part    = ("-" | "SAUF") part          NOT
            | "(" wanted ")"
            | [field ":"] (word | word "*" | word "~" | quoted)
            | "date:" period

Any text parses to something: what cannot be read is left out and named in a notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from indexer.french import Analyser, Chunk, Token, fold
from indexer.lexer import Mark, Piece, compounds, pieces
from indexer.notices import Kind, Notice
from indexer.periods import parse_period
from indexer.questions import left_out, without_subject
from indexer.words import Bag, Both, Dates, Either, Field, Near, Quoted, Start, Wanted, Without, Word

MAX_LENGTH = 2_000
MAX_WORDS = 64
MAX_DEPTH = 20
MAX_OPEN = 16
"""Words with an asterisk or a tilde: each stands for up to thousands of words of the index."""

SHORTEST_PREFIX = 2

FIELDS = {
    "titre": Field.TITLE,
    "title": Field.TITLE,
    "tag": Field.TAG,
    "tags": Field.TAG,
    "mot-cle": Field.TAG,
    "personne": Field.PERSON,
    "person": Field.PERSON,
    "personnes": Field.PERSON,
    "section": Field.SECTION,
    "rubrique": Field.SECTION,
    "auteur": Field.AUTHOR,
    "author": Field.AUTHOR,
}
DATE_FIELDS = frozenset({"date", "jour", "day"})

_FIELD = re.compile(r"([^\W\d_][\w-]*):(.*)", re.DOTALL)
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "file"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """Hold what is wanted (None: everything) and the notices, in the order of the text."""

    wanted: Wanted | None
    notices: tuple[Notice, ...] = ()


def parse(text: str, analyser: Analyser) -> Parsed:
    """Read a reader's text; never raises."""
    notices: list[Notice] = []
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        notices.append(Notice(Kind.TOO_LONG))
    parser = _Parser(list(pieces(text.replace("\0", ""))), analyser, notices)
    wanted = parser.parse()
    if wanted is None and any(notice.kind is Kind.BAD_DATE for notice in notices):
        wanted = Either(())  # a day that does not exist has no articles
    return Parsed(wanted, tuple(_merged(notices)))


def _merged(notices: list[Notice]) -> Iterator[Notice]:
    """Yield one notice a kind, with the words of all."""
    for kind in dict.fromkeys(notice.kind for notice in notices):
        words = (word for notice in notices if notice.kind is kind for word in notice.words)
        yield Notice(kind, tuple(dict.fromkeys(words)))


class _Parser:
    """Read pieces from left to right, one method a rule of the grammar."""

    def __init__(self, tokens: list[Piece], analyser: Analyser, notices: list[Notice]) -> None:
        self._pieces = tokens
        self._at = 0
        self._depth = 0
        self._words = 0
        self._open = 0
        self._analyser = analyser
        self._notices = notices

    def parse(self) -> Wanted | None:
        parts = []
        while self._at < len(self._pieces):
            if part := self._either():
                parts.append(part)
            if self._next(Mark.CLOSE):
                self._note(Kind.UNBALANCED_PARENTHESIS)
        wanted = _bag(parts)
        asked = wanted.parts if isinstance(wanted, Bag) else (wanted,)
        if all(isinstance(part, Without) for part in asked):
            self._note(Kind.ONLY_EXCLUSIONS)
        return wanted

    def _either(self) -> Wanted | None:
        return self._joined(Mark.OR, self._both, Either)

    def _both(self) -> Wanted | None:
        return self._joined(Mark.AND, self._bag, Both)

    def _joined(
        self,
        mark: Mark,
        rule: Callable[[], Wanted | None],
        make: type[Either] | type[Both],
    ) -> Wanted | None:
        """Read parts between operators; operators with nothing beside them are dropped."""
        parts = []
        while True:
            while self._next(mark):
                pass
            if part := rule():
                parts.append(part)
            if not self._peek(mark):
                return parts[0] if len(parts) == 1 else make(tuple(parts)) if parts else None

    def _bag(self) -> Wanted | None:
        found: list[Wanted] = []
        parts: list[Wanted] = []
        ignored: list[Word] = []
        between: tuple[Token, ...] = ()
        while self._peek(Mark.WORD, Mark.QUOTED, Mark.NOT, Mark.OPEN):
            found += self._part()
        unsearched = left_out(part for part in found if isinstance(part, Word) and part.field is Field.ANY)
        for part in found:
            if isinstance(part, Word) and part in unsearched:
                ignored.append(part)
                between += part.tokens
                continue
            parts.append(replace(part, before=between) if isinstance(part, Word) else part)
            between = ()
        if not parts and not self._peek(Mark.AND, Mark.OR) and ignored:
            return _bag(list(ignored))
        for word in ignored:
            self._note(Kind.IGNORED, word.text)
        return _bag(parts)

    def _part(self) -> list[Wanted]:
        piece = self._pieces[self._at]
        self._at += 1
        if piece.mark is Mark.NOT:
            while self._next(Mark.NOT):
                pass
            if not self._peek(Mark.WORD, Mark.QUOTED, Mark.OPEN):
                return []
            excluded = _bag(self._part())
            return [Without(excluded)] if excluded else []
        if piece.mark is Mark.OPEN:
            return self._group()
        if self._words >= MAX_WORDS:
            self._note(Kind.TOO_LONG)
            return []
        return self._quoted(piece, Field.ANY) if piece.mark is Mark.QUOTED else self._word(piece.text)

    def _group(self) -> list[Wanted]:
        if self._depth >= MAX_DEPTH:
            self._note(Kind.TOO_DEEP)
            return []
        self._depth += 1
        inner = self._either()
        self._depth -= 1
        if not self._next(Mark.CLOSE):
            self._note(Kind.UNBALANCED_PARENTHESIS)
        # A group is one thing to its neighbours: its words are not counted among theirs.
        return [Both((inner,))] if isinstance(inner, Word) else [inner] if inner else []

    def _word(self, text: str) -> list[Wanted]:
        named = _FIELD.fullmatch(text)
        if not named:
            return self._plain(text, Field.ANY)
        name, value = fold(named[1]), named[2]
        if name not in FIELDS and name not in DATE_FIELDS:
            if value and name not in _SCHEMES:
                self._note(Kind.UNKNOWN_FIELD, named[1])
            return self._plain(text, Field.ANY)
        if not value and not self._peek(Mark.WORD, Mark.QUOTED):
            self._note(Kind.EMPTY_FIELD, text)
            return []
        if name in DATE_FIELDS:
            return self._dates(value or self._take().text)
        return self._in_field(FIELDS[name], text, value)

    def _in_field(self, field: Field, text: str, value: str) -> list[Wanted]:
        if not value:
            piece = self._take()
            if piece.mark is Mark.QUOTED:
                return self._quoted(piece, field)
            text, value = f"{text} {piece.text}", piece.text
        parts = self._plain(value, field)
        # `tag:Emmanuel Macron`: the reader may have meant both words.
        if (
            parts
            and self._peek(Mark.WORD)
            and self._pieces[self._at].text[:1].isupper()
            and value[:1].isupper()
        ):
            self._note(Kind.ONE_WORD_FIELD, text)
        return parts

    def _dates(self, text: str) -> list[Wanted]:
        period = parse_period(text)
        if period is None:
            self._note(Kind.BAD_DATE, text)
            return []
        if period.swapped:
            self._note(Kind.REVERSED_RANGE, text)
        return [Dates(period.first, period.last)]

    def _quoted(self, piece: Piece, field: Field) -> list[Wanted]:
        if not piece.whole:
            self._note(Kind.UNBALANCED_QUOTE, *filter(None, [piece.text.strip()]))
        tokens = self._fitting(tuple(self._analyser.tokens(piece.text)))
        return [Quoted(piece.text.strip(), tokens, field)] if tokens else []

    def _plain(self, text: str, field: Field) -> list[Wanted]:
        """Read a run of characters without a space: words, a prefix, a fuzzy word."""
        text = re.sub(r"\^\d+(\.\d+)?$", "", text)
        if special := self._special(text, field):
            return [special]
        return [
            self._make(chunks, text, field)
            for chunks in compounds(text, self._analyser)
            if self._words < MAX_WORDS
        ]

    def _fitting(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the tokens of a word or a quotation that there is room for: each is looked up."""
        room = MAX_WORDS - self._words
        self._words += len(tokens)
        if len(tokens) <= room:
            return tokens
        self._note(Kind.TOO_LONG)
        return tokens[:room]

    def _special(self, text: str, field: Field) -> Wanted | None:
        core = re.sub(r"\*+$|~\d?$", "", text)
        if "*" in core or not text.strip("*"):
            self._note(Kind.WILDCARD, text)
            return None
        if core == text or "/" in core:
            return None
        tokens = self._analyser.tokens(core)
        if len(tokens) != 1:
            return None
        form = tokens[0].exact
        if self._open >= MAX_OPEN:
            self._note(Kind.TOO_OPEN, text)
            return None
        self._words += 1
        if text.endswith("*"):
            if len(form) >= SHORTEST_PREFIX:
                self._open += 1
                return Start(text, form, field)
            self._note(Kind.SHORT_PREFIX, text)
            return None
        edits = 0 if len(form) < 4 else 1 if len(form) < 8 else 2
        self._open += bool(edits)
        return Near(text, form, edits, field) if edits else None

    def _make(self, chunks: list[Chunk], text: str, field: Field) -> Word:
        tokens = tuple(token for chunk in chunks for token in chunk.tokens)
        verb = without_subject(tokens) if "-" in text else tokens
        fitting = self._fitting(verb)
        joined = chunks[0].joined if len(chunks) == 1 and len(fitting) == len(tokens) else None
        return Word(text[chunks[0].start : chunks[-1].end], fitting, joined, field)

    def _peek(self, *marks: Mark) -> bool:
        return self._at < len(self._pieces) and self._pieces[self._at].mark in marks

    def _next(self, mark: Mark) -> bool:
        if self._peek(mark):
            self._at += 1
            return True
        return False

    def _take(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _note(self, kind: Kind, *words: str) -> None:
        self._notices.append(Notice(kind, words))


def _bag(parts: list[Wanted]) -> Wanted | None:
    return parts[0] if len(parts) == 1 else Bag(tuple(parts)) if parts else None
