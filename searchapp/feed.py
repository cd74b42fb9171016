"""The feed: the newest articles of a search as Atom (RFC 4287)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from indexer import Article, Index
from searchapp.links import Links, in_language
from searchapp.search import Searched, find, unwatched
from searchapp.state import SearchState

ENTRIES = 30
TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_SUMMARY = 400


def feed(index: Index, state: SearchState, title: str, links: Links, searched: Searched = unwatched) -> bytes:
    """Return the newest articles of a search as an Atom document; the undated come last, dated as built."""
    newest = replace(state, sort="newest", page=1, size=ENTRIES)
    built = datetime.fromisoformat(index.info().built)
    results = find(index, newest)
    searched(newest, results)
    articles = [hit.article for hit in results.hits]
    updated = max((article.published for article in articles if article.published), default=built)
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", in_language(links.canonical_feed(state), ""))
    _text(root, "title", title)
    _text(root, "updated", _stamp(updated))
    _link(root, "self", links.canonical_feed(state), TYPE)
    _link(root, "alternate", links.canonical_search(state), "text/html")
    _text(_child(root, "author"), "name", title)
    for article in articles:
        _entry(_child(root, "entry"), article, built, links)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(entry: ElementTree.Element, article: Article, built: datetime, links: Links) -> None:
    address = links.canonical_article(article.id)
    _text(entry, "id", in_language(address, ""))
    _text(entry, "title", article.title)
    _link(entry, "alternate", address, "text/html")
    _text(entry, "updated", _stamp(article.published or built))
    if article.published:
        _text(entry, "published", _stamp(article.published))
    if name := article.author or article.source:
        _text(_child(entry, "author"), "name", name)
    for tag in article.tags:
        _child(entry, "category").set("term", tag)
    if summary := (article.lede or article.body)[:_SUMMARY].strip():
        _text(entry, "summary", summary)


def _child(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    _child(parent, name).text = "".join(filter(_is_xml, text))


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str) -> None:
    link = _child(parent, "link")
    for name, value in (("rel", rel), ("type", kind), ("href", href)):
        link.set(name, value)


def _is_xml(char: str) -> bool:
    """Tell whether XML 1.0 has a character: it has no controls, halves of pairs and non-characters."""
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
