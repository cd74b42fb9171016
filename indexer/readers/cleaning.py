"""The last step of every reader: texts in one Unicode form, wrong letters mended, odd dates said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from indexer.article import Article
from indexer.readers.mojibake import is_suspect, repair

_NAMES = tuple(field.name for field in fields(Article) if field.compare)
_NAMES_OF_THINGS = frozenset({"id", "url", "warnings"})
_TOMORROW = timedelta(days=1)
"""News is stamped in zones ahead of ours."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))


def clean(article: Article) -> Article:
    """Return the article in NFC, its letters mended, without control characters and halves of pairs.

    What was mended or removed and a date that cannot be are said in its warnings. Raises ValueError where
    nothing is left of its id or title.
    """
    if _is_clean(article):
        return article
    changed: dict[str, Any] = {}
    warnings = list(_date_warnings(article.published))
    mended: list[str] = []
    removed = False
    for name in _NAMES:
        value = getattr(article, name)
        if not isinstance(value, str | tuple):
            continue
        texts = (value,) if isinstance(value, str) else value
        meant = texts if name in _NAMES_OF_THINGS else tuple(map(repair, texts))
        suspects = list(map(_has_controls, meant))
        fresh = tuple(map(_text, meant, suspects))
        mended += [name] if meant != texts else []
        removed = removed or any(suspects)
        if fresh != texts:
            changed[name] = fresh[0] if isinstance(value, str) else tuple(filter(None, fresh))
    if mended:
        warnings.append(f"letters that had been decoded wrongly were mended: {', '.join(mended)}")
    if removed:
        warnings.append("control characters removed")
    if not changed and not warnings:
        return article
    if warnings:
        changed["warnings"] = (*changed.get("warnings", article.warnings), *warnings)
    cleaned = replace(article, **changed)
    if not cleaned.title:
        raise ValueError("no title")
    return cleaned


def _is_clean(article: Article) -> bool:
    """Tell whether nothing is to be done: one look at all texts together takes half as long."""
    texts: list[str] = []
    for name in _NAMES:
        value = getattr(article, name)
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            texts += value
    if [text.strip() for text in texts] != texts or not article.title:
        return False
    whole = "\n".join(texts)
    return not (
        _has_controls(whole)
        or is_suspect(whole)
        or not unicodedata.is_normalized("NFC", whole)
        or any(_date_warnings(article.published))
        or not all(article.tags + article.persons + article.read_also)
    )


def _date_warnings(published: datetime | None) -> Iterator[str]:
    if published is not None and published > datetime.now(UTC) + _TOMORROW:
        yield f"published lies in the future: {published.isoformat()}"


def _text(text: str, suspect: bool) -> str:
    if suspect:
        text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def _has_controls(text: str) -> bool:
    """Tell whether a text has characters that are no text."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    # Ten times faster than a search.
    return len(data.translate(None, _CONTROL_BYTES)) < len(data)
