"""NewsML 1.x, as AFP and others sent it: an article for each NewsItem that has a text.

    id          PublicIdentifier, else NewsItemId
    title       HeadLine, hl1 of the NITF, NameLabel
    lede        component of the role SubHeadLine, abstract of the NITF
    body        text of the components of the role Body or Main, or without a role: NITF, XHTML or plain
    published   FirstCreated, ThisRevisionCreated, DateLineDate
    section     heading of the first SubjectCode
    tags        KeywordLine, properties called Keyword, names of subjects
    author      ByLine, Creator
    source      Provider, Source, ProviderId
    credit      CreditLine
    language    Language, xml:lang

Components that say the same in other languages (Equivalents) are taken in French, else the first is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.iptc import heading
from indexer.readers.nitf import EMPTY, first_date, nitf_article, without_by
from indexer.readers.source import Source
from indexer.readers.tags import distinct, split_tags
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

_TEXT_ROLES = frozenset({"", "body", "main", "text", "maintext", "story", "article"})
_LEDE_ROLES = frozenset({"subheadline", "abstract", "summary", "lead"})
_STOPPED = frozenset({"canceled", "cancelled", "withheld", "embargoed"})


def sniff(source: Source) -> bool:
    """Tell whether the first element is `NewsML`."""
    return root_name(source) == "NewsML"


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article of each item that has a text."""
    root, warning = parse_xml(source)
    items = [item for item in root.iter("NewsItem") if item.find("NewsComponent") is not None]
    found = False
    for number, item in enumerate(items, 1):
        _choose_language(item)
        if not list(_contents(item, _TEXT_ROLES)) and len(items) > 1:
            continue
        found = True
        id = first_text(item, "Identification/NewsIdentifier/PublicIdentifier", ".//NewsItemId")
        id = id or (source.id if len(items) == 1 else f"{source.id}#{number}")
        yield _article(item, id, source, warning)
    if not found:
        raise source.error("no news item with a text in it")


def _article(item: Element, id: str, source: Source, warning: str) -> Article | ReadError:
    zone = source.conventions.zone
    status = next(attributes(item, "NewsManagement/Status", "FormalName"), "")
    if status.lower() in _STOPPED:
        return source.error(f"the item {id} is not to be published ({status})", item.sourceline)
    contents = list(_contents(item, _TEXT_ROLES))
    inner = _nitf(contents, id, zone) or Article(id=id, title="")
    title = first_text(item, ".//NewsLines/HeadLine") or inner.title
    title = title or first_text(item, "Identification/NameLabel")
    if not title:
        return source.error(f"no headline in the item {id}", item.sourceline)
    lede = (
        " ".join(line for content in _contents(item, _LEDE_ROLES) for line in _lines(content)) or inner.lede
    )
    body = inner.body.split("\n\n") if inner.body else [line for part in contents for line in _lines(part)]
    lede, body = parted(title, lede, body)
    published, unread = _published(item, zone)
    return replace(
        inner,
        title=title,
        lede=lede,
        body="\n\n".join(body),
        published=published or inner.published,
        section=_section(item) or inner.section,
        tags=distinct(_tags(item)) or inner.tags,
        author=without_by(first_text(item, ".//NewsLines/ByLine")) or _party(item, "Creator") or inner.author,
        source=_party(item, "Provider")
        or _party(item, "Source")
        or first_text(item, "Identification/NewsIdentifier/ProviderId"),
        credit=first_text(item, ".//NewsLines/CreditLine") or inner.credit,
        language=_language(item) or inner.language,
        warnings=tuple(filter(None, (warning, *unread, "" if body or lede else EMPTY))),
    )


def _choose_language(item: Element) -> None:
    """Leave one of the components that say the same in several languages."""
    for component in list(item.iter("NewsComponent")):
        parts = component.findall("NewsComponent")
        if component.get("Equivalents") != "yes" or len(parts) < 2:
            continue
        french = (part for part in parts if "fr" in map(language_of, _languages(part)))
        chosen = next(french, parts[0])
        for part in parts:
            if part is not chosen:
                component.remove(part)


def _contents(item: Element, roles: frozenset[str]) -> Iterator[Element]:
    """Yield what the text is in, of the components of these roles."""
    for content in item.iter("ContentItem"):
        kinds = " ".join(
            value.lower()
            for kind in ("MediaType", "MimeType", "Format")
            for value in attributes(content, kind, "FormalName")
        )
        data = content.find("DataContent")
        if data is None or any(kind in kinds for kind in ("css", "image", "photo", "video", "audio", "jpeg")):
            continue
        if _role(content) in roles:
            yield data


def _role(content: Element) -> str:
    """Return the role of the component that a content belongs to, in lower case."""
    roles = attributes(content.getparent(), "Role", "FormalName")
    return next(roles, "").lower() if content.getparent() is not None else ""


def _nitf(contents: list[Element], id: str, zone: ZoneInfo) -> Article | None:
    nitf = next((nitf for content in contents for nitf in content.iter("nitf")), None)
    return None if nitf is None else replace(nitf_article(nitf, id, zone), id=id, warnings=())


def _lines(data: Element) -> list[str]:
    if len(data):
        content = next(data.iter("body.content"), data)
        return without_signature(blocks(content))
    raw = "".join(data.itertext())
    return html_blocks(raw) if "</p>" in raw.lower() else text_blocks(raw)


def _published(item: Element, zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    paths = (
        "NewsManagement/FirstCreated",
        "NewsManagement/ThisRevisionCreated",
        ".//DescriptiveMetadata/DateLineDate",
    )
    return first_date([day for path in paths if (day := first_text(item, path))], zone)


def _section(item: Element) -> str:
    codes = (
        code
        for subject in item.iter("SubjectCode")
        for kind in ("Subject", "SubjectMatter", "SubjectDetail")
        for code in attributes(subject, kind, "FormalName")
    )
    return next(filter(None, map(heading, codes)), "")


def _tags(item: Element) -> Iterator[str]:
    for line in item.iterfind(".//NewsLines/KeywordLine"):
        yield from split_tags(text(line))
    for prop in item.iter("Property"):
        if "keyword" in (prop.get("FormalName") or "").lower() and prop.get("Value"):
            yield prop.get("Value")
    for subject in item.iter("SubjectCode"):
        for child in subject:
            name = child.get("FormalName") or ""
            if child.tag.startswith("Subject") and name and not name.isdecimal():
                yield name


def _party(item: Element, kind: str) -> str:
    return next(attributes(item, f".//AdministrativeMetadata/{kind}/Party", "FormalName"), "")


def _language(item: Element) -> str:
    return next(filter(None, map(language_of, (*_languages(item), item.get(LANG)))), "")


def _languages(element: Element) -> Iterator[str]:
    yield from attributes(element, ".//DescriptiveMetadata/Language", "FormalName")
    if lang := element.get(LANG):
        yield lang
