"""Rows of tables and of JSON → articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from indexer.article import Article
from indexer.dates import parse_date
from indexer.readers.columns import LISTS, field_of
from indexer.readers.conventions import Conventions
from indexer.readers.jsonld import text_of, texts_of
from indexer.readers.ninjs import is_ninjs, ninjs_article
from indexer.readers.tags import split_tags

_HOLDERS = ("articles", "items", "documents", "results", "data")
"""The keys under which exports hold their articles."""


def article_of_row(
    row: Mapping[str, Any],
    id: str,
    conventions: Conventions,
    warning: str = "",
    origin: tuple[str, str] = ("", ""),
) -> Article:
    """Return the article of a row; one without `id` has its address, else the id given.

    A row in the form of ninjs is read as such. A date that is none is left out and said in the warnings,
    as are columns that mean nothing. Raises ValueError where a row is no article.
    """
    if "$schema" in row:
        raise ValueError("a JSON schema")
    if is_ninjs(row):
        article = replace(ninjs_article(row, id, conventions.zone), origin=origin)
    else:
        article = _article(row, id, conventions, origin)
    return replace(article, warnings=(*article.warnings, warning)) if warning else article


def held_rows(row: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return the rows that an object holds, as the answers of APIs do; None where it is a row itself."""
    if row.get("title") or "uri" in row:
        return None
    return next((row[key] for key in _HOLDERS if _are_rows(row.get(key))), None)


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def address_id(url: object) -> str:
    """Return an address as an id: without its scheme and its fragment; empty where it is none."""
    if not isinstance(url, str):
        return ""
    return re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.strip(), flags=re.IGNORECASE).partition("#")[0]


def _article(row: Mapping[str, Any], id: str, conventions: Conventions, origin: tuple[str, str]) -> Article:
    values: dict[str, Any] = {}
    unread: list[str] = []
    for header, value in row.items():
        name = field_of(header, conventions.columns)
        if value is None or name == "":
            continue
        if name is None:
            values[header] = value  # named in the warnings by Article.from_dict
        elif name not in values or header == name:
            values[name] = _plain(name, value)
    if isinstance(stated := values.get("published"), str | int | float):
        values["published"] = parse_date(str(stated), conventions.zone)
        if values["published"] is None and str(stated).strip():
            unread.append(f"published: {str(stated).strip()!r} is not a date")
    if values.get("id") in (None, ""):
        values["id"] = address_id(values.get("url")) or id
    article = Article.from_dict(values, origin)
    return replace(article, warnings=(*article.warnings, *unread)) if unread else article


def _plain(name: str, value: Any) -> Any:
    """Return a value without the objects that exports of other tools put around names."""
    if name in LISTS:
        if isinstance(value, str):
            return list(split_tags(value.replace("|", ",") if "," not in value else value))
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return texts_of(value)
        return value
    if isinstance(value, dict):
        return text_of(value)
    if name == "author" and isinstance(value, list):
        return ", ".join(texts_of(value)) if any(isinstance(item, dict) for item in value) else value
    return value
