"""Questions: words of the corpus itself, each as a reader types them and as a tree over the stems."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from indexer.french import GAP, Analyser, stop_words
from indexer.parser import parse
from indexer.query import And, Everything, Fuzzy, Or, Phrase, Prefix, Query, Term
from indexer.ranking import compile_query

FIELD = "text"
"""The field of stems, the only one that the peers have."""

SHARES = {
    "rare": 45, "frequent": 45, "or": 50, "and": 50, "phrase": 40, "prefix": 25, "fuzzy": 15, "dates": 25,
    "everything": 5,
}  # fmt: skip
"""How many of 300 questions are of each kind."""

SCORED = frozenset({"rare", "frequent", "or"})
"""The kinds that one scored list of words can say."""

ALL_KINDS = frozenset(SHARES)

_SEED = 11
_LOOKED_AT = 10_000
_RARE = (3, 20)
_FREQUENT = 0.05
_WORD = re.compile(r"[a-zà-ÿœ]{4,}")
_PAIR = re.compile(r"(?<!\S)[a-zà-ÿœ]{3,} (?:d[eu] |des |la )?[a-zà-ÿœ]{4,}(?=[\s.,])")


@dataclass(frozen=True, slots=True)
class Question:
    """Hold what is asked: `words` as typed, `query` over the stems, and the days it is narrowed to.

    Without words and in the kind `everything` the newest come first, else the best by BM25.
    """

    kind: str
    words: str
    query: Query
    first: date | None = None
    last: date | None = None

    @property
    def name(self) -> str:
        """Return how it is called in a message."""
        days = f" {self.first}..{self.last}" if self.first else ""
        return f"{self.kind}: {self.words}{days}"


def questions(rows: Sequence[dict[str, Any]], count: int = 300) -> list[Question]:
    """Return so many questions of all kinds, in mixed order; always the same for the same articles."""
    chooser = _Chooser(rows[:_LOOKED_AT])
    chosen = [
        question
        for kind, share in SHARES.items()
        for question in chooser.of(kind, max(1, round(share * count / sum(SHARES.values()))))
    ]
    random.Random(_SEED).shuffle(chosen)
    return chosen


class _Chooser:
    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self._rng = random.Random(_SEED)
        self._analyser = Analyser()
        self._texts = [f"{row['title']}. {row['body']}" for row in rows]
        self._days = sorted(
            date.fromisoformat(str(day)[:10])
            for row in rows
            if (day := row.get("date") or row.get("published"))
        )
        self._frequency: Counter[str] = Counter()
        for text in self._texts:
            self._frequency.update(set(self._analyser.term_texts(text).stems.split()))
        self._makers: dict[str, Callable[[], Question | None]] = {
            "rare": lambda: self._single("rare", lambda stem: _RARE[0] <= self._frequency[stem] <= _RARE[1]),
            "frequent": lambda: self._single("frequent", self._is_frequent),
            "or": self._or,
            "and": self._and,
            "phrase": self._phrase,
            "prefix": self._prefix,
            "fuzzy": self._fuzzy,
            "dates": self._dates,
        }

    def of(self, kind: str, count: int) -> Iterator[Question]:
        if kind == "everything":
            yield Question(kind, "", Everything())
            for _ in range(count - 1):
                yield Question(kind, "", Everything(), *self._period())
            return
        seen: set[str] = set()
        for _ in range(1_000 * count):
            question = self._makers[kind]()
            if question and question.words not in seen:
                seen.add(question.words)
                yield question
            if len(seen) == count:
                return

    def _single(self, kind: str, fits: Callable[[str], bool]) -> Question | None:
        found = self._some(1)
        if found and fits(found[0][1]):
            return Question(kind, found[0][0], Term(FIELD, found[0][1]))
        return None

    def _is_frequent(self, stem: str) -> bool:
        return self._frequency[stem] >= _FREQUENT * len(self._texts)

    def _or(self) -> Question | None:
        found = self._some(self._rng.randint(2, 4))
        words, terms = _apart(found)
        return Question("or", " OU ".join(words), Or(terms)) if len(terms) > 1 else None

    def _and(self) -> Question | None:
        found = self._some(self._rng.randint(2, 3))
        words, terms = _apart(found)
        return Question("and", " ET ".join(words), And(terms)) if len(terms) > 1 else None

    def _phrase(self) -> Question | None:
        pairs = _PAIR.findall(self._rng.choice(self._texts))
        if not pairs:
            return None
        words = self._rng.choice(pairs)
        stems = self._analyser.term_texts(words).stems.split()
        if GAP in stems or len(stems) != len(words.split()) or words.split()[0] in stop_words():
            return None
        return Question("phrase", f'"{words}"', Phrase(FIELD, tuple(stems)))

    def _prefix(self) -> Question | None:
        found = self._some(1)
        if not found or len(found[0][1]) < 6:
            return None
        start = found[0][1][: self._rng.randint(4, 5)]
        return Question("prefix", f"{start}*", Prefix(FIELD, start))

    def _fuzzy(self) -> Question | None:
        found = self._some(1)
        if not found or len(found[0][1]) < 6:
            return None
        word, stem = found[0]
        at = self._rng.randrange(1, 4)
        word, stem = (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for text in (word, stem))
        return Question("fuzzy", f"{word}~", Fuzzy(FIELD, stem, 1 if len(stem) < 8 else 2))

    def _dates(self) -> Question | None:
        found = self._some(1)
        if not found:
            return None
        return Question("dates", found[0][0], Term(FIELD, found[0][1]), *self._period())

    def _period(self) -> tuple[date, date]:
        first, last = sorted(self._rng.choice(self._days) for _ in range(2))
        return first, last

    def _some(self, count: int) -> list[tuple[str, str]]:
        """Return words of one article with their stems; fewer where some are no single term."""
        words = sorted(set(_WORD.findall(self._rng.choice(self._texts))))
        chosen = self._rng.sample(words, min(count, len(words)))
        return [(word, stem) for word in chosen if (stem := self._stem(word))]

    def _stem(self, word: str) -> str | None:
        """Return the stem of a word that a search takes as this one stem and nothing else."""
        if word in stop_words():
            return None
        stems = self._analyser.term_texts(word).stems.split()
        query = compile_query(parse(word, self._analyser).wanted)
        asked = {term.text for term in _terms(query) if term.field == FIELD}
        return stems[0] if len(stems) == 1 and asked == set(stems) else None


def _apart(found: list[tuple[str, str]]) -> tuple[list[str], tuple[Term, ...]]:
    by_stem = {stem: word for word, stem in found}
    return list(by_stem.values()), tuple(Term(FIELD, stem) for stem in by_stem)


def _terms(query: object) -> Iterator[Term]:
    """Yield the terms anywhere in a tree."""
    if isinstance(query, Term):
        yield query
    elif isinstance(query, tuple):
        for part in query:
            yield from _terms(part)
    elif is_dataclass(query):
        for field in fields(query):
            yield from _terms(getattr(query, field.name))
