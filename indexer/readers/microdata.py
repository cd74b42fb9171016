"""schema.org microdata in a page → the object that describes its article, as JSON-LD would have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from indexer.readers.tags import one_line

_ARTICLES = ("NewsArticle", "Article", "BlogPosting", "Report")
_MOST = 2000
"""No article has more properties: those further on are of the comments."""

_DEEPEST = 4


def microdata_node(tree: HtmlElement) -> Mapping[str, Any]:
    """Return the properties of the first article marked in the page, empty where none is.

    A property is a text or an object of its own (`author` with a `name`), and a list of those where the page
    has several. The text of the article (`articleBody`) is left out.
    """
    items = [item for item in tree.iterfind(".//*[@itemscope]") if _is_article(item)]
    # The article is that with a headline: lists of others mark them too, without or further down.
    chosen = next((item for item in items if any(_is_headline(part) for part in item.iter())), None)
    return {} if chosen is None else _properties(chosen, _DEEPEST)


def _is_article(item: HtmlElement) -> bool:
    kinds = (item.get("itemtype") or "").split()
    return any("schema.org/" in kind and kind.rpartition("/")[2].endswith(_ARTICLES) for kind in kinds)


def _is_headline(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and "headline" in (element.get("itemprop") or "").split()


def _properties(item: HtmlElement, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in islice(_own(item), _MOST):
        for name in element.get("itemprop").split():
            if name == "articleBody":
                continue
            nested = element.get("itemscope") is not None and depth > 0
            value = _properties(element, depth - 1) if nested else _value(element)
            if nested and not value:
                value = one_line(element.text_content())
            if name not in found:
                found[name] = value
            elif isinstance(found[name], list):
                found[name].append(value)
            else:
                found[name] = [found[name], value]
    return found


def _own(item: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that are properties of an item, not of an item inside it."""
    stack = list(reversed(item))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop"):
            yield element
        if element.get("itemscope") is None:
            stack.extend(reversed(element))


def _value(element: HtmlElement) -> str:
    for name in ("content", "datetime"):
        if element.get(name):
            return one_line(element.get(name))
    if element.tag in ("a", "link") and element.get("itemprop") in ("url", "mainEntityOfPage"):
        return one_line(element.get("href") or "")
    return one_line(element.text_content())
