"""What helps where nothing was found: each word alone, each filter that can be taken away."""

from __future__ import annotations

import re

from indexer import Index, Kind, Results
from searchapp.facets import removable
from searchapp.links import Links
from searchapp.pages import Alone, Chip, Nothing
from searchapp.search import total
from searchapp.state import SearchState

MOST = 8
"""How many words and how many filters are tried, a search each."""

_PIECES = re.compile(r'[^\s"()]*"[^"]*"|[^\s()]+')
_UNSEARCHED = frozenset({Kind.IGNORED, Kind.EMPTY_FIELD, Kind.BAD_DATE})
_OPERATORS = frozenset({"ET", "AND", "OU", "OR", "SAUF", "NOT"})


def nothing(index: Index, state: SearchState, results: Results, links: Links) -> Nothing:
    """Return what each word gives alone, and what the search gives without each of its filters."""
    unsearched = {word for notice in results.notices if notice.kind in _UNSEARCHED for word in notice.words}
    words = [word for word in pieces(state.words) if word not in unsearched]
    return Nothing(
        words=tuple(_alone(index, word, state, links) for word in words) if len(words) > 1 else (),
        filters=tuple(_chips(index, state, results, links)),
        clear=links.search(state.without_filters()),
        clear_count=total(index, state.without_filters()) if state.filtered else 0,
    )


def pieces(words: str) -> tuple[str, ...]:
    """Return the words and quoted phrases of a search, without operators and exclusions."""
    found: dict[str, None] = {}
    excluded = False
    for piece in _PIECES.findall(words):
        word = piece if piece.count('"') % 2 == 0 else piece.replace('"', "")
        if word and not excluded and not word.startswith("-") and word not in _OPERATORS:
            found[word] = None
        excluded = piece in {"SAUF", "NOT"}
    return tuple(found)[:MOST]


def _alone(index: Index, word: str, state: SearchState, links: Links) -> Alone:
    everywhere = SearchState(words=word)
    anywhere = total(index, everywhere)
    within = total(index, state.with_words(word)) if anywhere and state.filtered else anywhere
    return Alone(word, links.search(everywhere) if anywhere else "", anywhere, within)


def _chips(index: Index, state: SearchState, results: Results, links: Links) -> list[Chip]:
    filters = removable(state, results.facets)[:MOST]
    return [Chip(kind, label, links.search(rest), total(index, rest)) for kind, label, rest in filters]
