"""Suggestions: for the search box of the pages, for the API, and for a browser's own box (OpenSearch)."""

from __future__ import annotations

from indexer import Index, Suggestion
from searchapp.links import Links
from searchapp.state import FACETS, SearchState
from searchapp.typography import later, say

MAX_PREFIX = 200
"""Characters of what is being typed that are looked at."""

_KINDS = {"person": later("personne"), "tag": later("tag"), "title": later("article"), "word": later("mot")}


def suggestions(index: Index, prefix: str, links: Links) -> list[dict[str, object]]:
    """Return how what is typed may go on, as the script of the pages reads it."""
    return [_row(each, links) for each in index.complete(prefix)]


def suggestions_body(index: Index, prefix: str, links: Links) -> dict[str, object]:
    """Return how what is typed may go on, titles with their article, persons and tags with their search."""
    return {"q": prefix, "suggestions": [_suggestion(each, links) for each in index.complete(prefix)]}


def opensearch_body(index: Index, typed: str, links: Links) -> list[object]:
    """Return the four lists of OpenSearch Suggestions: typed, texts, what they are, where they lead."""
    found = index.complete(typed)
    texts = [each.text for each in found]
    return [
        typed,
        texts,
        [say(_KINDS[each.kind]) for each in found],
        [_address(each, links) for each in found],
    ]


def _row(suggestion: Suggestion, links: Links) -> dict[str, object]:
    row: dict[str, object] = {"text": suggestion.text, "kind": say(_KINDS[suggestion.kind])}
    if suggestion.kind == "title":
        return row | {"href": links.article(suggestion.id)}
    row["n"] = suggestion.articles
    if suggestion.kind in FACETS:
        row["href"] = links.search(_state(suggestion))
    return row


def _suggestion(suggestion: Suggestion, links: Links) -> dict[str, object]:
    row: dict[str, object] = {
        "text": suggestion.text,
        "kind": suggestion.kind,
        "articles": suggestion.articles,
    }
    if suggestion.kind == "title":
        return row | {
            "links": {"self": links.api_article(suggestion.id), "html": links.article(suggestion.id)}
        }
    state = _state(suggestion)
    return row | {"links": {"self": links.api_search(state), "html": links.search(state)}}


def _address(suggestion: Suggestion, links: Links) -> str:
    if suggestion.kind == "title":
        return links.canonical_article(suggestion.id)
    return links.canonical_search(_state(suggestion))


def _state(suggestion: Suggestion) -> SearchState:
    if suggestion.kind in FACETS:
        return SearchState().toggled(suggestion.kind, suggestion.text)
    return SearchState(words=suggestion.text)
