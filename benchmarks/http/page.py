"""The page beyond the search: what a results page costs when the search and its hits are taken away."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from werkzeug.test import EnvironBuilder

from indexer import Index, Results
from searchapp import create_app

_WARMING = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold milliseconds of processor time a page: all of it, the search, its hits, the rest.

    The hits are their titles, snippets and reasons, which a search makes when they are looked at.
    """

    page: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)
    beyond: list[float] = field(default_factory=list)


def page_cost(folder: Path, words: Sequence[str]) -> Cost:
    """Ask for each page once, in this process and thread, as a WSGI server does."""
    app = create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_RATE": ""})
    spent = {"search": 0.0, "hits": 0.0}
    search = Index.search

    def timed(index: Index, *given: Any, **named: Any) -> Results:
        start = time.thread_time()
        found = search(index, *given, **named)
        made = time.thread_time()
        for hit in found.hits:
            _ = hit.title, hit.snippet, hit.why
        spent["search"] += made - start
        spent["hits"] += time.thread_time() - made
        return found

    cost = Cost()
    with patch.object(Index, "search", timed):
        for number, each in enumerate([*words[:_WARMING], *words]):
            spent.update(search=0.0, hits=0.0)
            whole = _asked(app, each)
            if number >= _WARMING:
                cost.page.append(whole * 1000)
                cost.search.append(spent["search"] * 1000)
                cost.hits.append(spent["hits"] * 1000)
                cost.beyond.append((whole - spent["search"] - spent["hits"]) * 1000)
    return cost


def _asked(app: Any, words: str) -> float:
    """Return the seconds that a page takes from the request to its last byte."""
    environ = EnvironBuilder(path="/", query_string={"q": words}).get_environ()
    answered: list[str] = []
    start = time.thread_time()
    body = app.wsgi_app(environ, lambda status, _headers, _error=None: answered.append(status))
    for _ in body:
        pass
    body.close()
    seconds = time.thread_time() - start
    assert answered == ["200 OK"]
    return seconds
