"""Slips of the keyboard in a name."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.distance import distance
from indexer.persons.lexicon import given_names

SHORTEST = 6
"""Letters of a word below which a letter more or less makes another name."""

SHORTEST_REPLACED = 8
"""The same for a letter instead of another: Dupont, Dupond."""


def shortened(text: str) -> set[str]:
    """Return a text and all that have one letter less: two texts that share one differ by a slip."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def is_slip(variant: str, main: str, surnames: Mapping[str, int]) -> bool:
    """Tell whether a name is another with a letter too many, too few, moved or, in long words, replaced.

    `surnames` counts the names that end in a word: one that others bear as well is no slip.
    """
    ours, theirs = variant.split(), main.split()
    if len(ours) != len(theirs):
        return False
    odd = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    if len(odd) != 1:
        return False
    one, other = odd[0]
    if one in given_names() or surnames[one] > (one == ours[-1]) or one[0] != other[0]:
        return False
    if sorted(one) == sorted(other):
        return len(other) >= SHORTEST and not shortened(one).isdisjoint(shortened(other))
    return distance(one, other, 1) == 1 and len(other) >= (
        SHORTEST_REPLACED if len(one) == len(other) else SHORTEST
    )
