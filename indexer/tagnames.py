"""The names of tags: which are the same, and what they name, from a file that the operator edits.

    [[tag]]
    name = "Gilets jaunes"
    type = "event"                       # person, place, organisation or event; may be left out
    aliases = ["Mouvement des gilets jaunes", "GJ"]

Case, accents, apostrophes, hyphens and spaces make no difference, with or without the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.errors import SettingsError
from indexer.french import fold_key

TYPES = ("person", "place", "organisation", "event")
"""What a tag may name."""


@dataclass(frozen=True, slots=True)
class TagNames:
    """Hold the aliases and types of tags, by their keys (`fold_key`)."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """Key of an alias, or of a tag of the file → the tag as the file spells it."""

    types: Mapping[str, str] = field(default_factory=dict)
    """Key of a tag → its type."""

    @classmethod
    def load(cls, path: Path | None) -> TagNames:
        """Read a file of tags; nothing is known where none is named.

        Raises SettingsError with the file and the number of the tag for what cannot be read.
        """
        if path is None:
            return cls()
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: the tags cannot be read ({error})") from error
        if unknown := sorted(rows.keys() - {"tag"}):
            raise SettingsError(f"{path}: {unknown[0]}: there is only [[tag]]")
        aliases: dict[str, str] = {}
        types: dict[str, str] = {}
        listed = rows.get("tag", [])
        if not isinstance(listed, list):
            raise SettingsError(f"{path}: tag: write [[tag]] above each")
        for number, row in enumerate(listed, 1):
            where = f"{path}: tag {number}"
            name, kind, others = _row(row, where)
            for spelling in (name, *others):
                key = fold_key(spelling)
                if aliases.setdefault(key, name) != name:
                    raise SettingsError(f"{where}: {spelling!r} is a name of {aliases[key]!r}, too")
            if kind:
                types[fold_key(name)] = kind
        return cls(aliases, types)

    def renamed(self, article: Article) -> Article:
        """Return the article with aliases replaced, and each tag once."""
        names: dict[str, str] = {}
        for tag in article.tags:
            name = self.aliases.get(fold_key(tag), tag)
            names.setdefault(fold_key(name), name)
        names.pop("", None)
        tags = tuple(names.values())
        return article if tags == article.tags else replace(article, tags=tags)

    def types_of(self, article: Article) -> str:
        """Return what the file says of an article's tags: where that changes, its persons may."""
        if not self.types:
            return ""
        keys = sorted(map(fold_key, (*article.tags, *article.persons)))
        return " ".join(f"{key}={self.types[key]}" for key in keys if key in self.types)

    def persons(self, article: Article, found: Iterable[str]) -> tuple[str, ...]:
        """Return the persons of an article: those found, corrected by what the file says of its tags."""
        if not self.types:
            return tuple(found)
        persons = {
            fold_key(name): name for name in found if self.types.get(fold_key(name), "person") == "person"
        }
        for tag in article.tags:
            if self.types.get(fold_key(tag)) == "person":
                persons.setdefault(fold_key(tag), tag)
        return tuple(persons.values())


def _row(row: Any, where: str) -> tuple[str, str, list[str]]:
    if not isinstance(row, dict):
        raise SettingsError(f"{where}: write [[tag]] above each")
    if unknown := sorted(row.keys() - {"name", "type", "aliases"}):
        raise SettingsError(f"{where}: {unknown[0]}: there are only name, type and aliases")
    name, kind, aliases = row.get("name"), row.get("type", ""), row.get("aliases", [])
    if not isinstance(name, str) or not fold_key(name):
        raise SettingsError(f"{where}: name: a text expected")
    if kind and kind not in TYPES:
        raise SettingsError(f"{where}: type: {kind!r} is none of {', '.join(TYPES)}")
    if not isinstance(aliases, list) or not all(isinstance(item, str) and fold_key(item) for item in aliases):
        raise SettingsError(f"{where}: aliases: a list of texts expected")
    return name.strip(), kind, aliases
