"""Sidecars: `name.meta.json` or `name.meta.toml` beside a file overrides fields of its articles.

For `page.html` both `page.html.meta.json` and `page.meta.json` are looked for, in this order. The keys
are those of JSONL; an empty value (JSON `null`) takes a field away.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from indexer.article import ALIASES, Article
from indexer.dates import PARIS, at_midnight, parse_date
from indexer.errors import ReadError
from indexer.readers.source import shown
from indexer.readers.unpacking import bare_name

_SUFFIXES = (".meta.json", ".meta.toml")
_LONGEST = 2**20


def is_sidecar(name: str) -> bool:
    """Tell whether a file of this name describes another."""
    return name.lower().endswith(_SUFFIXES)


def overrides(path: Path, zone: ZoneInfo = PARIS) -> Mapping[str, Any]:
    """Return the fields that the sidecar of a file sets, none where there is no sidecar.

    Dates without a zone are of `zone`.

    Raises ReadError where there is one that cannot be read.
    """
    bare = bare_name(path.name)
    for name in dict.fromkeys((path.name, bare, Path(bare).stem)):
        for suffix in _SUFFIXES:
            sidecar = path.with_name(name + suffix)
            if sidecar.is_file():
                return _load(sidecar, zone)
    return {}


def overridden(article: Article, fields: Mapping[str, Any]) -> Article:
    """Return the article with these fields in the place of its own.

    Raises ValueError where a value has the wrong type.
    """
    if not fields:
        return article
    return Article.from_dict({**article.to_dict(), **fields})


def _load(sidecar: Path, zone: ZoneInfo) -> Mapping[str, Any]:
    try:
        with sidecar.open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8-sig")
        values = tomllib.loads(text) if sidecar.suffix.lower() == ".toml" else json.loads(text)
    except OSError as error:
        raise ReadError(shown(sidecar), f"the sidecar cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(shown(sidecar), f"the sidecar is broken ({error})") from error
    if not isinstance(values, dict):
        raise ReadError(shown(sidecar), "the sidecar is broken (fields and values expected)")
    named = {ALIASES.get(key, key): value for key, value in values.items()}
    return {key: _published(value, zone) if key == "published" else value for key, value in named.items()}


def _published(value: Any, zone: ZoneInfo) -> Any:
    """Return a date of TOML or of text in the zone; what is none stays what it is, for the error."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return at_midnight(value, zone)
    return (isinstance(value, str) and parse_date(value, zone)) or value
