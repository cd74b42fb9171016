"""NITF, the News Industry Text Format, alone or inside other formats.

    id          doc-id id-string, else the file's
    title       hl1, else the title of the head
    lede        abstract, else hl2
    body        the paragraphs of body.content, without media
    published   date.issue, date.release, story.date, pubdata date.publication
    section     pubdata position.section, else tobject.subject.type
    tags        tobject.subject, keyword key, event, org and location of identified-content
    persons     person of identified-content
    author      byline without its byttl
    source      pubdata name, distributor, doc.copyright holder
    url         pubdata ex-ref
    caption, credit   the first media-caption and media-producer
    language    xml:lang

Media stay out of the body; the caption and the credit of the first are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.dates import parse_date
from indexer.errors import ReadError
from indexer.readers.iptc import heading
from indexer.readers.source import Source
from indexer.readers.tags import distinct
from indexer.readers.text_blocks import blocks, parted, without_signature
from indexer.readers.xml_tree import (
    LANG,
    Element,
    attributes,
    first_text,
    language_of,
    parse_xml,
    root_name,
    text,
)

EMPTY = "no text below the headline"
"""The warning of items without text, as the first lines of an event are sent."""

_BY = re.compile(r"^\s*(?:par|by|de notre correspondante?)\s*:?\s+", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """Tell whether the first element is `nitf`."""
    return root_name(source) == "nitf"


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the one article of the file."""
    root, warning = parse_xml(source)
    article = nitf_article(root, source.id, source.conventions.zone, (warning,) if warning else ())
    if not article.title:
        raise source.error("no headline in the NITF")
    yield article


def nitf_article(nitf: Element, id: str, zone: ZoneInfo, warnings: tuple[str, ...] = ()) -> Article:
    """Return the article of an `nitf` element; its title is empty where it has neither headline nor title."""
    title = first_text(nitf, "body/body.head/hedline/hl1", ".//hl1", "head/title")
    content = nitf.find("body/body.content")
    body = [] if content is None else without_signature(blocks(content))
    lede = first_text(nitf, "body/body.head/abstract", "body/body.head/hedline/hl2")
    lede, body = parted(title, lede, body)
    published, unread = _published(nitf, zone)
    return Article(
        id=next(attributes(nitf, "head/docdata/doc-id", "id-string"), id),
        title=title,
        lede=lede,
        body="\n\n".join(body),
        published=published,
        section=_section(nitf),
        tags=distinct((*_subjects(nitf), *_named(nitf, "event", "org", "location"))),
        persons=distinct(_named(nitf, "person")),
        author=byline(nitf),
        source=next(attributes(nitf, "head/pubdata", "name"), "")
        or first_text(nitf, "body/body.head/distributor")
        or next(attributes(nitf, "head/docdata/doc.copyright", "holder"), ""),
        url=next((url for url in attributes(nitf, "head/pubdata", "ex-ref") if "://" in url), ""),
        caption=first_text(nitf, ".//media/media-caption"),
        credit=first_text(nitf, ".//media/media-producer"),
        language=language_of(nitf.get(LANG) or next(attributes(nitf, "body", LANG), "")) or "fr",
        warnings=(*warnings, *unread, *(() if body or lede else (EMPTY,))),
    )


def byline(nitf: Element) -> str:
    """Return who is named in the byline, without « Par » and what they are called."""
    line = nitf.find("body/body.head/byline")
    if line is None:
        return ""
    persons = distinct(text(person) for person in line.iterfind(".//person"))
    titles = {id(title) for title in line.iterfind(".//byttl")}
    own = "".join(_without(line, titles)) or text(line)
    return ", ".join(persons) or without_by(own)


def without_by(line: str) -> str:
    """Return a byline without the « Par » in front."""
    return _BY.sub("", " ".join(line.split())).strip(" ,;-–—")


def _without(element: Element, left_out: set[int]) -> Iterator[str]:
    if id(element) not in left_out:
        yield element.text or ""
        for child in element:
            yield from _without(child, left_out)
            yield child.tail or ""


def _published(nitf: Element, zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    stated = [
        *attributes(nitf, "head/docdata/date.issue", "norm"),
        *attributes(nitf, "head/docdata/date.release", "norm"),
        *attributes(nitf, "body/body.head/dateline/story.date", "norm"),
        *attributes(nitf, "head/pubdata", "date.publication"),
    ]
    return first_date(stated, zone)


def first_date(stated: list[str], zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    """Return the first that is a date, and a warning where there are only others."""
    # The 2007-11-20 of « 20071120+0100 » is a day of its zone, which ISO 8601 does not write so.
    days = (parse_date(re.sub(r"^(\d{8})([+-]\d{4})$", r"\1T000000\2", day), zone) for day in stated)
    found = next((day for day in days if day is not None), None)
    return found, (f"published: {stated[0]!r} is not a date",) if stated and found is None else ()


def _section(nitf: Element) -> str:
    subjects = nitf.findall("head/tobject/tobject.subject")
    named = (subject.get("tobject.subject.type") or "" for subject in subjects)
    coded = (heading(subject.get("tobject.subject.refnum") or "") for subject in subjects)
    return next(attributes(nitf, "head/pubdata", "position.section"), "") or next(
        filter(None, (*named, *coded)), ""
    )


def _subjects(nitf: Element) -> Iterator[str]:
    for subject in nitf.iterfind("head/tobject/tobject.subject"):
        for part in ("detail", "matter", "type"):
            if name := subject.get(f"tobject.subject.{part}"):
                yield name
                break
    yield from attributes(nitf, "head/docdata/key-list/keyword", "key")


def _named(nitf: Element, *kinds: str) -> Iterator[str]:
    for kind in kinds:
        for element in nitf.iterfind(f"head/docdata/identified-content/{kind}"):
            yield text(element) or element.get("value") or ""
