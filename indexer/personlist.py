"""The persons of an index, for the operator: what was joined and why, and what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.catalogue import Catalogue, Label
from indexer.engine import Engine
from indexer.persons import KnownPersons, find_near
from indexer.query import Or, Phrase, Search

_ARTICLES = ("le", "la", "les", "au", "du", "des")
_THING_SHARE = 0.2
"""The share of a name's articles that put « le », « du » … before it, above which it may be a thing."""

_MOST_ASKED = 500
"""Names that are looked for as things: each costs a search."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Hold another spelling of a person, how many articles have it, and the rule that joined it."""

    name: str
    count: int
    rule: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Hold a person of the facet, the number of its articles, and the other spellings."""

    name: str
    count: int
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold names that want a look: their counts, why, and the lines for the file of known persons.

    `join` makes one person of them, `apart` two; `never` makes none of the first. Each may be empty.
    """

    names: tuple[tuple[str, int], ...]
    reason: str
    join: str = ""
    apart: str = ""
    never: str = ""


def list_persons(catalogue: Catalogue, limit: int) -> tuple[ListedPerson, ...]:
    """Return the most frequent persons."""
    spelled = {named.key: named for named in catalogue.spelled()}
    spellings: dict[str, list[Spelling]] = defaultdict(list)
    for key, join in catalogue.joins().items():
        if key in spelled:
            spellings[join.main].append(Spelling(spelled[key].label, spelled[key].count, join.rule))
    return tuple(
        ListedPerson(
            label.label,
            label.count,
            tuple(sorted(spellings[label.key], key=lambda spelling: (-spelling.count, spelling.name))),
        )
        for label in catalogue.persons(limit)
    )


def list_doubts(catalogue: Catalogue, engine: Engine, known: KnownPersons, limit: int) -> tuple[Doubt, ...]:
    """Return what wants a look, that of the most frequent names first."""
    doubts = [*_near(catalogue, known), *_mononyms(catalogue), *_things(catalogue, engine)]
    return tuple(sorted(doubts, key=lambda doubt: -max(count for _, count in doubt.names))[:limit])


def _near(catalogue: Catalogue, known: KnownPersons) -> Iterator[Doubt]:
    for pair in find_near(catalogue.spelled(), known):
        one, other = pair.one.label, pair.other.label
        names = ((other, pair.other.count), (one, pair.one.count))
        join = f"[[person]]\nname = {_quoted(other)}\naliases = [{_quoted(one)}]"
        yield Doubt(names, pair.reason, join=join, apart=f"apart = [[{_quoted(other)}, {_quoted(one)}]]")


def _mononyms(catalogue: Catalogue) -> Iterator[Doubt]:
    for label in catalogue.persons(-1):
        if " " not in label.key and label.count > 1:
            yield _never(label, "one word only")


def _things(catalogue: Catalogue, engine: Engine) -> Iterator[Doubt]:
    """Yield names that articles often put an article before, as before a place or a ship."""
    for label in catalogue.persons(_MOST_ASKED):
        words = tuple(label.key.split())
        if len(words) < 2 or label.label[0].islower():
            continue
        query = Or(tuple(Phrase("exact", (article, *words)) for article in _ARTICLES))
        found = engine.search(Search(query, limit=0)).total
        if found > _THING_SHARE * label.count:
            yield _never(label, f"« le » or « du » stands before it in {found} of {label.count} articles")


def _never(label: Label, reason: str) -> Doubt:
    return Doubt(((label.label, label.count),), reason, never=f"never = [{_quoted(label.label)}]")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
