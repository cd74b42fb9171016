"""schema.org in a page, JSON-LD and microdata → the object that describes its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:\w*NewsArticle|\w*Article|\w*BlogPosting|Report|SocialMediaPosting)$")
_WRAP = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_DEEPEST = 8

Node = Mapping[str, Any]


def article_node(tree: HtmlElement) -> tuple[Node, bool]:
    """Return the first article described in JSON-LD (empty where none is), and whether a block is broken.

    A NewsArticle comes before other kinds of articles, wherever it stands: in `@graph`, in a list, or as
    the main entity of something else.
    """
    nodes: list[Node] = []
    named: dict[str, Node] = {}
    broken = False
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            loaded = json.loads(_WRAP.sub("", script.text_content()), strict=False)
        except (ValueError, RecursionError):
            broken = broken or bool(script.text_content().strip())
            continue
        for node in _nodes(loaded, _DEEPEST):
            if isinstance(id := node.get("@id"), str) and len(node) > 1:
                named.setdefault(id, node)
            if any(map(_ARTICLES.match, _types(node))):
                nodes.append(node)
    news = (node for node in nodes if any("News" in kind or "Report" in kind for kind in _types(node)))
    article = next(news, nodes[0] if nodes else {})
    return {key: _resolved(value, named) for key, value in article.items()}, broken


def text_of(value: Any) -> str:
    """Return the text of a value: itself, or the name of the object it is; of a list its first."""
    if isinstance(value, list):
        return next(filter(None, map(text_of, value)), "")
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or "")
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """Return the texts of a value or of each value of a list."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_of, values) if text]


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            if depth:
                yield from _nodes(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth - 1)


def _resolved(value: Any, named: Mapping[str, Node]) -> Any:
    """Return what a reference (`{"@id": …}`) leads to, for one reference or a list."""
    if isinstance(value, list):
        return [_resolved(item, named) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and isinstance(id := value.get("@id"), str) and "name" not in value:
        return named.get(id, value)
    return value


def _types(node: Node) -> list[str]:
    return [kind.rpartition("/")[2] for kind in texts_of(node.get("@type"))]
