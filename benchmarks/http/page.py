"""The page beyond the search: what a results page costs when `Index.search` is taken away."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from indexer import Index
from searchapp import create_app


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold milliseconds of processor time a page: all of it, the search, the rest."""

    page: list[float]
    search: list[float]
    beyond: list[float]


def page_cost(folder: Path, words: Sequence[str]) -> Cost:
    """Ask for each page once, in this process and thread; nothing of HTTP but Flask is in the times."""
    app = create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_RATE": ""})
    client = app.test_client()
    spent = 0.0
    search = Index.search

    def timed(index: Index, *given: Any, **named: Any) -> Any:
        nonlocal spent
        start = time.thread_time()
        try:
            return search(index, *given, **named)
        finally:
            spent += time.thread_time() - start

    cost = Cost([], [], [])
    with patch.object(Index, "search", timed):
        for each in words[:20]:
            client.get("/", query_string={"q": each})
        for each in words:
            spent = 0.0
            start = time.thread_time()
            answer = client.get("/", query_string={"q": each})
            whole = time.thread_time() - start
            assert answer.status_code == 200
            cost.page.append(whole * 1000)
            cost.search.append(spent * 1000)
            cost.beyond.append((whole - spent) * 1000)
    return cost
