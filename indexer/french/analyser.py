"""The analyser: text → terms, the same for articles and searches; offsets are those of the text given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.french.chunks import (
    APOSTROPHES,
    CHUNK,
    IS_ACRONYM,
    IS_LANGUAGE,
    IS_NUMBER,
    JOINERS,
    MARKS,
    WORD,
    split_at_blanks,
)
from indexer.french.elision import ELIDED_LETTERS, elided, owned
from indexer.french.fold import fold
from indexer.french.stem import stem

ANALYSER_VERSION = 1
"""Raised by one whenever the same text gives other terms: an index of another version is refused."""

GAP = "¶"
"""The term between two pieces of text, so that no phrase runs from one into the other."""

_CACHE_SIZE = 300_000
_CACHED_LENGTH = 60
_Forms = tuple[str, str, str, str]
"""The words of a piece as texts with blanks: exact, stems, and the joined forms of both behind gaps."""

_BESIDE = "".join(map(re.escape, sorted(JOINERS))) + MARKS
_INSIDE = re.compile(rf"[^\W_ʼ]|[{MARKS}]")
# Nine words of ten: two letters or more, and nothing beside them that may belong to them.
_RUN = re.compile(rf"(?<![{_BESIDE}])[^\W\d_ʼ]{{2,}}+(?![\d{_BESIDE}])")
_ASIDE = '.,;:!?…«»“”"()[]–—'
"""Marks that no chunk begins or ends with, but for the full stops of an acronym, which has some inside."""
_SAINTS = {"st": "saint", "ste": "sainte"}
_AMPERSAND = re.compile(r"\w{1,3}&\w{1,3}")


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one word of a text: its place, its folded surface form, its stem."""

    start: int
    end: int
    exact: str
    stem: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold one run of characters: its words, and the word that it makes written as one, or None.

    `Covid-19` → `covid`, `19`, joined `covid19`. A chunk with an apostrophe or a hyphen inside that
    has several words is a compound: a search takes them for a phrase.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    joined: Token | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Hold the terms of a text in order; joined forms come last, behind gaps."""

    exact: list[str]
    stems: list[str]


@dataclass(frozen=True, slots=True)
class TermTexts:
    """Hold the same terms as two texts, with blanks between the terms."""

    exact: str
    stems: str


class Analyser:
    """Turn French text into terms; any number of threads may use one."""

    def __init__(self) -> None:
        # Seven words of ten in news are among the 2,000 most frequent: looking chunks up instead of
        # analysing them is twenty times faster.
        self._cache: dict[str, Chunk] = {}
        self._pieces = _Pieces()

    def terms(self, text: str) -> Terms:
        """Return the terms of a text for an index."""
        texts = self.term_texts(text)
        return Terms(texts.exact.split(), texts.stems.split())

    def term_texts(self, text: str) -> TermTexts:
        """Return the terms of a text for an index as they are sent and written: several times faster."""
        if len(self._pieces) >= _CACHE_SIZE:
            self._pieces = _Pieces()
        forms = list(filter(None, map(self._pieces.__getitem__, split_at_blanks(text))))
        if not forms:
            return TermTexts("", "")
        exact, stems, joined, joined_stems = zip(*forms, strict=True)
        return TermTexts(
            " ".join(exact) + "".join(joined),
            " ".join(stems) + "".join(joined_stems),
        )

    def chunks(self, text: str, start: int = 0) -> Iterator[Chunk]:
        """Yield the chunks of a text with their places in it, from a place between two words on."""
        for found in CHUNK.finditer(text, start):
            yield _moved(self.chunk(found[0]), found.start())

    def pieces(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where each chunk of a text begins and ends."""
        return (found.span() for found in CHUNK.finditer(text))

    def chunk_around(self, text: str, at: int) -> Chunk | None:
        """Return the chunk that holds the word that begins at a place."""
        found = self.bounds_around(text, at)
        return _moved(self.chunk(text[found[0] : found[1]]), found[0]) if found else None

    def chunk(self, piece: str) -> Chunk:
        """Return a run of characters that is one chunk, its places counted from its beginning."""
        return self._cache.get(piece) or self._chunk(piece)

    def bounds_around(self, text: str, at: int) -> tuple[int, int] | None:
        """Return where the chunk begins and ends that holds the word that begins at a place."""
        if run := _RUN.match(text, at):
            return run.span()
        start = at
        while start and (text[start - 1] in JOINERS or _INSIDE.match(text[start - 1])):
            start -= 1
        found = CHUNK.search(text, start)
        while found and found.end() <= at:
            found = CHUNK.search(text, found.end())
        return found.span() if found and found.start() <= at else None

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with their places in it."""
        return [token for chunk in self.chunks(text) for token in chunk.tokens]

    def _chunk(self, text: str) -> Chunk:
        chunk = _analyse(text)
        if len(self._cache) >= _CACHE_SIZE:
            self._cache = {}
        if len(text) <= _CACHED_LENGTH:
            self._cache[text] = chunk
        return chunk


class _Pieces(dict[str, _Forms | None]):
    """Know what stands between two blanks of a text by its words; None where it has none.

    Looking up « ministre, » as it stands is ten times faster than finding the word in it.
    """

    def __init__(self) -> None:
        self._chunks: dict[str, _Forms] = {}

    def __missing__(self, piece: str) -> _Forms | None:
        alone = piece.strip(_ASIDE)
        # Of « (ministre), » the only chunk is what is left, where nothing of it may belong to two.
        found = [alone] if alone.isalnum() and "ʼ" not in alone else CHUNK.findall(piece)
        chunks = [self._chunks.get(chunk) or self._chunk(chunk) for chunk in found]
        match chunks:
            case []:
                forms = None
            case [forms]:
                pass
            case _:
                exact, stems, more, more_stems = zip(*chunks, strict=True)
                forms = " ".join(exact), " ".join(stems), "".join(more), "".join(more_stems)
        if len(piece) <= _CACHED_LENGTH:
            self[piece] = forms
        return forms

    def _chunk(self, text: str) -> _Forms:
        if (start := _simple(text)) is not None:
            form = fold(text[start:])
            return self._kept(text, (form, stem(form), "", ""))
        chunk = _analyse(text)
        joined = (f" {GAP} {chunk.joined.exact}", f" {GAP} {chunk.joined.stem}") if chunk.joined else ("", "")
        exact, stems = " ".join(t.exact for t in chunk.tokens), " ".join(t.stem for t in chunk.tokens)
        return self._kept(text, (exact, stems, *joined))

    def _kept(self, text: str, forms: _Forms) -> _Forms:
        if len(text) <= _CACHED_LENGTH:
            self._chunks[text] = forms
        return forms


def _analyse(text: str) -> Chunk:
    """Take a chunk apart; nine of ten are one word, alone or behind one elided letter."""
    if (start := _simple(text)) is not None:
        return _single(text, fold(text[start:]), start)
    if IS_NUMBER.fullmatch(text):
        number = re.sub(r"[^\d,.]", "", text)
        number = (
            re.sub(r"\.(?=\d{3}(?:\D|$))", "", number) if re.match(r"\d{1,3}(\.\d{3})+", number) else number
        )
        return _single(text, number.replace(",", "."))
    if acronym := IS_ACRONYM.fullmatch(text):
        return _single(text, fold(acronym[1]).replace(".", ""), acronym.start(1))
    if IS_LANGUAGE.fullmatch(text) or _AMPERSAND.fullmatch(text):
        return _single(text, fold(text))
    words = list(_words(text))
    tokens = tuple(_token(start, end, form) for start, end, form in words)
    return Chunk(0, len(text), tokens, _joined(text, tokens))


def _simple(text: str) -> int | None:
    """Return where the only word of a chunk begins; None where there may be more or something else."""
    if text.isalnum() and "ʼ" not in text:
        return 0
    if text[1] in APOSTROPHES and text[2:].isalnum() and "ʼ" not in text[2:] and text[0] in ELIDED_LETTERS:
        return 2
    return None


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a compound: elided words dropped, owned apostrophes kept inside one word."""
    start = 0
    for part in re.split(r"([-\u2010\u2011&])", text):
        if len(part) < len(text) and (saint := _SAINTS.get(fold(part))):
            yield start, start + len(part), saint
        elif part and part not in "-\u2010\u2011&":
            yield from _apostrophes(part, start)
        start += len(part)


def _apostrophes(part: str, offset: int) -> Iterator[tuple[int, int, str]]:
    part = re.split(r"[·•]", part, maxsplit=1)[0]  # étudiant·e·s
    # Folding keeps the number of apostrophes, so that words can be counted on both sides.
    folded = fold(part)
    if owned(folded):
        yield offset, offset + len(part), folded.replace("'", "")
        return
    words = [(found.start(), found.end()) for found in WORD.finditer(part)]
    skipped = folded[: elided(folded)].count("'")
    if skipped and owned(folded[elided(folded) :]):
        yield offset + words[skipped][0], offset + len(part), folded[elided(folded) :].replace("'", "")
        return
    for at, (start, end) in enumerate(words):
        form = fold(part[start:end])
        genitive = at > 0 and form == "s"  # McDonald's
        if form and at >= skipped and not genitive:
            yield offset + start, offset + end, form


def _token(start: int, end: int, form: str) -> Token:
    return Token(start, end, form, stem(form))


def _single(text: str, form: str, start: int = 0) -> Chunk:
    token = _token(start, len(text), form)
    return Chunk(0, len(text), (token,))


def _joined(text: str, tokens: tuple[Token, ...]) -> Token | None:
    """Return the two words of a hyphenated compound as one: week-end, anti-terroriste, F-16."""
    if len(tokens) != 2 or not re.search("[-\u2010\u2011]", text):
        return None
    first, second = tokens
    if first.exact.isdigit() and second.exact.isdigit():
        return None
    return _token(first.start, second.end, first.exact + second.exact)


def _moved(chunk: Chunk, by: int) -> Chunk:
    if by == 0:
        return chunk
    tokens = tuple(Token(t.start + by, t.end + by, t.exact, t.stem) for t in chunk.tokens)
    joined = chunk.joined
    if joined:
        joined = Token(joined.start + by, joined.end + by, joined.exact, joined.stem)
    return Chunk(chunk.start + by, chunk.end + by, tokens, joined)
