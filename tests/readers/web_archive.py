"""Web archives made for tests: what a crawler would have written."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass, field
from hashlib import sha1

FRENCH = (
    "Les quais du port sont rouverts depuis lundi, après deux mois de travaux pour les pêcheurs et pour la "
    "ville qui les attendait. La mairie est satisfaite du résultat, et les habitants sont venus nombreux. "
)
ENGLISH = (
    "The quays of the harbour are open again since Monday, after two months of works for the fishermen and "
    "for the town, which had been waiting. The mayor is happy with what was done, and many people came. "
)


def html(title: str, text: str = FRENCH, lang: str = "", more: str = "") -> bytes:
    """Return a page with three paragraphs."""
    attribute = f' lang="{lang}"' if lang else ""
    paragraphs = "".join(f"<p>{number}. {text}</p>" for number in range(3))
    head = f"<head><title>{title}</title>{more}</head>"
    page = f"<!doctype html><html{attribute}>{head}<body><article><h1>{title}</h1>{paragraphs}</article>"
    return page.encode()


@dataclass
class Made:
    """Hold one record to write."""

    url: str
    body: bytes
    kind: str = "response"
    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    date: str = "2018-11-18T10:38:00Z"
    more: dict[str, str] = field(default_factory=dict)
    digest: str = ""

    def block(self) -> bytes:
        """Return the record, not packed."""
        block = self.body
        if self.kind in ("response", "revisit"):
            lines = "".join(f"{key}: {value}\r\n" for key, value in self.headers.items())
            block = f"HTTP/1.1 {self.status}\r\n{lines}\r\n".encode() + block
            content_type = "application/http; msgtype=response"
        else:
            content_type = self.headers.get("Content-Type", "text/plain")
        named = {
            "WARC-Type": self.kind,
            "WARC-Target-URI": self.url,
            "WARC-Date": self.date,
            "WARC-Record-ID": f"<urn:uuid:{sha1(self.url.encode()).hexdigest()}>",
            "WARC-Payload-Digest": self.digest or f"sha1:{sha1(self.body).hexdigest()}",
            "Content-Type": content_type,
            "Content-Length": str(len(block)),
            **self.more,
        }
        lines = "".join(f"{key}: {value}\r\n" for key, value in named.items())
        return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def plain(records: list[Made]) -> bytes:
    """Return an archive that is not packed."""
    return b"".join(record.block() for record in records)


def packed(records: list[Made]) -> bytes:
    """Return an archive with a gzip member a record."""
    return b"".join(gzip.compress(record.block(), mtime=0) for record in records)


def packed_as_one(records: list[Made]) -> bytes:
    """Return an archive with one gzip member for all, which the standard does not ask for."""
    return gzip.compress(plain(records), mtime=0)


def chunked(body: bytes, size: int = 100) -> bytes:
    """Return a body in chunks, as servers send them."""
    out = io.BytesIO()
    for at in range(0, len(body), size):
        part = body[at : at + size]
        out.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
    return out.getvalue() + b"0\r\n\r\n"
