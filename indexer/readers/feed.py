"""RSS 0.9 to 2.0 and Atom with the text of the articles, by feedparser; no other file imports it.

    id          guid or id, else link; addresses without their scheme
    title       title
    lede        description or summary, where there is a text beside it
    body        content:encoded or content, else description or summary
    published   pubDate, published, dc:date, else updated
    section     the first category of several that is the feed's own, too
    tags        category, dc:subject, media:keywords
    author      author, dc:creator
    source      source of the entry, title of the feed
    url         link
    caption, credit   media:description, media:credit
    language    language of the entry or the feed

An entry without a title or a text is an error; the others are read. The date of a change is taken where there
is no other, and that is said.
"""

from __future__ import annotations

import calendar
import html
import io
import re
import xml.sax
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.dates import parse_date
from indexer.errors import ReadError
from indexer.readers.nitf import EMPTY, without_by
from indexer.readers.rows import address_id
from indexer.readers.source import Source
from indexer.readers.tags import distinct, split_tags
from indexer.readers.text_blocks import html_blocks, parted
from indexer.readers.xml_tree import language_of, root_name, safe_xml

_MEDIA = re.compile(rb"(</?media:)(?:description|title)\b")
"""feedparser 6 adds the caption of a picture to the content of its entry."""

_CHANGED = "the date is that of the last change"
_ROOTS = ("rss", "feed", "RDF", "channel")

Entry = Any
"""An entry of feedparser, which has no types."""


def sniff(source: Source) -> bool:
    """Tell whether the first element is one of a feed."""
    return root_name(source) in _ROOTS


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article of each entry."""
    # Imported late: few archives have feeds.
    import feedparser

    data, warning = safe_xml(source)
    try:
        # As a stream: a text that looks like an address would be fetched.
        feed = feedparser.parse(
            io.BytesIO(_MEDIA.sub(rb"\1caption", data)),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # A feed that trips a library costs that feed, not the run.
        raise source.error(f"the feed cannot be read ({type(error).__name__}: {error})") from error
    broken = feed.get("bozo_exception")
    if not feed.entries:
        raise source.error(f"no entries in the feed{_reason(broken)}", _line(broken))
    if isinstance(broken, xml.sax.SAXException):
        yield source.error(
            f"the feed is not well-formed{_reason(broken)}: read as far as it goes", _line(broken)
        )
    for number, entry in enumerate(feed.entries, 1):
        yield _article(entry, feed.feed, number, source, warning)


def _article(entry: Entry, feed: Entry, number: int, source: Source, warning: str) -> Article | ReadError:
    # Escaped twice, as many feeds write their titles: « &amp;amp; ».
    title = " ".join(html_blocks(html.unescape(_string(entry, "title"))))
    if not title:
        return source.error(f"the entry {number} has no title")
    summary = html_blocks(_string(entry, "summary"))
    body = max(
        (html_blocks(_string(part, "value")) for part in entry.get("content", ())), key=_length, default=[]
    )
    if not body or body == summary:
        body, summary = summary or body, []
    lede, body = parted(title, " ".join(summary), body)
    published, warnings = _published(entry, source.conventions.zone)
    link = _string(entry, "link")
    own = {_string(tag, "term") for tag in feed.get("tags", ())}
    tags = [tag for tag in _tags(entry) if tag not in own]
    return Article(
        id=_id(_string(entry, "id")) or address_id(link) or f"{source.id}#{number}",
        title=title,
        lede=lede,
        body="\n\n".join(body),
        published=published,
        section=next((tag for tag in _tags(entry) if tag in own), ""),
        tags=distinct(tags),
        author=without_by(_string(entry, "author")),
        source=_string(entry.get("source", {}), "title") or _string(feed, "title"),
        url=link if link.startswith(("http://", "https://")) else "",
        caption=" ".join(html_blocks(_string(entry, "media_caption"))),
        credit=", ".join(distinct(_string(credit, "content") for credit in entry.get("media_credit", ()))),
        language=_language(entry, feed),
        warnings=tuple(filter(None, (warning, *warnings, "" if body else EMPTY))),
    )


def _published(entry: Entry, zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    for name, note in (
        ("published", ""),
        ("updated", _CHANGED),
        ("created", ""),
    ):
        stated = _string(entry, name)
        day = parse_date(stated, zone) or _instant(entry.get(f"{name}_parsed"))
        if day is not None:
            return day, (note,) if note else ()
        if stated:
            return None, (f"published: {stated!r} is not a date",)
    return None, ()


def _instant(parsed: Any) -> datetime | None:
    """Return what feedparser made of a date in a form of its own, in UTC."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _tags(entry: Entry) -> Iterator[str]:
    for tag in entry.get("tags", ()):
        yield from split_tags(_string(tag, "label") or _string(tag, "term"))
    yield from split_tags(_string(entry, "media_keywords"))


def _language(entry: Entry, feed: Entry) -> str:
    details = (entry.get("title_detail") or {}, *entry.get("content", ()))
    stated = (
        _string(entry, "language"),
        _string(feed, "language"),
        *(_string(part, "language") for part in details),
    )
    return next(filter(None, map(language_of, stated)), "fr")


def _id(id: str) -> str:
    return address_id(id) if "://" in id else id


def _string(thing: Any, name: str) -> str:
    value = thing.get(name) if hasattr(thing, "get") else None
    return value.strip() if isinstance(value, str) else ""


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _reason(broken: object) -> str:
    message = broken.getMessage() if isinstance(broken, xml.sax.SAXException) else str(broken or "")
    return f" ({re.sub(chr(10), ' ', message)})" if message else ""


def _line(broken: object) -> int | None:
    return broken.getLineNumber() if isinstance(broken, xml.sax.SAXParseException) else None
