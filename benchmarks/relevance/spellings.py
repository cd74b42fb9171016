"""Other spellings of a query: without its accents, and with one slip of the keyboard."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.relevance.sets import Query
from indexer.french import fold

_WORD = re.compile(r"[^\W\d_]{5,}")


def respelled(queries: Sequence[Query], spelling: str) -> list[Query]:
    """Return the queries that this spelling (`accentless` or `typo`) changes, changed, with their ids."""
    change = SPELLINGS[spelling]
    changed = (replace(query, text=change(query)) for query in queries)
    return [new for new, old in zip(changed, queries, strict=True) if new.text != old.text]


def accentless(query: Query) -> str:
    """Return the words without accents, capitals as they were."""
    return "".join(
        new.upper() if letter.isupper() and len(new) == 1 else new
        for letter in query.text
        for new in [fold(letter) if letter.isalpha() else letter]
    )


def typo(query: Query) -> str:
    """Return the text with a letter swapped, dropped, doubled or replaced in a word of at least five letters.

    The same id and text give the same typo. The first letter stays, as it does in nearly all typos.
    """
    chance = random.Random(f"{query.id} {query.text}")
    words = list(_WORD.finditer(query.text))
    if not words:
        return query.text
    word = chance.choice(words)
    return query.text[: word.start()] + _slip(word[0], chance) + query.text[word.end() :]


SPELLINGS: dict[str, Callable[[Query], str]] = {"accentless": accentless, "typo": typo}


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    match chance.choice(("swap", "drop", "double", "replace")):
        case "swap" if letter != after[0]:
            return before + after[0] + letter + after[1:]
        case "double":
            return before + letter + letter + after
        case "replace":
            other = [new for new in string.ascii_lowercase if new != letter.lower()]
            return before + chance.choice(other) + after
        case _:
            return before + after
