"""The paragraphs of a piece of XHTML, NITF or HTML that is the text of an article and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from indexer.readers.tags import one_line

_INLINE_NAMES = (
    "a abbr acronym alt-code b big chron city cite classifier code copyrite country data del dfn em event "
    "font frac function i ins kbd lang location mark money num object.title org person postaddr pronounce q "
    "region s samp small span state strike strong sub sublocation sup time tt u var virtloc"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_LEFT_OUT_NAMES = (
    "script style template noscript head title figure figcaption picture video audio iframe object svg form "
    "button select media media-caption media-producer media-metadata media-reference note nav hr"
)
_LEFT_OUT = frozenset(_LEFT_OUT_NAMES.split())
_BREAK = "\u2028"

_AMONG_FIRST = 8
_BEFORE = 200
"""An excerpt is the beginning of a text: what stands before it is a place and a day."""


def blocks(element: Any) -> list[str]:
    """Return the paragraphs below an element, each on one line; pictures and their captions left out."""
    text = "".join(_pieces(element))
    return [line for part in text.split("\n") if (line := one_line(part.replace(_BREAK, " ")))]


def parted(title: str, lede: str, body: list[str]) -> tuple[str, list[str]]:
    """Return lede and body without what they repeat: the headline, the lede, an excerpt for a lede."""
    while body and body[0] in (title, lede):
        body = body[1:]
    if re.search(r"[^.][.!?][»\"”’)\s]*$", lede):
        return lede, body  # whole sentences are a standfirst, though the text may begin with them again
    excerpt = _letters(lede)
    within = _letters(" ".join(body[:_AMONG_FIRST]))[: len(excerpt) + _BEFORE]
    return ("" if excerpt and excerpt in within else lede), body


def without_signature(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs without the initials that agencies end with: « abc/de/fgh »."""
    signed = bool(paragraphs) and re.fullmatch(r"[a-z]{2,5}(?:[/-][a-z]{2,5})+", paragraphs[-1]) is not None
    return paragraphs[:-1] if signed else paragraphs


def html_blocks(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML; of plain text those that blank lines part."""
    if "<" not in markup:
        return text_blocks(markup)
    # As bytes: lxml refuses text that declares an encoding.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = f"<div>{markup}</div>".replace("\x00", "").encode("utf-8", "replace")
    try:
        return blocks(lxml.html.document_fromstring(data, parser=parser))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return text_blocks(re.sub(r"<[^>]*>", " ", markup))


def text_blocks(text: str) -> list[str]:
    """Return the paragraphs of plain text: parted by blank lines, where there are none by line ends."""
    parts = re.split(r"\n[ \t\r]*\n", text) if re.search(r"\n[ \t\r]*\n", text) else text.split("\n")
    return [line for part in parts if (line := one_line(part))]


def _pieces(element: Any) -> Iterator[str]:
    """Yield the text in pieces, a line end around what is a block, without recursion into the tree."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        edge = "" if tag in _INLINE else "\n"
        if closing:
            yield edge
            continue
        if not tag or tag in _LEFT_OUT:
            continue
        if tag == "br":
            following = node.getnext()
            # Two line breaks are how old pages part paragraphs.
            double = following is not None and following.tag == "br" and not (node.tail or "").strip()
            yield "\n" if double else _BREAK
            continue
        yield edge
        yield _spaced(node.text)
        stack.append((node, True))
        for child in reversed(node):
            if child.tail:
                stack.append((_spaced(child.tail), False))
            stack.append((child, False))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")
