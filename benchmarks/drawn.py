"""Searches drawn from the articles of an index: what readers type, in the words of the corpus itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from indexer import Article, Index, Results

_SEED = 34
_LEAST = 4
"""Letters of a word that is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold one search: its words and the values chosen."""

    words: str = ""
    tags: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    month: str = ""

    def ask(self, index: Index) -> Results:
        """Return what an index answers."""
        words = f"{self.words} date:{self.month}" if self.month else self.words
        return index.search(words, tags=self.tags, persons=self.persons)


def draw(index: Index, number: int) -> list[Drawn]:
    """Return different searches, the same ones for the same index.

    Of twenty: eight have two or three words of a title, three have one word, two a quotation, one a
    beginning, one a slip of the keyboard; three choose a tag, a person or a month beside two words, two
    have no words but a tag or a person.
    """
    rng = random.Random(_SEED)
    with index._current() as snapshot:  # noqa: SLF001 - a benchmark looks inside
        ids = snapshot.catalogue.sample(20 * number)
    rng.shuffle(ids)
    drawn: dict[Drawn, None] = {}
    for id in ids:
        article = index.article(id)
        if article and (search := _WAYS[len(drawn) % len(_WAYS)](article, rng)):
            drawn[search] = None
        if len(drawn) == number:
            break
    return list(drawn)


def _several(article: Article, rng: random.Random) -> Drawn | None:
    words = _words(article.title)
    count = rng.choice((2, 2, 3))
    if len(words) < count:
        return None
    first = rng.randrange(len(words) - count + 1)
    return Drawn(" ".join(words[first : first + count]))


def _one(article: Article, rng: random.Random) -> Drawn | None:
    words = _words(article.title)
    return Drawn(rng.choice(words)) if words else None


def _quotation(article: Article, rng: random.Random) -> Drawn | None:
    words = article.title.replace('"', " ").split()
    if len(words) < 3:
        return None
    first = rng.randrange(len(words) - 2)
    return Drawn(f'"{" ".join(words[first : first + 3])}"')


def _beginning(article: Article, rng: random.Random) -> Drawn | None:
    word = _one(article, rng)
    return Drawn(f"{word.words[:5]}*") if word else None


def _slip(article: Article, rng: random.Random) -> Drawn | None:
    words = [word for word in _words(article.title) if len(word) > 6]
    if len(words) < 2:
        return None
    at = rng.randrange(1, len(words[0]) - 1)
    slipped = words[0][:at] + words[0][at + 1] + words[0][at] + words[0][at + 2 :]
    return Drawn(f"{slipped} {words[1]}")


def _with_tag(article: Article, rng: random.Random) -> Drawn | None:
    search = _several(article, rng)
    return Drawn(search.words, tags=article.tags[:1]) if search and article.tags else None


def _with_person(article: Article, rng: random.Random) -> Drawn | None:
    search = _several(article, rng)
    return Drawn(search.words, persons=article.persons[:1]) if search and article.persons else None


def _with_month(article: Article, rng: random.Random) -> Drawn | None:
    search = _several(article, rng)
    return Drawn(search.words, month=f"{article.published:%Y-%m}") if search and article.published else None


def _tag(article: Article, rng: random.Random) -> Drawn | None:
    return Drawn(tags=(rng.choice(article.tags),)) if article.tags else None


def _person(article: Article, rng: random.Random) -> Drawn | None:
    return Drawn(persons=(rng.choice(article.persons),)) if article.persons else None


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word.isalpha() and len(word) >= _LEAST]


_WAYS: tuple[Callable[[Article, random.Random], Drawn | None], ...] = (
    *[_several] * 4,
    _one,
    _quotation,
    _with_tag,
    _several,
    _beginning,
    _tag,
    *[_several] * 2,
    _one,
    _with_person,
    _slip,
    _quotation,
    _several,
    _one,
    _with_month,
    _person,
)
