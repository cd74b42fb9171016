"""The table: the articles of a search as CSV (RFC 4180), for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer import FoundArticle, Index, Results
from searchapp.links import Links
from searchapp.search import Searched, find, unwatched
from searchapp.state import SearchState

TYPE = "text/csv; charset=utf-8"
FILE = "manchette.csv"

MAX_ROWS = 1_000
"""Articles that a table has at most; those behind are found with a narrower search."""

COLUMNS = ("id", "title", "published", "section", "tags", "persons", "url", "score")

_AT_ONCE = 100
_BOM = "\ufeff"
"""By which spreadsheets know UTF-8; without it they show « Ã© »."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(index: Index, state: SearchState, links: Links, searched: Searched = unwatched) -> Iterator[str]:
    """Yield the table in pieces, at most `MAX_ROWS` articles; the page and size of the state are left aside.

    The first page is searched at once, so that an index that cannot answer is said as such.
    """
    state = replace(state, page=1, size=_AT_ONCE)
    results = find(index, state, facet_size=0)
    searched(state, results)
    return _pieces(index, state, links, results)


def cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula, without control characters."""
    text = _CONTROLS.sub("", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _pieces(index: Index, state: SearchState, links: Links, results: Results) -> Iterator[str]:
    yield _BOM + _lines([COLUMNS])
    last = min(results.pages, MAX_ROWS // _AT_ONCE)
    for page in range(1, last + 1):
        if page > 1:
            results = find(index, state.with_page(page), facet_size=0)
        yield _lines(_row(hit, links) for hit in results.hits)


def _row(hit: FoundArticle, links: Links) -> tuple[str, ...]:
    article = hit.article
    return (
        cell(article.id),
        cell(article.title),
        article.published.isoformat() if article.published else "",
        cell(article.section),
        cell(" | ".join(article.tags)),
        cell(" | ".join(article.persons)),
        links.canonical_article(article.id),
        str(round(hit.score, 4)),
    )


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()
