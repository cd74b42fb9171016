"""The last step of every reader: texts in one Unicode form, without characters that are no text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from typing import Any

from indexer.article import Article

_NAMES = tuple(field.name for field in fields(Article))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))


def clean(article: Article) -> Article:
    """Return the article in NFC, without control characters and halves of surrogate pairs.

    Raises ValueError where nothing is left of its id or title.
    """
    changed: dict[str, Any] = {}
    removed = False
    for name in _NAMES:
        value = getattr(article, name)
        if isinstance(value, str):
            suspect = _is_suspect(value)
            fresh: Any = _text(value, suspect)
            removed = removed or suspect
        elif isinstance(value, tuple):
            suspects = list(map(_is_suspect, value))
            fresh = tuple(filter(None, map(_text, value, suspects)))
            removed = removed or any(suspects)
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


def _text(text: str, suspect: bool) -> str:
    if suspect:
        text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def _is_suspect(text: str) -> bool:
    """Tell whether a text has characters that are no text."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    # Ten times faster than a search.
    return len(data.translate(None, _CONTROL_BYTES)) < len(data)
