"""A search as JSON: what `index search --json` prints, with labels, links and toggles besides."""

from __future__ import annotations

from indexer import FoundArticle, Index, Results, hit_row, notice_row, results_row
from searchapp.api.articles import article_links
from searchapp.api.facet_items import facet_item
from searchapp.api.pagination import page_links
from searchapp.found import last_page
from searchapp.links import Links
from searchapp.rewriting import pieces
from searchapp.search import Searched, find, unwatched
from searchapp.sentences import message
from searchapp.state import SearchState


def search_body(
    index: Index, state: SearchState, links: Links, searched: Searched = unwatched
) -> dict[str, object]:
    """Return one page of what was found, the facets of all of it, and the links that lead on."""
    results = find(index, state)
    searched(state, results)
    last = last_page(results)
    pages = page_links(state.page, last, lambda page: links.api_search(state.with_page(page)))
    faces = {"html": links.search(state), "atom": links.feed(state), "csv": links.table(state)}
    return {
        **results_row(results),
        "notices": _notices(results, state),
        "pages": last,
        "hits": [_hit(hit, links) for hit in results.hits],
        "facets": {
            facet: [facet_item(facet, value, state, links) for value in values]
            for facet, values in results.facets.items()
        },
        "links": pages | {name: url for name, url in faces.items() if url},
    }


def _notices(results: Results, state: SearchState) -> list[dict[str, object]]:
    words = len(pieces(state.words))
    return [{**notice_row(each), "message": message(each, words)} for each in results.notices]


def _hit(hit: FoundArticle, links: Links) -> dict[str, object]:
    return {**hit_row(hit), "title_html": str(hit.title), "links": article_links(hit.article, links)}
