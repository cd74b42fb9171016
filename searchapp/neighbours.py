"""The results before and after an article, in the search that the reader came from."""

from __future__ import annotations

from indexer import Index
from searchapp.article_parts import Neighbour, Turn
from searchapp.found import DEEPEST
from searchapp.links import Links
from searchapp.search import find
from searchapp.state import SearchState


def turn(index: Index, id: str, state: SearchState, links: Links, *, lit: bool) -> Turn | None:
    """Return the place of an article among the results of a state; None where it is not on its page.

    One search of that page, and one of a single result where the article is first or last on it.
    """
    if state.bare:
        return None
    results = find(index, state, facet_size=0)
    ids = [hit.id for hit in results.hits]
    if id not in ids:
        return None
    first = (results.page - 1) * results.size
    place = first + ids.index(id)

    def neighbour(at: int) -> Neighbour | None:
        if not 0 <= at < min(results.total, DEEPEST):
            return None
        if first <= at < first + len(ids):
            article = results.hits[at - first].article
        else:
            found = find(index, state.with_single(at), facet_size=0).hits
            if not found:
                return None
            article = found[0].article
        there = state.with_page(at // results.size + 1)
        return Neighbour(article.title, links.article(article.id, there, lit=lit), at + 1, article.language)

    return Turn(place + 1, results.total, neighbour(place - 1), neighbour(place + 1))
