"""The tags of an index: how many articles each has, what it names, and which may be the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.catalogue import Catalogue, Label
from indexer.french import Analyser
from indexer.tagnames import TagNames

_LONG = 8
"""Tags of fewer letters that differ by one are other words: « Mali » and « Bali »."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Hold a tag with the number of its articles; `type` is empty where it is not known.

    `like` has tags that may be the same, each with the reason, those with more articles first.
    """

    name: str
    count: int
    type: str
    like: tuple[tuple[str, str], ...] = ()


def list_tags(catalogue: Catalogue, names: TagNames, analyser: Analyser) -> list[Tag]:
    """Return all tags, the most frequent first.

    A tag without a type in the file is a person where the index has a person of that name.
    """
    labels = catalogue.labels("tag")
    like = _alike(labels, analyser)
    return [
        Tag(
            name=label.label,
            count=label.count,
            type=names.types.get(label.key) or ("person" if catalogue.label("person", label.key) else ""),
            like=tuple((labels[at].label, reason) for at, reason in sorted(like[number].items())),
        )
        for number, label in enumerate(labels)
    ]


def _alike(labels: Sequence[Label], analyser: Analyser) -> dict[int, dict[int, str]]:
    """Return for each tag the others that may be the same, by their places in the list."""
    by_form: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        for reason, form in _forms(label.key, analyser):
            by_form[reason, form].append(number)
    like: dict[int, dict[int, str]] = defaultdict(dict)
    for (reason, _), numbers in by_form.items():
        for one in numbers:
            for other in numbers:
                if one != other:
                    like[one].setdefault(other, reason)
    return like


def _forms(key: str, analyser: Analyser) -> Iterator[tuple[str, str]]:
    """Yield what two tags have in common where they may be the same, the surest sign first."""
    squeezed = key.replace(" ", "")
    yield "spaces", squeezed
    stems = sorted(stem for stem in analyser.terms(key).stems if stem)
    if stems:
        yield "inflection or order", " ".join(stems)
    bare = re.sub(r"\s*\([^()]*\)", "", key).strip()
    if bare:
        yield "parentheses", bare
    if len(squeezed) >= _LONG and not re.search(r"\d", squeezed):
        yield "one letter", squeezed
        for at in range(1, len(squeezed)):
            yield "one letter", squeezed[:at] + squeezed[at + 1 :]
