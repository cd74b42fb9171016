"""Synonyms: other words for what a reader typed, from a file that the operator edits."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.french import Analyser, Token, fold, stop_words

WEIGHT = 0.5
"""The weight of a group that names none: what other words count beside those that were typed."""

DEFAULT_FILE = "synonyms.toml"
"""The file of the package that is read where no other is named."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Hold other words: as written in the file, all their tokens in order, their weight (0 to 1).

    `named` says that all of them, small words apart, are written with a capital: they are to be found as
    they are (`OMS`, whose stem is that of OM; Martinique, whose stem is that of Martin), others in all
    their inflections.
    """

    text: str
    tokens: tuple[Token, ...]
    weight: float
    named: bool

    @property
    def terms(self) -> tuple[str, ...]:
        """Return what to search: the exact forms of names, the stems of other words; several are a phrase."""
        return tuple(token.exact if self.named else token.stem for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what the file says of some words: how many tokens they are, and the alternatives, best first."""

    length: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Find the synonyms of words."""

    _entries: dict[str, tuple[tuple[_Key, Entry], ...]]
    """By the first part of the key; the longest keys come first."""

    @classmethod
    def load(cls, path: Path | None, analyser: Analyser) -> Synonyms:
        """Read a file of synonyms, that of the package where none is named.

        Raises SettingsError with the file and the group for what cannot be read.
        """
        where = str(path) if path else DEFAULT_FILE
        found: dict[_Key, list[Alternative]] = {}
        reader = _Reader(analyser, where)
        for number, row in enumerate(_rows(path, where), 1):
            reader.add(number, row, found)
        entries: dict[str, list[tuple[_Key, Entry]]] = {}
        for key in sorted(found, key=_precedence):
            if alternatives := _useful(key, found[key]):
                entries.setdefault(key[0][0], []).append((key, Entry(len(key), alternatives)))
        return cls({first: tuple(keys) for first, keys in entries.items()})

    def find(self, tokens: Sequence[Token], at: int) -> Entry | None:
        """Return the entry of the longest words that begin at a place in a search, or None.

        The tokens are those of a search's words in order, stop words left out but inside compounds
        (« sans-papiers »). Names are found as they are written only: « Martin » is not « Martinique »,
        which has the same stem.
        """
        for key, entry in self._entries.get(tokens[at].stem, ()):
            part = tokens[at : at + len(key)]
            if len(part) == len(key) and all(
                token.stem == stem and form in ("", token.exact)
                for token, (stem, form) in zip(part, key, strict=True)
            ):
                return entry
        return None

    def __bool__(self) -> bool:
        return bool(self._entries)

    def __len__(self) -> int:
        """Return how many words have synonyms."""
        return sum(map(len, self._entries.values()))


_Key = tuple[tuple[str, str], ...]
"""Of each word the stem and, for one with a capital, its exact form; else the empty text."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Hold some words of a group: as written, analysed, and the key by which they are found."""

    text: str
    tokens: tuple[Token, ...]
    key: _Key


@dataclass(frozen=True, slots=True)
class _Reader:
    """Read groups; whatever is wrong with one is said with its file, its number and its first words."""

    analyser: Analyser
    where: str

    def add(self, number: int, row: object, found: dict[_Key, list[Alternative]]) -> None:
        """Add what a group says to what was found before it."""
        if not isinstance(row, dict):
            raise self._wrong(number, {}, "a group is a table: [[group]]")
        if unknown := sorted(set(row) - {"words", "from", "to", "weight"}):
            raise self._wrong(number, row, f"{unknown[0]}: there are only words, from, to, weight")
        if ("words" in row) == ("from" in row or "to" in row):
            raise self._wrong(number, row, "a group has either words, or from and to")
        weight = self._weight(number, row)
        if "words" in row:
            sources = targets = self._words(number, row, "words", least=2)
        else:
            sources = self._words(number, row, "from", least=1)
            targets = self._words(number, row, "to", least=1)
        others = [_alternative(words, weight) for words in targets]
        for source in sources:
            found.setdefault(source.key, []).extend(others)

    def _weight(self, number: int, row: dict[str, Any]) -> float:
        weight = row.get("weight", WEIGHT)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1:
            raise self._wrong(number, row, "weight is a number above 0, 1 at most")
        return float(weight)

    def _words(self, number: int, row: dict[str, Any], name: str, *, least: int) -> list[_Words]:
        texts = row.get(name)
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._wrong(number, row, f"{name} is a list of texts")
        if len(texts) < least:
            raise self._wrong(number, row, f"{name} has at least {least} texts")
        return [self._analysed(number, row, text) for text in texts]

    def _analysed(self, number: int, row: dict[str, Any], text: str) -> _Words:
        tokens: list[Token] = []
        searched: list[Token] = []
        for chunk in self.analyser.chunks(text):
            tokens += chunk.tokens
            # As the parser does: of a compound all words count, « sans-papiers » is not « papiers ».
            if not _stops(text[chunk.start : chunk.end], chunk.tokens):
                searched += chunk.tokens
        if not searched:
            raise self._wrong(number, row, f"« {text} » has no word that a search looks for")
        key = tuple((token.stem, token.exact if text[token.start].isupper() else "") for token in searched)
        return _Words(text, tuple(tokens), key)

    def _wrong(self, number: int, row: dict[str, Any], reason: str) -> SettingsError:
        texts = row.get("words") or row.get("from")
        first = f" ({texts[0]}, …)" if isinstance(texts, list) and texts else ""
        return SettingsError(f"{self.where}: group {number}{first}: {reason}")


def _rows(path: Path | None, where: str) -> list[object]:
    try:
        text = (path or files("indexer").joinpath(DEFAULT_FILE)).read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(where, error) from error
    if unknown := sorted(set(table) - {"group"}):
        raise SettingsError(f"{where}: {unknown[0]}: the file holds [[group]] tables only")
    rows = table.get("group", [])
    if not isinstance(rows, list):
        raise SettingsError(f"{where}: group: a group begins with [[group]], in double brackets")
    return rows


def _unreadable(where: str, error: Exception) -> SettingsError:
    return SettingsError(f"{where}: the synonyms cannot be read ({error})")


def _stops(text: str, tokens: Sequence[Token]) -> bool:
    return fold(text) in stop_words() or all(token.exact in stop_words() for token in tokens)


def _alternative(words: _Words, weight: float) -> Alternative:
    return Alternative(words.text, words.tokens, weight, all(form for _, form in words.key))


def _precedence(key: _Key) -> tuple[int, int]:
    """Return what puts the longest keys first and, of those, the ones that are names."""
    return -len(key), sum(1 for _, form in key if not form)


def _useful(key: _Key, found: list[Alternative]) -> tuple[Alternative, ...]:
    """Return the alternatives, the heaviest first, without those that can find nothing more.

    « Covid-19 » has all the words of « Covid », « Organisation des Nations unies » those of « Nations
    unies »: beside these they would only count the same words twice.
    """
    kept: list[Alternative] = []
    terms: list[tuple[bool, tuple[str, ...]]] = [(False, tuple(stem for stem, _ in key))]
    for alternative in sorted(found, key=lambda other: (-other.weight, len(other.tokens))):
        exact = tuple(token.exact for token in alternative.tokens)
        stems = tuple(token.stem for token in alternative.tokens)
        if not any(_within(part, exact if named else stems) for named, part in terms):
            kept.append(alternative)
            terms.append((alternative.named, alternative.terms))
    return tuple(kept)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(part == whole[at : at + len(part)] for at, term in enumerate(whole) if term == part[0])
