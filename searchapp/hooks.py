"""Hooks: what a host is told of the searches and the articles that readers ask for.

Plain functions and no signals: a hook is of one mount, it is typed, there is one of each so that there is no
question of order, and one of them answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer import Article, Results
from searchapp.state import SearchState


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """Hold a search that an address asks for, before it is made.

    `name` is that of the blueprint. `view` is the endpoint without the name of the blueprint: search, values,
    feed, table, api_search or api_values. The home page and lists of all persons and tags are no searches.
    """

    name: str
    view: str
    state: SearchState


@dataclass(frozen=True, slots=True)
class SearchDone:
    """Hold a search that was made, by the views search, feed, table and api_search, and what it found.

    `results` is the page that is shown; of a table it is its first hundred articles.
    """

    name: str
    view: str
    state: SearchState
    results: Results


@dataclass(frozen=True, slots=True)
class ArticleViewed:
    """Hold an article that is shown, by the views article and api_article, and the search it was found by."""

    name: str
    view: str
    article: Article
    state: SearchState


@dataclass(frozen=True, slots=True)
class Hooks:
    """Hold what a host wants to be told; each is called within the request, and may raise.

    What a hook raises is not caught: it ends the request as an error of a view of the host does.
    `before_search` returns another state to search for in place of the one asked for, or None to leave it.
    None of them is called where the browser has the page already (304): nothing is searched or read then.
    """

    before_search: Callable[[SearchAsked], SearchState | None] | None = None
    after_search: Callable[[SearchDone], None] | None = None
    article_viewed: Callable[[ArticleViewed], None] | None = None
