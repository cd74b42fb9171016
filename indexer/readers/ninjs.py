"""ninjs, the IPTC's news in JSON, of the generations 1 to 3; one item, an array, or one item a line.

    id          uri
    title       headlines (role main, else the first), headline, title
    lede        descriptions (role text, lead or summary), description_text
    body        bodies, body_xhtml, body_text; the form with paragraphs first
    published   firstCreated, versionCreated, contentCreated
    section     a subject that is a heading of the IPTC, by name or code
    tags        names of subjects, keywords, organisations, events, places
    persons     people
    author      by, byline
    source      copyrightHolder
    url         uri where it is an address, url
    caption, credit   description and byline of the first picture associated
    read_also   headlines of the texts associated
    language    language

Names are those of generation 3; in older ones they are written without capitals (`versioncreated`) and in the
singular (`subject`, `person`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.readers.iptc import heading, is_heading
from indexer.readers.nitf import EMPTY, first_date, without_by
from indexer.readers.tags import distinct
from indexer.readers.text_blocks import html_blocks, parted, text_blocks, without_signature
from indexer.readers.xml_tree import language_of

Item = Mapping[str, Any]

_OWN_NAMES = (
    "headline headlines body_text body_xhtml bodies versioncreated versionCreated firstcreated firstCreated "
    "contentcreated contentCreated descriptions description_text pubstatus pubStatus profile associations "
    "representationtype representationType"
)
_OWN = frozenset(_OWN_NAMES.split())
_OTHERS = frozenset({"picture", "photo", "graphic", "video", "audio", "event", "planning", "component"})
_STOPPED = frozenset({"canceled", "withheld"})
_LEDES = ("lead", "summary", "abstract", "text", "")


def is_ninjs(row: Item) -> bool:
    """Tell whether a JSON object is an item of ninjs: it has a `uri` and a property of ninjs' own."""
    return isinstance(row.get("uri"), str) and not _OWN.isdisjoint(row)


def ninjs_article(item: Item, id: str, zone: ZoneInfo) -> Article:
    """Return the article of an item; raises ValueError where it is no text, or not to be published."""
    folded = {key.lower(): value for key, value in item.items()}
    kind = _text(folded.get("type")).lower()
    if kind in _OTHERS:
        raise ValueError(f"an item of the type {kind}, not a text")
    if (status := _text(folded.get("pubstatus")).lower()) in _STOPPED:
        raise ValueError(f"the item is not to be published ({status})")
    title = (
        _chosen(folded.get("headlines"), "main")
        or _text(folded.get("headline"))
        or _text(folded.get("title"))
    )
    if not title:
        raise ValueError("no headline")
    lede, body = parted(title, _lede(folded), _body(folded))
    if not kind and not body and not folded.keys() & {"headlines", "headline"}:
        raise ValueError("nothing says that the item is a text: no type, no headline, no body")
    stated = [_text(folded.get(name)) for name in ("firstcreated", "versioncreated", "contentcreated")]
    published, unread = first_date(list(filter(None, stated)), zone)
    uri = _text(folded.get("uri"))
    pictures = [other for other in _associated(folded) if _text(other.get("type")) in ("picture", "photo")]
    texts = [other for other in _associated(folded) if _text(other.get("type")) == "text"]
    return Article(
        id=re.sub(r"^https?://", "", uri) or id,
        title=title,
        lede=lede,
        body="\n\n".join(body),
        published=published,
        section=_section(folded),
        tags=distinct((*_names(folded, "subjects", "subject"), *_keywords(folded), *_things(folded))),
        persons=distinct(_names(folded, "people", "person")),
        author=without_by(_text(folded.get("by")) or _text(folded.get("byline"))),
        source=_text(folded.get("copyrightholder")),
        url=_text(folded.get("url")) or (uri if uri.startswith(("http://", "https://")) else ""),
        caption=_lede(pictures[0]) if pictures else "",
        credit=(_text(pictures[0].get("by")) or _text(pictures[0].get("byline"))) if pictures else "",
        read_also=distinct(_chosen(o.get("headlines"), "main") or _text(o.get("headline")) for o in texts),
        language=language_of(_text(folded.get("language"))) or "fr",
        warnings=(*unread, *(() if body or lede else (EMPTY,))),
    )


def _lede(folded: Item) -> str:
    for role in _LEDES:
        if found := _chosen(folded.get("descriptions"), role, strict=True):
            return found
    for name in ("description_text", "description_xhtml"):
        if found := " ".join(html_blocks(_text(folded.get(name)))):
            return found
    return ""


def _body(folded: Item) -> list[str]:
    """Return the paragraphs of the form that has the most of them; other formats inside are passed over."""
    forms = [
        (f"{body.get('role')} {body.get('contenttype')}".lower(), _text(body.get("value")))
        for body in map(_lower, _objects(folded.get("bodies")))
    ]
    forms += [(name, _text(value)) for name, value in folded.items() if name.startswith("body_")]
    known = [
        value for form, value in forms if "xml" not in form or "html" in form or "<body.content" in value
    ]
    return max(map(_blocks, known), key=len, default=[])


def _blocks(value: str) -> list[str]:
    """Return the paragraphs of plain text, of HTML, or of NITF, whose head is left out."""
    if found := re.search(r"<body\.content\b[^>]*>(.*)</body\.content>", value, re.DOTALL):
        return without_signature(html_blocks(found[1]))
    return html_blocks(value) if re.search(r"</?[a-zA-Z][^<>]*>", value) else text_blocks(value)


def _section(folded: Item) -> str:
    subjects = [*_objects(folded.get("subjects")), *_objects(folded.get("subject"))]
    coded = [(_code(subject), _text(subject.get("name"))) for subject in subjects]
    headings = (name or heading(code) for code, name in coded if is_heading(code))
    return next(headings, "") or next((found for code, _ in coded if (found := heading(code))), "")


def _code(subject: Item) -> str:
    return next(filter(None, (_text(subject.get(name)) for name in ("code", "literal", "uri"))), "")


def _names(folded: Item, *keys: str) -> Iterator[str]:
    for key in keys:
        for thing in _objects(folded.get(key)):
            yield _text(thing.get("name"))


def _keywords(folded: Item) -> Iterator[str]:
    value = folded.get("keywords")
    yield from (word for word in (value if isinstance(value, list) else []) if isinstance(word, str))


def _things(folded: Item) -> Iterator[str]:
    yield from _names(
        folded, "organisations", "organisation", "events", "event", "places", "place", "objects", "object"
    )


def _associated(folded: Item) -> list[Item]:
    value = folded.get("associations")
    if isinstance(value, dict):
        value = list(value.values())
    return [_lower(other) for other in _objects(value)]


def _chosen(values: Any, role: str, strict: bool = False) -> str:
    """Return the value of a role, else the first; plain text, whatever it is written in."""
    rows = [_lower(row) for row in _objects(values)]
    fitting = [row for row in rows if _text(row.get("role")).lower() == role]
    for row in fitting or ([] if strict else rows):
        if found := " ".join(html_blocks(_text(row.get("value")))):
            return found
    return ""


def _objects(value: Any) -> list[Item]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _lower(item: Item) -> Item:
    return {key.lower(): value for key, value in item.items()}


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
