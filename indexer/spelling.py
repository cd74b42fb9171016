"""Spelling: a word that the index hardly knows → the word that was meant.

The rule: a word of five letters or more that at most two articles have is read as a word with the same
first letter, at most two changes away (one under seven letters), that at least twenty times as many have.
A compound (Dupont-Moretti) is long enough to be judged sooner: at most twenty articles, one change, five
times as many. Of words equally near the one is taken that articles have most often beside the other words
of the search. What was typed is still found beside.

Nothing is read otherwise that is a word of the French dictionary: a near word is only offered, and that
where no article has it. A form that no article has, though its stem is known, is corrected where its stem
is never beside the other words and another word is. A quotation that no article has is corrected where one
has it then.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer.context import Context
from indexer.engine import Engine
from indexer.entries import article_of
from indexer.french import Analyser, Heads, Token, is_french, stop_words
from indexer.lexicon import LEAST, Nearness, Neighbour, VisibleLexicon
from indexer.query import Phrase, Search, Term
from indexer.words import Origin, Quoted, Way, Word

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
_COMPARED = 6
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold what a word may have meant; `sure` tells that it is taken at once."""

    typed: str
    way: Way
    articles: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Limits:
    """Hold how many changes away a correction may be, and how many articles must have it.

    `typed` is how many have the word as typed, where it is to be weighed against a correction.
    """

    edits: int
    least: int
    typed: int = 0
    fitting: bool = False


class Speller:
    """Correct words against one index."""

    def __init__(self, lexicon: Callable[[], Nearness], engine: Engine, analyser: Analyser) -> None:
        # Read at the first word that is hardly known: most searches have none.
        self._lexicon = cache(lexicon)
        # An engine looks at the size of all its files for that.
        self._articles = cache(lambda: engine.info().articles)
        self._engine = engine
        self._analyser = analyser
        self._spellings: dict[str, str] = {}

    def within(self, engine: Engine) -> Speller:
        """Return what corrects words against some of the articles, those that an engine has."""
        return Speller(lambda: VisibleLexicon(self._lexicon(), engine), engine, self._analyser)

    def correct(self, word: Word, beside: Sequence[str] = ()) -> Correction | None:
        """Return what a word may have meant; None for a word that is well known, or like no other.

        `beside` are the stems of the other words of the search, by which equally near words are told
        apart: « fiute Ghosn » is fuite and not faute.
        """
        best = next(iter(self._likely(word, beside)), None)
        if not best or not (way := self._way(best.form)):
            return None
        again = self._misspelt(best, word)
        way = (again and self._way(again)) or way
        sure = best.articles >= SURE and not is_french(_term(word)[0])
        return Correction(word.text, way, best.articles, sure)

    def quotation(self, quoted: Quoted) -> tuple[Quoted, Correction | None]:
        """Return a quotation that no article has with one word corrected, where articles have it then."""
        if self._total(quoted.tokens):
            return quoted, None
        beside = [token.stem for token in quoted.tokens if token.exact not in stop_words()]
        for at, token in enumerate(quoted.tokens):
            word = Word(quoted.text[token.start : token.end], (token,))
            for near in self._likely(word, beside, in_form=True):
                if way := self._way(near.form):
                    tokens = (*quoted.tokens[:at], *way.tokens, *quoted.tokens[at + 1 :])
                    if self._total(tokens):
                        return replace(quoted, tokens=tokens), Correction(word.text, way, near.articles, True)
        return quoted, None

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

    def _likely(self, word: Word, beside: Sequence[str], *, in_form: bool = False) -> list[Neighbour]:
        """Return the nearest words that a word may have meant, the likeliest beside the others first.

        `in_form` judges the very form, whatever is known of its stem.
        """
        form, stem = _term(word)
        if len(form) < SHORTEST or not form.isalpha():
            return []
        context = Context(self._engine, [other for other in beside if other != stem], self._articles())
        limits = self._limits(word, form, "" if in_form else stem, context)
        near = self._lexicon().near(form, limits.edits, limits.least) if limits else []
        nearest = [other for other in near if other.distance == near[0].distance][:_COMPARED]
        if limits and limits.fitting:
            nearest = [other for other in nearest if context.together(Term("exact", other.form)) >= SURE]
        if not context.used:
            return nearest
        weights = {other: context.weight(other.form, other.articles) for other in nearest}
        if limits and limits.typed:
            own = context.weight(form, limits.typed) + math.log(TIMES)
            nearest = [other for other in nearest if weights[other] > own]
        return sorted(nearest, key=lambda other: -weights[other])

    def _limits(self, word: Word, form: str, stem: str, context: Context) -> _Limits | None:
        """Return how far away a correction may be and how many articles it must have; None for no word."""
        exact = self._engine.frequencies("exact", [form])[form]
        if exact > COMPOUND_RARE:  # nearly every word: its stem is no rarer
            return None
        known = self._engine.frequencies("text", [stem])[stem] if stem else exact
        edits = 1 if len(form) < LONG else 2
        if known <= RARE:
            return None if exact and is_french(form) else _Limits(edits, max(TIMES * exact, LEAST), exact)
        if word.joined and known <= COMPOUND_RARE:
            return _Limits(1, max(COMPOUND_TIMES * exact, LEAST))
        # The stem of a slip may be a word: « futie » has that of « futé ».
        unfit = exact == 0 and context.used and not context.together(Term("text", stem))
        return _Limits(1, SURE, fitting=True) if unfit and not is_french(form) else None

    def _misspelt(self, found: Neighbour, word: Word) -> str | None:
        """Return what a compound found is itself a misspelling of: Dupotn → Dupont → Dupond-Moretti."""
        if not word.joined or found.articles > COMPOUND_RARE:
            return None
        near = self._lexicon().near(found.form, 1, COMPOUND_TIMES * found.articles)
        return near[0].form if near else None

    def _total(self, tokens: Sequence[Token]) -> int:
        terms = tuple(token.exact for token in tokens)
        return self._engine.search(Search(Phrase("exact", terms), limit=0)).total

    def _way(self, form: str) -> Way | None:
        text = self.spelling(form)
        if not text:
            return None
        chunk = next(iter(self._analyser.chunks(text)))
        return Way(text, chunk.tokens, chunk.joined, 1.0, Origin.SPELLING)

    def _look_up(self, form: str) -> str:
        page = self._engine.search(Search(Term("exact", form), limit=_LOOKED_AT))
        spellings: Counter[str] = Counter()
        heads = Heads([form])
        for hit in page.hits:
            article = article_of(hit.stored)
            for text in (article.title, article.lede, article.body):
                around = (self._analyser.chunk_around(text, at) for at in heads.places(text))
                for chunk in dict.fromkeys(filter(None, around)):
                    if chunk.joined and chunk.joined.exact == form:
                        spellings[text[chunk.joined.start : chunk.joined.end]] += 1
                    for token in chunk.tokens:
                        if token.exact == form:
                            spellings[text[token.start : token.end]] += 1
        return usual(spellings)


def usual(spellings: Counter[str]) -> str:
    """Return the most frequent spelling, a small one before one with a capital; empty for none.

    Sentences begin with a capital, so a quarter in small letters is enough; a name has fewer (« Paris »
    beside « les paris »).
    """
    small = Counter({spelling: count for spelling, count in spellings.items() if spelling.islower()})
    among = small if small.total() * 4 >= spellings.total() else spellings
    return max(among, key=lambda spelling: among[spelling], default="")


def _term(word: Word) -> tuple[str, str]:
    """Return the form and the stem by which a word is looked up: of a compound, its joined form."""
    if len(word.tokens) > 1 and not word.joined:
        return "", ""
    token = word.joined or word.tokens[0]
    return token.exact, token.stem
