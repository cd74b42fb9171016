"""Articles with something hostile in every field, one for each kind, and what no answer may have of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml import etree, html
from web_pages import check
from werkzeug.test import TestResponse

from indexer import Article

TEXTS = {
    "html": "<script>alert(1)</script>\"'><img src=x onerror=alert(2)><svg/onload=alert(3)>&amp;&#60;",
    "end": "</title></textarea></script></style>--><!--]]><script>alert(4)</script>",
    "template": "{{ 7*'7' }}{% raw %}{%include 'x'%}${7*7}#{7*7}<%= 7*7 %>{0.__class__}%s%n",
    "formula": '=HYPERLINK("http://attaque.example","ici")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line": "\n=1+1",
    "wide": "＝1+1",
    "hidden": "\x01\ufeff=1+1",
    "controls": "a\x00b\x01\x08\x0b\x0c\x0e\x1b[31m\x7f\x85\u2028\u2029c",
    "not XML": "a\ufffe\uffff\ufdd0b]]>c<?xml?>&bogus;",
    "planes": "é中😀𠀀\U00030000\U000e0041\U000f0000\U0010ffff",
    "direction": "\u202eexe.gpj\u2066\u2067\u200f",
    "script": "javascript:alert(1)",
    "JavaScript": " JaVa\tScript:alert(1)//http://",
    "data": "data:text/html,<script>alert(5)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "host": "//attaque.example/",
    "lines": "a\r\nSet-Cookie: a=b\r\n\r\nER  - \r\nTY  - NEWS\r\n@article{x,",
    "braces": "}}, note = {x}}\n@string{a = \\input{/etc/passwd}",
    "long": "mot" * 400,
}

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SCHEMES = {"", "http", "https", "mailto"}
TITLE = "Titre"


def articles() -> Iterator[Article]:
    """Yield an article for each text, which stands in all its fields, in lists and alone."""
    for number, (name, evil) in enumerate(TEXTS.items()):
        yield Article(
            id=f"{name}/{evil}",
            title=evil if evil.strip() else TITLE,
            lede=evil,
            body=f"{evil}\n\nUn corps. {evil}",
            section=evil,
            tags=(evil, f"{evil} bis"),
            persons=(evil,),
            author=evil,
            source=evil,
            url=evil,
            caption=evil,
            credit=evil,
            read_also=(evil,),
            language=evil,
            published=datetime(2018, 1, 1 + number, tzinfo=UTC),
        )
        yield Article(
            id=f"beside {name}",
            title=f"Voisin {name}",
            body=f"Un corps. {evil}",
            tags=(evil,),
            persons=(evil,),
        )


def check_answer(answer: TestResponse) -> None:
    """Hold an answer of any form against what a reader, a spreadsheet or a feed reader may be given."""
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    kind = answer.mimetype
    text = answer.get_data(as_text=True)
    if answer.status_code in {301, 308, 304}:
        return
    if kind == "text/html":
        check_page(text)
    elif kind.endswith("xml"):
        check_xml(answer.data)
    elif kind.endswith("json"):
        json.loads(text)
    elif kind == "text/csv":
        check_table(text)
    else:
        assert kind in {"text/plain", "application/x-bibtex", "application/x-research-info-systems"}, kind
    assert "\0" not in text


def check_page(text: str) -> None:
    page = html.document_fromstring(text)
    check(page)
    assert len(page.xpath("//script[@src]")) == 1
    assert not page.xpath(
        "//img | //iframe | //object | //embed | //svg[@onload] | //base | //form[@action='']"
    )
    for name in ("href", "src", "action", "formaction", "data", "poster"):
        for url in page.xpath(f"//@{name}"):
            shown = "".join(char for char in url if char > " ")
            assert urlsplit(shown).scheme.lower() in SCHEMES, url
            assert not shown.startswith(("//", "\\\\")), url
    for block in page.xpath("//script[@type='application/ld+json']"):
        json.loads(block.text)
        assert "<" not in block.text
    assert "7777777" not in text


def check_xml(data: bytes) -> None:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        for url in (element.get("href"), element.get("template")):
            assert url is None or urlsplit(url).scheme in SCHEMES - {""}, url


def check_table(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[0][:2] == ["id", "title"]
    for row in rows:
        assert len(row) == len(rows[0])
        assert not [cell for cell in row if cell.startswith(FORMULAS)], row
