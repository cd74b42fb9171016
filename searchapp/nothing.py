"""What helps where nothing was found: other spellings, each word alone, each filter that can go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from markupsafe import Markup

from indexer import Index, Kind, OutOfTime, Results
from searchapp.facets import removable
from searchapp.links import Links
from searchapp.parts import Alone, Chip, Nothing, Try
from searchapp.rewriting import pieces, respelt
from searchapp.search import total
from searchapp.state import SearchState
from searchapp.typography import articles, number, say

MOST = 8
"""How many words and how many spellings are tried, a search or two each."""

Made = TypeVar("Made")

_UNSEARCHED = frozenset({Kind.IGNORED, Kind.EMPTY_FIELD, Kind.BAD_DATE})


def nothing(index: Index, state: SearchState, results: Results, links: Links) -> Nothing:
    """Return what other spellings, fewer words and fewer filters would give."""
    unsearched = _words_of(results, *_UNSEARCHED)
    misread = _words_of(results, Kind.CORRECTED)
    words = [word for word in pieces(state.words)[:MOST] if word not in unsearched]
    several = len(words) > 1
    bare = state.without_filters()
    return Nothing(
        spellings=_in_time(lambda: tuple(_spellings(index, state, misread, links)), ()),
        words=_in_time(lambda: tuple(_alones(index, words, state, links, misread)), ()) if several else (),
        any=_in_time(lambda: _any(index, words, state, links), None) if several else None,
        filters=_in_time(lambda: tuple(_chips(index, state, results, links)), ()),
        clear=links.search(bare),
        clear_count=_in_time(lambda: total(index, bare), 0) if state.filtered else 0,
    )


def _in_time(make: Callable[[], Made], otherwise: Made) -> Made:
    """Return what is made, something else where the budget of the request does not do for it."""
    try:
        return make()
    except OutOfTime:
        return otherwise


def _words_of(results: Results, *kinds: Kind) -> set[str]:
    """Return the words of a search that notices of some kinds name: all, of corrections what was typed."""
    return {
        word
        for notice in results.notices
        if notice.kind in kinds
        for word in (notice.words[:1] if notice.kind is Kind.CORRECTED else notice.words)
    }


def _spellings(index: Index, state: SearchState, misread: set[str], links: Links) -> list[Try]:
    """Return the search with other spellings: the best of each word together, then one by one."""
    offered = index.spellings(state.words)[:MOST]
    if not offered:
        return []
    best: dict[str, str] = {}
    for each in offered:
        best.setdefault(each.typed, each.text)
    # What was corrected already is read so in every try.
    read = {typed: text for typed, text in best.items() if typed in misread}
    changes = [best, *({**read, each.typed: each.text} for each in offered)]
    tries = {
        words: _try(index, shown, state, words, links)
        for words, shown in (respelt(state.words, change) for change in changes)
    }
    found = [each for each in tries.values() if each.found]
    return found or [
        _try(index, Markup("<b>{}</b>").format(each.text), state, each.text, links) for each in offered
    ]


def _try(index: Index, shown: Markup, state: SearchState, words: str, links: Links) -> Try:
    """Return a link to other words, without the filters where only that finds something."""
    within = state.with_words(words)
    count = total(index, within)
    if count or not state.filtered:
        return Try(shown, links.search(within), articles(count), count)
    without = within.without_filters()
    anywhere = total(index, without)
    if not anywhere:
        return Try(shown, links.search(without), articles(0), 0)
    says = say("{none} avec vos filtres, {n} sans", {"none": articles(0), "n": number(anywhere)})
    return Try(shown, links.search(without), says, anywhere)


def _alones(
    index: Index, words: list[str], state: SearchState, links: Links, misread: set[str]
) -> Iterator[Alone]:
    return (_alone(index, word, state, links, word in misread) for word in words)


def _alone(index: Index, word: str, state: SearchState, links: Links, misread: bool) -> Alone:
    """Return a word by itself; one that is read as another is counted as it was typed."""
    within = replace(state, words=word, page=1, as_typed=state.as_typed or misread)
    everywhere = within.without_filters()
    anywhere = total(index, everywhere)
    filtered = total(index, within) if anywhere and state.filtered else anywhere
    return Alone(word, links.search(everywhere) if anywhere else "", anywhere, filtered)


def _any(index: Index, words: list[str], state: SearchState, links: Links) -> Try | None:
    """Return the search for at least one of the words; None where no article has any."""
    tried = _try(index, say("Chercher au moins un de ces mots"), state, " OU ".join(words), links)
    return tried if tried.found else None


def _chips(index: Index, state: SearchState, results: Results, links: Links) -> list[Chip]:
    filters = removable(state, results.facets)
    return [Chip(kind, label, links.search(rest), total(index, rest)) for kind, label, rest in filters]
