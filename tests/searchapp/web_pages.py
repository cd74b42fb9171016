"""What must be true of every page, read with lxml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from lxml import etree, html
from werkzeug.test import TestResponse

from indexer import Article

Builder = Callable[[Iterable[Article]], Path]
"""What builds an index of articles and returns its folder."""


def parsed(response: TestResponse, status: int = 200) -> html.HtmlElement:
    """Return the page of a response, after checking all that holds for every page."""
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    page = html.document_fromstring(response.text)
    check(page)
    return page


def check(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert not [each for each, count in ids.items() if count > 1]
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert page.xpath("string(//title)").strip()
    assert page.get("lang") in {"fr", "en"}
    assert not page.xpath("//@style | //style | //script[not(@src or @type='application/ld+json')]")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    for field in page.xpath("//input[not(@type='hidden')]"):
        assert page.xpath("//label[@for=$id]", id=field.get("id")), etree.tostring(field)
    for reference in page.xpath("//@aria-labelledby | //@aria-controls"):
        assert reference in ids
    for link in page.xpath("//a"):
        assert link.get("href")
        assert text(link), etree.tostring(link)
        assert not link.get("href").lower().startswith(("javascript:", "data:"))
    for target in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert target[1:] in ids
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def text(element: html.HtmlElement) -> str:
    """Return the text of an element with plain single spaces."""
    return " ".join(element.text_content().replace("\u202f", " ").replace("\u00a0", " ").split())


def texts(page: html.HtmlElement, xpath: str) -> list[str]:
    return [text(each) for each in page.xpath(xpath)]
