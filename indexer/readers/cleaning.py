"""The last step of every reader: texts in one Unicode form, without characters that are no text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from indexer.article import Article

_NAMES = tuple(field.name for field in fields(Article) if field.compare)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SUSPECT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(article: Article) -> Article:
    """Return the article in NFC, without control characters and halves of surrogate pairs.

    Raises ValueError where nothing is left of its id or title.
    """
    changed: dict[str, Any] = {}
    removed = False
    for name in _NAMES:
        value = getattr(article, name)
        if isinstance(value, str):
            fresh: Any = _text(value)
            removed = removed or _SUSPECT.search(value) is not None
        elif isinstance(value, tuple):
            fresh = tuple(filter(None, map(_text, value)))
            removed = removed or any(_SUSPECT.search(item) for item in value)
        else:
            continue
        if fresh != value:
            changed[name] = fresh
    if not changed:
        return article
    if removed:
        changed["warnings"] = (*changed.get("warnings", article.warnings), "control characters removed")
    cleaned = replace(article, **changed)
    if not cleaned.title:
        raise ValueError("no title")
    return cleaned


def _text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text).strip()
