"""NewsML-G2: text news items, alone or in a news message, with XHTML, NITF or plain text in them.

    id          guid
    title       headline, else that of the NITF or XHTML in it
    lede        description, abstract of the NITF
    body        inlineXML (XHTML or NITF), inlineData
    published   firstCreated, versionCreated, contentCreated
    section     a subject that is a heading of the IPTC, by name or code
    tags        names of the subjects, keyword
    persons     subjects of the type cpnat:person
    author      by, creator, byline of the NITF
    source      provider, infoSource, copyrightHolder
    url         guid where it is an address
    credit      creditline
    language    language tag, xml:lang

Items of other classes (pictures, packages) are passed over where a text is beside them. An item that is
withheld or cancelled is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.dates import parse_date
from indexer.errors import ReadError
from indexer.readers.iptc import heading, is_heading
from indexer.readers.nitf import EMPTY, first_date, nitf_article, without_by
from indexer.readers.source import Source
from indexer.readers.tags import distinct
from indexer.readers.text_blocks import blocks, html_blocks, parted, text_blocks, without_signature
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

_ROOTS = ("newsItem", "newsMessage", "packageItem", "contentSet", "conceptItem", "planningItem", "itemSet")


def sniff(source: Source) -> bool:
    """Tell whether the first element is an item or a message of NewsML-G2."""
    return root_name(source) in _ROOTS


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article of each text item."""
    root, warning = parse_xml(source)
    items = [root] if root.tag in ("newsItem", "contentSet") else list(root.iter("newsItem"))
    texts = [item for item in items if _is_text(item)]
    if not texts:
        raise source.error("no news item with a text in it")
    for number, item in enumerate(texts, 1):
        id = item.get("guid") or (source.id if len(texts) == 1 else f"{source.id}#{number}")
        yield _article(item, id, source, warning)


def _is_text(item: Element) -> bool:
    if item.tag == "contentSet":
        return True
    kinds = list(attributes(item, "itemMeta/itemClass", "qcode")) + list(
        attributes(item, "itemMeta/itemClass", "uri")
    )
    return any(kind.endswith("text") for kind in kinds) if kinds else item.find("contentMeta") is not None


def _article(item: Element, id: str, source: Source, warning: str) -> Article | ReadError:
    zone = source.conventions.zone
    status = next(attributes(item, "itemMeta/pubStatus", "qcode"), "")
    if status.endswith(("canceled", "withheld")):
        return source.error(f"the item {id} is not to be published ({status})", item.sourceline)
    inner = _nitf(item, id, zone) or Article(id=id, title="")
    title = first_text(item, "contentMeta/headline", "itemMeta/title") or inner.title
    title = title or first_text(item, "contentSet/inlineXML//h1", "contentSet/inlineXML//title")
    if not title:
        return source.error(f"no headline in the item {id}", item.sourceline)
    lede = _description(item) or inner.lede
    body = inner.body.split("\n\n") if inner.body else _body(item)
    lede, body = parted(title, lede, body)
    published, unread = _published(item, zone)
    subjects = list(_subjects(item))
    return replace(
        inner,
        title=title,
        lede=lede,
        body="\n\n".join(body),
        published=published or inner.published,
        section=_section(item) or inner.section,
        tags=distinct((*(name for person, name in subjects if not person), *_keywords(item))) or inner.tags,
        persons=distinct(name for person, name in subjects if person) or inner.persons,
        author=_names(item, "contentMeta/by", "contentMeta/creator") or inner.author,
        source=_source(item) or inner.source,
        url=inner.url or (id if id.startswith(("http://", "https://")) else ""),
        credit=first_text(item, "contentMeta/creditline") or inner.credit,
        language=_language(item) or inner.language,
        warnings=tuple(filter(None, (warning, *unread, _embargo(item, zone), "" if body or lede else EMPTY))),
    )


def _nitf(item: Element, id: str, zone: ZoneInfo) -> Article | None:
    nitf = next(item.iter("nitf"), None)
    if nitf is None:
        return None
    return replace(nitf_article(nitf, id, zone), id=id, warnings=())


def _body(item: Element) -> list[str]:
    for inline in item.iterfind("contentSet/inlineXML"):
        if found := without_signature(blocks(inline)):
            return found
    for data in item.iterfind("contentSet/inlineData"):
        raw = "".join(data.itertext())
        plain = "html" not in (data.get("contenttype") or "")
        if found := text_blocks(raw) if plain else html_blocks(raw):
            return found
    return []


def _description(item: Element) -> str:
    for description in item.iterfind("contentMeta/description"):
        if "caption" not in (description.get("role") or "") and (found := text(description)):
            return found
    return ""


def _published(item: Element, zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    paths = ("itemMeta/firstCreated", "itemMeta/versionCreated", "contentMeta/contentCreated")
    return first_date([day for path in paths if (day := first_text(item, path))], zone)


def _embargo(item: Element, zone: ZoneInfo) -> str:
    until = parse_date(first_text(item, "itemMeta/embargoed"), zone)
    return f"under embargo until {until.isoformat()}" if until and until > datetime.now(UTC) else ""


def _section(item: Element) -> str:
    subjects = item.findall("contentMeta/subject")
    for subject in subjects:
        if is_heading(_code(subject)):
            return _name(subject) or heading(_code(subject))
    return next((found for subject in subjects if (found := heading(_code(subject)))), "")


def _subjects(item: Element) -> Iterator[tuple[bool, str]]:
    for subject in item.iterfind("contentMeta/subject"):
        if name := _name(subject):
            yield (subject.get("type") or "").endswith("person"), name


def _keywords(item: Element) -> Iterator[str]:
    for keyword in item.iterfind("contentMeta/keyword"):
        yield text(keyword)


def _name(concept: Element) -> str:
    """Return the name of a concept: in French, else the first."""
    names = concept.findall("name")
    french = (name for name in names if language_of(name.get(LANG)) == "fr")
    return text(next(french, names[0])) if names else ""


def _code(subject: Element) -> str:
    return subject.get("qcode") or subject.get("uri") or subject.get("literal") or ""


def _names(item: Element, by: str, creator: str) -> str:
    if signed := first_text(item, by):
        return without_by(signed)
    return ", ".join(distinct(_name(person) for person in item.iterfind(creator)))


def _source(item: Element) -> str:
    paths = ("itemMeta/provider", "contentMeta/infoSource", "rightsInfo/copyrightHolder")
    concepts = [concept for path in paths for concept in item.iterfind(path)]
    coded = (_code(concept) for concept in concepts)
    named = (_name(concept) or code.rpartition(":")[2] for concept, code in zip(concepts, coded, strict=True))
    return next((name for name in named if name and "/" not in name), "")


def _language(item: Element) -> str:
    stated = next(attributes(item, "contentMeta/language", "tag"), "") or item.get(LANG)
    return language_of(stated)
