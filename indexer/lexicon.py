"""The lexicon: the words of an index and how many articles have them, for corrections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.engine import Engine
from indexer.french import is_french

NAME = "lexicon.txt"
SHORTEST = 4
LEAST = 2
"""Words of one article alone are more often misspelt than not, unless they are in the dictionary."""

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Hold a word of the index that is spelt nearly like another."""

    form: str
    distance: int
    articles: int


class Nearness(Protocol):
    """Find words that are spelt nearly like one that was typed."""

    def near(self, form: str, edits: int, least: int) -> list[Neighbour]:
        """Return words that few edits lead to and that enough articles have, the best first."""


class Lexicon:
    """Find the words of an index that are spelt nearly like one that was typed."""

    def __init__(self, words: dict[str, int]) -> None:
        groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in words:
            groups[word[0], len(word)].append(word)
        self._groups = dict(groups)
        self._words = words

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read the lexicon of a generation."""
        lines = folder.joinpath(NAME).read_text(encoding="utf-8").splitlines()
        pairs = (line.split(" ") for line in lines)
        return cls({word: int(articles) for word, articles in pairs})

    def near(self, form: str, edits: int, least: int) -> list[Neighbour]:
        """Return the words with the same first letter at most `edits` changes away, the best first.

        Only words of at least `least` articles; near ones come before frequent ones.
        """
        found = []
        for length in range(len(form) - edits, len(form) + edits + 1):
            group = self._groups.get((form[0], length), [])
            # The scorer stops as soon as a word is too far: 0.1 ms for 3,000 words.
            for word, distance, _ in process.extract_iter(
                form, group, scorer=OSA.distance, processor=None, score_cutoff=edits
            ):
                if distance > 0 and self._words[word] >= least:
                    found.append(Neighbour(word, int(distance), self._words[word]))
        return sorted(found, key=lambda near: (near.distance, -near.articles, near.form))


class VisibleLexicon:
    """Be the lexicon of the articles that an engine has, which are some of those of another lexicon."""

    def __init__(self, whole: Nearness, engine: Engine) -> None:
        self._whole = whole
        self._engine = engine

    def near(self, form: str, edits: int, least: int) -> list[Neighbour]:
        """Return the words with the same first letter at most `edits` changes away, the best first."""
        found = self._whole.near(form, edits, least)
        counts = self._engine.frequencies("exact", [near.form for near in found])
        seen = (Neighbour(near.form, near.distance, counts[near.form]) for near in found)
        kept = [near for near in seen if near.articles >= max(least, 1)]
        return sorted(kept, key=lambda near: (near.distance, -near.articles, near.form))


def write_lexicon(engine: Engine, folder: Path) -> None:
    """Write the words of an index with their number of articles, the most frequent first.

    Of the words of one article alone those of the French dictionary: they can be offered, not taken at once.
    """
    forms = [form for form in engine.complete("exact", "", _MOST) if len(form) >= SHORTEST and form.isalpha()]
    articles = engine.frequencies("exact", forms)
    with folder.joinpath(NAME).open("w", encoding="utf-8") as out:
        for form in forms:
            if articles[form] >= LEAST or is_french(form):
                out.write(f"{form} {articles[form]}\n")
