"""Widening: words get the other spellings and the synonyms that will do as well, and it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from indexer.french import Analyser, Token, stop_words
from indexer.notices import Kind, Notice
from indexer.spelling import Speller
from indexer.synonyms import Synonyms
from indexer.words import Bag, Both, Either, Field, Origin, Quoted, Wanted, Way, Word, spelt

MOST_CORRECTED = 8
"""Corrections a search: each costs a look through the lexicon."""


MOST_NAMES = 5
"""Persons that a word may stand for: one that stands for more is a given name."""

_ANALYSER = Analyser()


@dataclass(slots=True)
class Widener:
    """Widen what is wanted; None for the speller, the synonyms or the persons leaves that out.

    `persons` gives for a folded word the names of those whose other spellings have it.
    """

    speller: Speller | None
    synonyms: Synonyms | None
    persons: Callable[[str], Sequence[str]] | None = None
    notices: list[Notice] = field(default_factory=list)
    _corrected: int = 0

    def widen(self, wanted: Wanted) -> Wanted:
        """Return the same with ways added to its bare words; excluded words stay as they are."""
        match wanted:
            case Bag(parts):
                return Bag(self._bag(parts))
            case Both(parts):
                return Both(tuple(map(self.widen, parts)))
            case Either(parts):
                return Either(tuple(map(self.widen, parts)))
            case Word(field=Field.ANY):
                return self._bag((wanted,))[0]
            case Quoted(field=Field.ANY) if self.speller:
                quoted, correction = self.speller.quotation(wanted)
                if correction:
                    self.notices.append(Notice(Kind.CORRECTED, (correction.typed, correction.way.text)))
                return quoted
            case Word(field=Field.PERSON) | Quoted(field=Field.PERSON):
                return self._named(wanted)
            case _:
                return wanted

    def _named(self, wanted: Word | Quoted) -> Wanted:
        """Let the persons in that are shown under another name: `personne:putin` finds Poutine."""
        tokens = wanted.tokens
        names = self.persons(" ".join(token.exact for token in tokens)) if self.persons and tokens else ()
        if not names or len(names) > MOST_NAMES:
            return wanted
        self.notices.append(Notice(Kind.SYNONYMS, (wanted.text, *names)))
        others = (Quoted(name, tuple(_ANALYSER.tokens(name)), Field.PERSON) for name in names)
        return Either((wanted, *others))

    def _bag(self, parts: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
        """Widen the parts of a bag; words that stand side by side may have a synonym together."""
        beside = [token.stem for part in parts if isinstance(part, Word) for token in part.tokens]
        out: list[Wanted] = []
        run: list[Word] = []
        for part in parts:
            if isinstance(part, Word) and part.field is Field.ANY:
                word = self._spell(part, beside)
                if not _says_nothing(word) or len(parts) == 1:
                    run.append(word)
                continue
            out += self._synonyms(run)
            run = []
            out.append(self.widen(part))
        return (*out, *self._synonyms(run))

    def _spell(self, word: Word, beside: Sequence[str]) -> Word:
        if self.speller is None or self._corrected >= MOST_CORRECTED:
            return word
        correction = self.speller.correct(word, beside)
        if correction is None:
            return word
        self._corrected += 1
        kind = Kind.CORRECTED if correction.sure else Kind.SUGGESTED
        self.notices.append(Notice(kind, (word.text, correction.way.text)))
        return replace(word, ways=(correction.way,)) if correction.sure else word

    def _synonyms(self, run: list[Word]) -> list[Word]:
        """Give each word of a run the alternatives of the entry that it belongs to."""
        if self.synonyms is None or not run:
            return run
        tokens, owners = _searched(run)
        at = 0
        while at < len(tokens):
            entry = self.synonyms.find(tokens, at)
            if entry is None or not _at_borders(owners, at, at + entry.length):
                at += 1
                continue
            words = list(dict.fromkeys(owners[at : at + entry.length]))
            ways = tuple(
                Way(other.text, other.tokens, None, other.weight / len(words), Origin.SYNONYM, other.named)
                for other in entry.alternatives
            )
            for number in words:
                run[number] = replace(run[number], ways=run[number].ways + ways)
            said = " ".join(run[number].text for number in words)
            self.notices.append(Notice(Kind.SYNONYMS, (said, *(way.text for way in ways))))
            at += entry.length
        return run


def _searched(run: Sequence[Word]) -> tuple[list[Token], list[int]]:
    """Return the tokens of words as they will be searched, and the number of the word of each."""
    tokens: list[Token] = []
    owners: list[int] = []
    for number, word in enumerate(run):
        read = spelt(word)
        tokens += read
        owners += [number] * len(read)
    return tokens, owners


def _says_nothing(word: Word) -> bool:
    """Tell whether a word was meant to be a stop word: « poruquoi »."""
    read = spelt(word)
    return read != word.tokens and any(token.exact in stop_words() for token in read)


def _at_borders(owners: Sequence[int], start: int, end: int) -> bool:
    """Tell whether an entry begins and ends with a word: « cloud » is not in « Saint-Cloud »."""
    begins = start == 0 or owners[start - 1] != owners[start]
    return begins and (end == len(owners) or owners[end] != owners[end - 1])
