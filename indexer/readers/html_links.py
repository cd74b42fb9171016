"""The links to other articles in an HTML page: « Lire aussi », « À lire aussi », « Sur le même sujet »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from indexer.readers.furniture import is_furniture, read_also_heading
from indexer.readers.html_tree import drop, is_attached, line
from indexer.readers.tags import distinct, one_line

_HINT = re.compile(r"(?:lire|voir|découvrir)\s+(?:aussi|également)|sur\s+le\s+même", re.IGNORECASE)
_LABEL = 200
_TITLE = 12
_AT_MOST = 12
_HINTS = 50
_LANDMARKS = ("body", "html", "article", "main")


def take_read_also(tree: HtmlElement) -> tuple[str, ...]:
    """Remove such headings with their links from the tree, and return the titles in order."""
    titles: list[str] = []
    for heading in list(islice(filter(_is_hint, tree.iter()), _HINTS)):
        if not is_attached(heading, tree) or read_also_heading(_own_text(heading)) is None:
            continue
        blocks = list(_blocks(heading))
        for block in blocks:
            titles += links(block)
            drop(block)
        if blocks and is_attached(heading, tree):
            drop(heading)
    return distinct(titles)[:_AT_MOST]


def is_list(element: HtmlElement) -> bool:
    """Tell whether an element is little but links."""
    linked = sum(map(len, links(element)))
    return linked > 0 and linked >= 0.5 * len(line(element))


def links(element: HtmlElement) -> list[str]:
    """Return the texts of the links in an element, those that are long enough for a title."""
    found = [element] if element.tag == "a" else element.iter("a")
    texts = (line(link) for link in found if link.get("href"))
    return [text for text in texts if len(text) >= _TITLE and not is_furniture(text)]


def _is_hint(element: HtmlElement) -> bool:
    text = element.text
    return bool(text) and len(text) < _LABEL and isinstance(element.tag, str) and bool(_HINT.search(text))


def _own_text(element: HtmlElement) -> str:
    """Return the text of an element without that of the elements in it."""
    return one_line(" ".join((element.text or "", *(child.tail or "" for child in element))))


def _blocks(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what holds the links of a heading: itself, its paragraph, what follows, or the box around."""
    if links(heading):
        yield heading
        return
    around = heading
    for _ in range(3):
        parent = around.getparent()
        if parent is None or parent.tag in _LANDMARKS:
            break
        if parent.tag in ("p", "li") and is_list(parent):
            yield parent
            return
        following = around.getnext()
        if following is not None and isinstance(following.tag, str) and is_list(following):
            while following is not None and isinstance(following.tag, str) and is_list(following):
                yield following
                following = around.getnext() if following.getparent() is None else following.getnext()
            return
        if is_list(parent):
            yield parent
            return
        around = parent
    following = around.getnext()
    if following is not None and isinstance(following.tag, str) and is_list(following):
        yield following
