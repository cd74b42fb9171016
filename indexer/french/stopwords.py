"""Stop words: kept in the index, left out of a search unless nothing else is left."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the folded words that a search outside quotes leaves out."""
    text = files("indexer.french").joinpath("stopwords.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() for word in line.partition("#")[0].split())
