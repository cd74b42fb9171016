"""The persons of an index as text for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from indexer.personlist import Doubt, ListedPerson


def persons_text(persons: Sequence[ListedPerson]) -> str:
    """Return a line a person, and one for each spelling that was joined."""
    lines = []
    for person in persons:
        lines.append(f"{person.count:>7,}  {person.name}")
        lines += [f"{'':>11}= {other.name} ({other.count:,}; {other.rule})" for other in person.spellings]
    return "\n".join(lines)


def persons_rows(persons: Sequence[ListedPerson]) -> list[dict[str, Any]]:
    """Return the objects that `index persons --json` prints."""
    return [
        {
            "name": person.name,
            "count": person.count,
            "spellings": [
                {"name": other.name, "count": other.count, "rule": other.rule} for other in person.spellings
            ],
        }
        for person in persons
    ]


def doubts_text(doubts: Sequence[Doubt]) -> str:
    """Return what is doubtful as a file of known persons would have it, each line to be kept or not."""
    return "\n\n".join("\n".join(_lines(doubt)) for doubt in doubts)


def doubts_rows(doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """Return the objects that `index persons --doubtful --json` prints."""
    return [
        {
            "names": [{"name": name, "count": count} for name, count in doubt.names],
            "reason": doubt.reason,
            "join": doubt.join,
            "apart": doubt.apart,
            "never": doubt.never,
        }
        for doubt in doubts
    ]


def _lines(doubt: Doubt) -> Iterator[str]:
    names = " / ".join(f"{name} ({count:,})" for name, count in doubt.names)
    yield f"# {names}: {doubt.reason}"
    yield from filter(None, (doubt.join, doubt.apart and f"# or: {doubt.apart}", doubt.never))
