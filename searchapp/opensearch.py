"""The OpenSearch description (1.1): how a browser or another program searches here."""

from __future__ import annotations

from xml.etree import ElementTree

from searchapp.catalogues import FRENCH
from searchapp.links import Links
from searchapp.state import SearchState
from searchapp.typography import say

TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT_NAME = 16
_TERMS = "q={searchTerms}"


def opensearch(title: str, state: SearchState, links: Links) -> bytes:
    """Return the description of a search with the filters of a state; the words come from the browser."""
    filters = state.with_words("")
    root = ElementTree.Element("OpenSearchDescription", xmlns=_NAMESPACE)
    _text(root, "ShortName", title[:_SHORT_NAME])
    _text(root, "LongName", title[:48])
    _text(root, "Description", say("Chercher dans {title}", {"title": title}).unescape()[:1024])
    _text(root, "Language", FRENCH)  # that of the articles
    _text(root, "InputEncoding", "UTF-8")
    _text(root, "OutputEncoding", "UTF-8")
    # The URL of all articles names an order, which is not that of articles with the words.
    page = links.canonical_search(None if filters.bare else filters)
    _url(root, "text/html", "results", _template(page) + "&page={startPage?}")
    if links.feeds:
        _url(root, "application/atom+xml", "results", _template(links.canonical_feed(filters)))
    _url(root, "application/json", "results", _template(links.canonical_api_search(filters)))
    _url(root, SUGGESTIONS_TYPE, "suggestions", _template(links.canonical_suggestions()))
    _url(root, TYPE, "self", links.canonical_opensearch(filters))
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _template(url: str) -> str:
    """Return a URL with the place where the words go, before its other parameters."""
    address, _, query = _without_braces(url).partition("?")
    return f"{address}?{_TERMS}&{query}" if query else f"{address}?{_TERMS}"


def _without_braces(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _url(parent: ElementTree.Element, kind: str, rel: str, template: str) -> None:
    ElementTree.SubElement(parent, "Url", {"type": kind, "rel": rel, "template": template})
