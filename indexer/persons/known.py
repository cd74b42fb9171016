"""Known persons: what an operator's file says of names – one person, never a person, two persons."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.french import fold_key

DEFAULT_FILE = "persons.toml"
"""The file of the package; an operator's file is put on top of it, or in its place."""

_KEYS = frozenset({"replace", "never", "apart", "given_names", "person"})


@dataclass(frozen=True, slots=True)
class KnownPersons:
    """Hold what is known of names, by their keys.

    `mains`: another spelling → the name that is shown. `named`: the key of each such name → the name.
    `fixed`: the keys of those that are shown as they are; of the others the most frequent spelling is.
    `never`: no persons. `apart`: pairs that no rule joins. `given`: spellings of a given name → one of them.
    """

    mains: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> KnownPersons:
        """Read a file on top of the one that ships, which it replaces where it says `replace = true`.

        Raises SettingsError with the file and the place for what cannot be read or contradicts itself.
        """
        own = _read(path) if path else None
        if own and own.replace:
            return own.known
        shipped = _read(None).known
        return shipped if own is None else _over(shipped, own.known)


@dataclass(frozen=True, slots=True)
class _File:
    known: KnownPersons
    replace: bool


def _over(under: KnownPersons, over: KnownPersons) -> KnownPersons:
    """Return both, where they disagree as `over` has it."""
    settled = over.mains.keys() | over.named.keys() | over.never
    mains = {key: name for key, name in under.mains.items() if key not in settled}
    # A name that is now another's spelling takes its own spellings along.
    mains = {key: over.mains.get(fold_key(name), name) for key, name in mains.items()} | dict(over.mains)
    mains = {key: name for key, name in mains.items() if frozenset((key, fold_key(name))) not in over.apart}
    named = {fold_key(name): name for name in mains.values()} | dict(over.named)
    joined = {frozenset((key, fold_key(name))) for key, name in mains.items()}
    return KnownPersons(
        mains,
        {key: name for key, name in (dict(under.named) | named).items() if key not in mains},
        over.fixed,
        (under.never - settled) | over.never,
        (under.apart - joined) | over.apart,
        dict(under.given) | dict(over.given),
    )


def _read(path: Path | None) -> _File:
    where = str(path) if path else DEFAULT_FILE
    try:
        source = path or files("indexer.persons").joinpath(DEFAULT_FILE)
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{where}: the persons cannot be read ({error})") from error
    if unknown := sorted(set(table) - _KEYS):
        raise SettingsError(f"{where}: {unknown[0]}: there are only {', '.join(sorted(_KEYS))}")
    replace = table.get("replace", False)
    if not isinstance(replace, bool):
        raise SettingsError(f"{where}: replace is true or false")
    return _File(_Reader(where, fixes=path is not None).known(table), replace)


@dataclass(slots=True)
class _Reader:
    """Read the tables of a file; whatever is wrong is said with its place."""

    where: str
    fixes: bool
    mains: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def known(self, table: dict[str, Any]) -> KnownPersons:
        rows = table.get("person", [])
        if not isinstance(rows, list):
            raise self._wrong("person", "a person begins with [[person]], in double brackets")
        for number, row in enumerate(rows, 1):
            self._person(f"person {number}", row)
        never = frozenset(self._keys("never", table.get("never", [])))
        pairs = [self._keys(place, row) for place, row in self._lists(table, "apart")]
        for place, keys in zip((f"apart {at}" for at in range(1, len(pairs) + 1)), pairs, strict=True):
            self._check_apart(place, keys)
        for key in sorted(never & (self.mains.keys() | self.named.keys())):
            raise self._wrong("never", f"« {key} » is a person of this file, too")
        given: dict[str, str] = {}
        for place, row in self._lists(table, "given_names"):
            keys = self._keys(place, row)
            for key in keys:
                if given.setdefault(key, keys[0]) != keys[0]:
                    raise self._wrong(place, f"« {key} » is in another list")
        apart = frozenset(frozenset((a, b)) for keys in pairs for a in keys for b in keys if a != b)
        fixed = frozenset(self.named) if self.fixes else frozenset()
        return KnownPersons(self.mains, self.named, fixed, never, apart, given)

    def _person(self, place: str, row: object) -> None:
        if not isinstance(row, dict):
            raise self._wrong(place, "a person begins with [[person]], in double brackets")
        if unknown := sorted(set(row) - {"name", "aliases"}):
            raise self._wrong(place, f"{unknown[0]}: there are only name and aliases")
        name = row.get("name")
        if not isinstance(name, str) or not fold_key(name):
            raise self._wrong(place, "name is the text that is shown")
        place, key = f"{place} ({name})", fold_key(name)
        if key in self.named:
            raise self._wrong(place, "the name is there twice")
        if key in self.mains:
            raise self._wrong(place, f"the name is an alias of « {self.mains[key]} »")
        self.named[key] = name
        for alias in self._keys(f"{place}: aliases", row.get("aliases", [])):
            if alias in self.named and alias != key:
                raise self._wrong(place, f"the alias « {alias} » is a name of this file")
            if self.mains.get(alias, name) != name:
                raise self._wrong(place, f"« {alias} » is an alias of « {self.mains[alias]} », too")
            if alias != key:
                self.mains[alias] = name

    def _check_apart(self, place: str, keys: list[str]) -> None:
        if len(set(keys)) < 2:
            raise self._wrong(place, "two different names, at least, are kept apart")
        mains = [fold_key(self.mains.get(key, key)) for key in keys]
        if len(set(mains)) < len(mains):
            raise self._wrong(place, "two of the names are one person in this file")

    def _lists(self, table: dict[str, Any], name: str) -> list[tuple[str, object]]:
        rows = table.get(name, [])
        if not isinstance(rows, list):
            raise self._wrong(name, "a list of lists expected")
        return [(f"{name} {number}", row) for number, row in enumerate(rows, 1)]

    def _keys(self, place: str, texts: object) -> list[str]:
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._wrong(place, "a list of texts expected")
        keys = [fold_key(text) for text in texts]
        if not all(keys):
            raise self._wrong(place, "a text is empty")
        return keys

    def _wrong(self, place: str, reason: str) -> SettingsError:
        return SettingsError(f"{self.where}: {place}: {reason}")
