"""Rows of a shared build: what an index takes of an article beside its entry, as JSON and back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.article import Article
from indexer.engine import Entry
from indexer.entries import article_of
from indexer.errors import ReadError
from indexer.preparing import Prepared
from indexer.signature import Signature
from indexer.skipped import Skipped

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent(Prepared):
    """Hold an article whose entry is in the index already; `fetch` gets it back where it is asked for."""

    fetch: Callable[[str], bytes] = field(kw_only=True)

    @property
    def article(self) -> Article:
        """Return the article as it was read."""
        return replace(article_of(self.fetch(self.id)), persons=self.given, origin=self.origin)


def to_row(item: Prepared | ReadError | Skipped) -> Json:
    """Return what there is to say of an article, a broken file or what was passed over."""
    match item:
        case ReadError():
            return {"broken": [item.path, item.reason, item.position]}
        case Skipped():
            return {"skipped": [item.path, item.reason, item.count, item.position]}
        case Prepared():
            assert item.entry is not None
            row: Json = {
                "id": item.id,
                "digest": item.digest.hex(),
                "title": item.title_key,
                "labels": {field: dict(labels) for field, labels in item.labels.items()},
                "given": item.given,
                "origin": item.origin,
                "warnings": item.warnings,
                "found": item.found,
                "published": item.entry.published,
                "day": item.entry.day,
            }
            if sign := item.signature:
                blobs = [b64encode(blob).decode() for blob in (sign.bands, sign.lows)]
                row["signature"] = [sign.url, sign.body, *blobs]
            return row


def from_row(row: Json, fetch: Callable[[str], bytes]) -> Prepared | ReadError | Skipped:
    """Return what a row says."""
    if broken := row.get("broken"):
        return ReadError(*broken)
    if skipped := row.get("skipped"):
        return Skipped(*skipped)
    signature = None
    if sign := row.get("signature"):
        signature = Signature(sign[0], sign[1], b64decode(sign[2]), b64decode(sign[3]))
    return Sent(
        id=row["id"],
        digest=bytes.fromhex(row["digest"]),
        title_key=row["title"],
        labels=row["labels"],
        entry=Entry(row["id"], {}, {}, row["published"], row["day"]),
        given=tuple(row["given"]),
        origin=(row["origin"][0], row["origin"][1]),
        warnings=tuple(row["warnings"]),
        found=None if row["found"] is None else tuple(row["found"]),
        signature=signature,
        fetch=fetch,
    )
