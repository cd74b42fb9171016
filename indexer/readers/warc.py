"""Web archives, WARC and WET: the French pages in them that have an article.

    response    an answer with status 200 and HTML      read as an HTML page
    resource    HTML that was stored without an answer  the same
    conversion  text that was taken out of a page (WET)  read as a page saved as text, or `plain.py`

The language is the one that the page names (html lang), else the answer or the record (Content-Language,
WARC-Identified-Content-Language), else it is told by its commonest words. Pages of other languages, pages
without an article, answers that are none, and pages that were met before (WARC-Payload-Digest, revisits)
are passed over and counted. The address is the id. The day of publication is the page's; where it has none,
the day on which it was fetched, with a warning.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from indexer.article import Article
from indexer.dates import parse_date
from indexer.errors import NoArticle, ReadError
from indexer.readers import html, page, plain
from indexer.readers.encoding import declared_encoding, decode
from indexer.readers.language import is_french
from indexer.readers.parts import read_parts
from indexer.readers.source import Source, shown
from indexer.readers.warc_records import Head, Record, records
from indexer.skipped import Skipped, summed

FETCHED = "no date in the page: published is the day on which it was fetched"

_PAGES = ("text/html", "application/xhtml+xml")
_LANG = re.compile(rb"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
_HEAD = 16 * 2**10


def sniff(source: Source) -> bool:
    """Tell whether the file begins with a record of a web archive."""
    return source.opening.startswith("WARC/")


def read(source: Source) -> Iterator[Article | ReadError | Skipped]:
    """Yield the article of each page, and how many records were passed over for which reason."""
    return summed(read_parts(parts(source), source, part))


def parts(source: Source) -> Iterator[Record | ReadError | Skipped]:
    """Yield the records that may be pages, and how many others were passed over for which reason."""
    sieve = _Sieve()
    for record in records(source, sieve.wants):
        yield record
        if isinstance(record, Record):
            sieve.met(record.head)
    for reason, count in sieve.passed.items():
        yield Skipped(shown(source.path), reason, count)


def part(source: Source, record: Record) -> Iterator[Article | ReadError | Skipped]:
    """Yield the article of a record, or why it has none."""
    if not _in_french(record):
        yield Skipped(shown(source.path), "not in French", position=record.position)
        return
    record_source = source.part(_id(record.head.url), _text(record), record.position, record.head.url)
    if record.head.kind != "conversion":
        reader = html.read
    elif page.sniff(record_source):
        reader = page.read
    else:
        reader = plain.read
    origin = (shown(source.path), record.position)
    try:
        for item in reader(record_source):
            yield item if isinstance(item, ReadError) else _dated(item, record.head, origin)
    except NoArticle as error:
        yield Skipped(shown(source.path), error.reason, position=record.position)
    except ReadError as error:
        yield error


def _dated(article: Article, head: Head, origin: tuple[str, str]) -> Article:
    article = replace(article, url=article.url or head.url, origin=origin)
    fetched = parse_date(head.date)
    if article.published or fetched is None:
        return article
    return replace(article, published=fetched, warnings=(*article.warnings, FETCHED))


def _text(record: Record) -> bytes:
    """Return the page as UTF-8 where only the answer names its encoding."""
    charset = str(_type(record.head)[1])
    if not charset or declared_encoding(record.data):
        return record.data
    return codecs.BOM_UTF8 + decode(record.data, charset)[0].encode("utf-8", "replace")


def _type(head: Head) -> tuple[str, str]:
    message = Message()
    message["Content-Type"] = head.content_type
    return message.get_content_type(), str(message.get_param("charset") or "")


def _id(url: str) -> str:
    return re.sub(r"^[a-z][a-z0-9+.-]*://", "", url.strip(), flags=re.IGNORECASE).partition("#")[0] or "page"


class _Sieve:
    """Pick the records that may be pages, each content once."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self._digests: set[int] = set()

    def wants(self, head: Head) -> bool:
        """Tell by what a record says of itself whether it may be a page."""
        reason = self._unwanted(head)
        if reason:
            self.passed[reason] += 1
        return reason == ""

    def met(self, head: Head) -> None:
        """Remember the content of a record that was read."""
        if head.digest:
            self._digests.add(hash(head.digest))

    def _unwanted(self, head: Head) -> str | None:
        """Return why a record is passed over; None for what was never a page: requests, metadata."""
        if head.kind == "revisit":
            return "revisits of pages that are stored elsewhere"
        if head.kind not in ("response", "resource", "conversion"):
            return None
        if head.kind == "response" and head.status != 200:
            return "answers other than 200"
        if head.kind != "conversion" and _type(head)[0] not in _PAGES:
            return "not HTML"
        if head.digest and hash(head.digest) in self._digests:
            return "the same content again"
        return ""


def _in_french(record: Record) -> bool:
    if record.head.kind != "conversion" and (named := _LANG.search(record.data, 0, _HEAD)):
        return named[1].lower() in (b"fr", b"fra", b"fre")
    if record.head.language:
        return record.head.language.lower().startswith("fr")
    return is_french(decode(record.data[: 4 * _HEAD])[0])
