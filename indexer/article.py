"""The article: what every reader makes, what the index stores and what the pages show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from indexer.dates import parse_date

ALIASES = {"date": "published", "text": "body", "related": "read_also", "lang": "language"}
"""Keys that are read as others: the names that exports of other tools use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Hold one news article; texts are plain, paragraphs of `body` parted by a blank line.

    `published` has a zone, or is None where no date is known. A time of exactly midnight means that
    only the day is known. `warnings` says what a reader was not sure of. `origin` is the file that it was
    read from and the place in it: it is neither stored nor compared.
    """

    id: str
    title: str
    lede: str = ""
    body: str = ""
    published: datetime | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    author: str = ""
    source: str = ""
    url: str = ""
    caption: str = ""
    credit: str = ""
    read_also: tuple[str, ...] = ()
    language: str = "fr"
    warnings: tuple[str, ...] = ()
    origin: tuple[str, str] = field(default=("", ""), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article needs an id")
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError("published needs a zone")

    @classmethod
    def from_dict(cls, row: Mapping[str, Any], origin: tuple[str, str] = ("", "")) -> Article:
        """Make an article from the keys of JSONL; keys that mean nothing are named in `warnings`.

        Raises ValueError where `id` or `title` is missing or a value has the wrong type.
        """
        values: dict[str, Any] = {}
        warnings = list(_strings(row.get("warnings"), "warnings"))
        for key, value in row.items():
            name = ALIASES.get(key, key)
            if name == "warnings" or value is None:
                continue
            if name not in _NAMES:
                warnings.append(f"unknown key: {key}")
            elif name not in values or key == name:
                values[name] = _value(name, value)
        for name in ("id", "title"):
            if not values.get(name):
                raise ValueError(f"no {name}")
        return cls(**values, warnings=tuple(warnings), origin=origin)

    @classmethod
    def from_stored(cls, row: Mapping[str, Any]) -> Article:
        """Return the article that `to_dict` made this row of; nothing is checked, which takes a third."""
        values = dict(row)
        for name in _TUPLES:
            if name in values:
                values[name] = tuple(values[name])
        if published := row.get("published"):
            values["published"] = datetime.fromisoformat(published)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """Return the keys of JSONL, those without a value left out."""
        row: dict[str, Any] = {}
        for name in _NAMES:
            if not (value := getattr(self, name)):
                continue
            if isinstance(value, str):
                row[name] = value
            else:
                row[name] = list(value) if isinstance(value, tuple) else value.isoformat()
        return row

    def with_persons(self, persons: tuple[str, ...]) -> Article:
        """Return the same article with these persons."""
        return self if persons == self.persons else replace(self, persons=persons)

    @property
    def day_only(self) -> bool:
        """Tell whether only the day of publication is known."""
        at = self.published
        return at is not None and (at.hour, at.minute, at.second) == (0, 0, 0)


_NAMES = tuple(part.name for part in fields(Article) if part.name != "origin")
_TUPLES = ("tags", "persons", "read_also", "warnings")
_LISTS = frozenset({"tags", "persons", "read_also"})


def _value(name: str, value: Any) -> Any:
    if name == "published":
        return _published(value)
    if name in _LISTS:
        return _strings(value, name)
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name == "author" and isinstance(value, list):
        return ", ".join(_strings(value, name))
    if not isinstance(value, str):
        raise ValueError(f"{name}: text expected, not {type(value).__name__}")
    return value.strip()


def _strings(value: Any, name: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        # A comma inside parentheses is of the tag: « Paris (France, Europe), Seine ».
        value = re.split(r",(?![^(),]*(?:,[^(),]*)*\))", value)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{name}: a list of texts expected")
    return tuple(item.strip() for item in value if item.strip())


def _published(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError(f"published: a date expected, not {type(value).__name__}")
    if not value.strip():
        return None
    parsed = parse_date(value)
    if parsed is None:
        raise ValueError(f"published: {value!r} is not a date")
    return parsed
