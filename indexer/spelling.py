"""Spelling: a word that the index hardly knows → the word that was meant.

The rule: a word of five letters or more that at most two articles have is read as a word with the same
first letter, at most two changes away (one under seven letters), that at least twenty times as many have.
A compound (Dupont-Moretti) is long enough to be judged sooner: at most twenty articles, one change, five
times as many. What was typed is still found beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.engine import Engine
from indexer.entries import article_of
from indexer.french import Analyser
from indexer.lexicon import Lexicon
from indexer.query import Search, Term
from indexer.words import Origin, Way, Word

SHORTEST = 5
LONG = 7
"""From this length on two changes are allowed."""

RARE = 2
TIMES = 20
COMPOUND_RARE = 20
COMPOUND_TIMES = 5
SURE = 3
"""A word that fewer articles have than this is only suggested, not taken at once."""
MISSPELT = 100
"""A word so many times as rare as one that is spelt nearly so is taken for that one misspelt."""

_LOOKED_AT = 5
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold what a word may have meant; `sure` tells that it is taken at once."""

    typed: str
    way: Way
    articles: int
    sure: bool


class Speller:
    """Correct words against one index."""

    def __init__(self, folder: Path, engine: Engine, analyser: Analyser) -> None:
        # Read at the first word that is hardly known: most searches have none.
        self._lexicon = cache(lambda: Lexicon.load(folder))
        self._engine = engine
        self._analyser = analyser
        self._spellings: dict[str, str] = {}

    def correct(self, word: Word) -> Correction | None:
        """Return what a word may have meant; None for a word that is well known, or like no other."""
        form, stem = _term(word)
        if len(form) < SHORTEST or not form.isalpha():
            return None
        known = self._engine.frequencies("text", [stem])[stem]
        if known <= RARE:
            edits, times = (1 if len(form) < LONG else 2), TIMES
        elif word.joined and known <= COMPOUND_RARE:
            edits, times = 1, COMPOUND_TIMES
        else:
            return None
        exact = self._engine.frequencies("exact", [form])[form]
        for neighbour in self._lexicon().near(form, edits, max(times * exact, 1)):
            if way := self._way(neighbour.form):
                return Correction(word.text, way, neighbour.articles, neighbour.articles >= SURE)
        return None

    def alike(self, form: str) -> Iterator[tuple[str, int]]:
        """Yield words of the lexicon that are spelt nearly so, with their number of articles.

        The nearest come first, then the most frequent. Those a hundred times as rare as another are left
        out: they are misspelt themselves.
        """
        near = self._lexicon().near(form, 1 if len(form) < LONG else 2, 1)
        least = max((neighbour.articles for neighbour in near), default=0) / MISSPELT
        for neighbour in near:
            if neighbour.articles >= least and (text := self.spelling(neighbour.form)):
                yield text, neighbour.articles

    def spelling(self, form: str) -> str:
        """Return a form as articles spell it, with accents, capitals and hyphen; empty where none has it."""
        if form not in self._spellings:
            if len(self._spellings) > _REMEMBERED:
                self._spellings.clear()
            self._spellings[form] = self._look_up(form)
        return self._spellings[form]

    def _way(self, form: str) -> Way | None:
        text = self.spelling(form)
        if not text:
            return None
        chunk = next(iter(self._analyser.chunks(text)))
        return Way(text, chunk.tokens, chunk.joined, 1.0, Origin.SPELLING)

    def _look_up(self, form: str) -> str:
        page = self._engine.search(Search(Term("exact", form), limit=_LOOKED_AT))
        spellings: Counter[str] = Counter()
        for hit in page.hits:
            article = article_of(hit.stored)
            for text in (article.title, article.lede, article.body):
                for chunk in self._analyser.chunks(text):
                    if chunk.joined and chunk.joined.exact == form:
                        spellings[text[chunk.joined.start : chunk.joined.end]] += 1
                    for token in chunk.tokens:
                        if token.exact == form:
                            spellings[text[token.start : token.end]] += 1
        return max(spellings, key=lambda spelling: (spelling.islower(), spellings[spelling]), default="")


def _term(word: Word) -> tuple[str, str]:
    """Return the form and the stem by which a word is looked up: of a compound, its joined form."""
    if len(word.tokens) > 1 and not word.joined:
        return "", ""
    token = word.joined or word.tokens[0]
    return token.exact, token.stem
