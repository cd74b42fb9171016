"""Small questions about elements of an HTML tree."""

from __future__ import annotations

from lxml.html import HtmlElement

from indexer.readers.tags import one_line

_ASIDE = frozenset({"aside", "nav", "footer", "a", "li"})


def line(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return one_line(element.text_content())


def is_aside(element: HtmlElement) -> bool:
    """Tell whether an element stands in a sidebar, a list or a link, where other articles are shown."""
    return any(ancestor.tag in _ASIDE for ancestor in element.iterancestors())


def is_attached(element: HtmlElement, tree: HtmlElement) -> bool:
    """Tell whether an element is still in the tree: one above it may have been dropped."""
    return element is tree or any(ancestor is tree for ancestor in element.iterancestors())


def drop(element: HtmlElement) -> None:
    """Remove an element from its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()
