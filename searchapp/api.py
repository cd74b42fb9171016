"""The JSON API: the same searches and articles, for programs."""

from __future__ import annotations

import json

from flask import Response

from indexer import (
    Article,
    Chapter,
    FacetValue,
    FoundArticle,
    Index,
    Related,
    Results,
    Suggestion,
    chapter_row,
    hit_row,
    notice_row,
    related_row,
    results_row,
)
from searchapp.found import last_page
from searchapp.links import Links
from searchapp.rewriting import pieces
from searchapp.search import find
from searchapp.sentences import message, plain_reason
from searchapp.state import FACETS, SearchState
from searchapp.typography import later, say


def answer(body: object) -> Response:
    """Return a JSON response, letters as they are."""
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


def search_body(index: Index, state: SearchState, links: Links) -> dict[str, object]:
    """Return a search as `index search --json` prints it, with labels, links and toggles besides."""
    results = find(index, state)
    return {
        **results_row(results),
        "notices": _notices(results, state),
        "pages": last_page(results),
        "hits": [_hit(hit, links) for hit in results.hits],
        "facets": {
            facet: [_value(facet, value, state, links) for value in values]
            for facet, values in results.facets.items()
        },
        "links": _page_links(results, state, links),
    }


def article_body(article: Article, links: Links) -> dict[str, object]:
    """Return an article with all its fields and its links."""
    more = {"related": links.api_related(article.id), "story": links.api_story(article.id)}
    return {**article.to_dict(), "links": {**_article_links(article, links), **more}}


def related_body(related: tuple[Related, ...], links: Links) -> list[dict[str, object]]:
    """Return related articles, each with its reason in words and in parts."""
    return [
        {**related_row(each), "reason": plain_reason(each), "links": _article_links(each.article, links)}
        for each in related
    ]


def story_body(story: tuple[Chapter, ...], links: Links) -> list[dict[str, object]]:
    """Return the articles of a story in the order of their dates; an empty list where there is none."""
    return [{**chapter_row(each), "links": _article_links(each.article, links)} for each in story]


def suggestions(index: Index, prefix: str, links: Links) -> list[dict[str, object]]:
    """Return how what is typed may go on: titles with their article, persons and tags with their search."""
    return [_suggestion(each, links) for each in index.complete(prefix)]


_KINDS = {"person": later("personne"), "tag": later("tag"), "title": later("article"), "word": later("mot")}


def _suggestion(suggestion: Suggestion, links: Links) -> dict[str, object]:
    row: dict[str, object] = {"text": suggestion.text, "kind": say(_KINDS[suggestion.kind])}
    if suggestion.kind == "title":
        return row | {"href": links.article(suggestion.id)}
    row["n"] = suggestion.articles
    if suggestion.kind in FACETS:
        row["href"] = links.search(SearchState().toggled(suggestion.kind, suggestion.text))
    return row


def _notices(results: Results, state: SearchState) -> list[dict[str, object]]:
    words = len(pieces(state.words))
    return [{**notice_row(each), "message": message(each, words)} for each in results.notices]


def _hit(hit: FoundArticle, links: Links) -> dict[str, object]:
    return {**hit_row(hit), "title_html": str(hit.title), "links": _article_links(hit.article, links)}


def _value(facet: str, value: FacetValue, state: SearchState, links: Links) -> dict[str, object]:
    row: dict[str, object] = {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if facet in FACETS:
        row["toggle"] = links.api_search(state.toggled(facet, value.value))
    return row


def _page_links(results: Results, state: SearchState, links: Links) -> dict[str, str]:
    pages = {"self": links.api_search(state), "html": links.search(state)}
    if 1 < state.page <= last_page(results):
        pages["previous"] = links.api_search(state.with_page(state.page - 1))
    if state.page < last_page(results):
        pages["next"] = links.api_search(state.with_page(state.page + 1))
    return pages


def _article_links(article: Article, links: Links) -> dict[str, str]:
    return {"self": links.api_article(article.id), "html": links.article(article.id)}
