"""Suggestions: what a reader may be about to type – tags and persons, then words, then titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from indexer.entries import article_of
from indexer.french import Analyser, Token, fold_key
from indexer.highlight import Highlighter
from indexer.query import And, Prefix, Query, Search, Sort, Term
from indexer.results import Suggestion
from indexer.snapshot import Snapshot
from indexer.spelling import usual
from indexer.words import Quoted

SHORTEST = 2
"""Letters below which nothing is suggested: one says too little, and reads most of the index."""

_SHORTEST_WORD = 3
_WORDS = 2
_TITLES = 3
_LOOKED_AT = 5


def suggest(typed: str, snapshot: Snapshot, analyser: Analyser, limit: int) -> tuple[Suggestion, ...]:
    """Return what begins with what was typed, accents and case left aside; nothing twice."""
    key = fold_key(typed)
    if len(key) < SHORTEST or limit < 1:
        return ()
    tokens = analyser.tokens(typed)
    forms = [token.exact for token in tokens]
    labels = snapshot.catalogue.complete(key, limit)
    names = [Suggestion(label.label, label.field, label.count) for label in labels]
    titles = list(_titles(forms, snapshot)) if forms else []
    known = {fold_key(title.text) for title in titles}
    before = typed[: tokens[-1].start] if tokens else ""
    words = list(_words(before, forms[-1], snapshot, analyser)) if forms else []
    words = [word for word in words if fold_key(word.text) not in known]
    room = max(limit - len(titles) - len(words), limit // 2)
    found: dict[str, Suggestion] = {}
    for suggestion in (*names[:room], *words, *titles, *names[room:]):
        found.setdefault(fold_key(suggestion.text), suggestion)
    return tuple(found.values())[:limit]


def _words(before: str, form: str, snapshot: Snapshot, analyser: Analyser) -> Iterator[Suggestion]:
    """Yield frequent words that begin with the last one typed, behind those typed before it."""
    if len(form) < _SHORTEST_WORD:
        return
    complete = snapshot.engine.complete("exact", form, 3 * _WORDS)
    forms = [other for other in complete if other.isalpha()][:_WORDS]
    articles = snapshot.engine.frequencies("exact", forms)
    for other in forms:
        if spelling := _spelling(other, snapshot, analyser):
            yield Suggestion(before + spelling, "word", articles[other])


def _spelling(form: str, snapshot: Snapshot, analyser: Analyser) -> str:
    """Return a form as articles spell it, with accents and capitals; empty where none has it.

    Articles that have it in their title are looked at first: a frequent word is found there ten times
    faster.
    """
    highlighter = Highlighter(Quoted(form, (Token(0, len(form), form, form),)), analyser)
    for field in ("title_exact", "exact"):
        spellings: Counter[str] = Counter()
        for hit in snapshot.engine.search(Search(Term(field, form), limit=_LOOKED_AT)).hits:
            article = article_of(hit.stored)
            for text in (article.title, article.lede, article.body):
                spellings.update(text[span.start : span.end] for span in highlighter.light(text).spans)
        if spellings:
            return usual(spellings)
    return ""


def _titles(forms: list[str], snapshot: Snapshot) -> Iterator[Suggestion]:
    """Yield the newest articles whose title has these words, the last one perhaps only begun."""
    parts: list[Query] = [Term("title_exact", form) for form in forms[:-1]]
    query = And((*parts, Prefix("title_exact", forms[-1])))
    for hit in snapshot.engine.search(Search(query, sort=Sort.NEWEST, limit=_TITLES)).hits:
        yield Suggestion(article_of(hit.stored).title, "title", 1, hit.id)
