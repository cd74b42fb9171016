"""XML of agencies → a tree without namespaces; nothing outside the file is ever asked for.

Entities that a file declares for itself are refused (they can grow without end or read other files), DTDs are
not loaded, and the parser's own limits on depth and length stay on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

import lxml.etree

from indexer.readers.encoding import declared_encoding, decode
from indexer.readers.source import Source
from indexer.readers.tags import one_line

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element = Any
"""An element of lxml, which has no types."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_SUBSET = re.compile(r"<!DOCTYPE[^\[<>]*\[", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)(\w+);")
_ROOT = re.compile(
    r"\ufeff?\s*"
    r"(?:<\?[^>]*\?>\s*|<!--(?:(?!-->).)*+-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*+"
    r"<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL | re.IGNORECASE,
)


def root_name(source: Source) -> str:
    """Return the name of the first element of a file, without prefix; empty where it is no XML."""
    found = _ROOT.match(source.opening)
    return found[1] if found else ""


def safe_xml(source: Source) -> tuple[bytes, str]:
    """Return the file as UTF-8 without declaration, and a warning where its encoding was guessed.

    Names of HTML's letters (`&eacute;`) are put in their place. Raises ReadError where the file declares
    entities.
    """
    data = source.whole()
    text, warning = decode(data, declared_encoding(data))
    if (subset := _SUBSET.search(text)) and "<!ENTITY" in text[subset.end() :]:
        raise source.error("the file declares entities of its own (<!ENTITY …>), which are not read")
    text = _ENTITY.sub(_letter, _DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    return text.replace("\x00", "").encode("utf-8", "replace"), warning


def parse_xml(source: Source) -> tuple[Element, str]:
    """Return the root of a file, and a warning where its encoding was guessed.

    Raises ReadError, with the line, where it is not well-formed.
    """
    data, warning = safe_xml(source)
    return parse_bytes(data, source), warning


def parse_bytes(data: bytes, source: Source) -> Element:
    """Return the root of XML in UTF-8; raises ReadError, with the line, where it is not well-formed."""
    parser = lxml.etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise source.error(f"the XML is not well-formed ({error.msg})", error.lineno) from error
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise source.error("the XML has entities that nothing declares")
        element.tag = element.tag.rpartition("}")[2]
    return root


def text(element: Element | None) -> str:
    """Return the text of an element on one line, empty for none."""
    return "" if element is None else one_line("".join(element.itertext()))


def first_text(element: Element, *paths: str) -> str:
    """Return the first text that is not empty at one of the paths, in their order."""
    return next((found for path in paths for child in element.iterfind(path) if (found := text(child))), "")


def attributes(element: Element, path: str, name: str) -> Iterator[str]:
    """Yield the values that an attribute has at a path."""
    for child in element.iterfind(path):
        if value := (child.get(name) or "").strip():
            yield value


def language_of(value: str | None) -> str:
    """Return the language of a tag (`fr-CA` → `fr`), empty for none."""
    found = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", (value or "").strip())
    return found[0].lower() if found else ""


def _letter(entity: re.Match[str]) -> str:
    letter = html5.get(f"{entity[1]};")
    return entity[0] if letter is None else letter
