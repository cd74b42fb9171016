"""The difference of two generations: the same searches of both, and what they find otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexMissing
from indexer.french import Analyser, stop_words
from indexer.generations import Generations
from indexer.request import Request
from indexer.searching import run
from indexer.snapshot import Snapshot
from indexer.synonymsfile import SynonymsFile

TOP = 10
"""So many hits of a search are compared, in their order."""

TITLES, FACETS = 60, 20
"""How many searches are drawn from titles, and from each of tags and persons."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a search that finds something else: its totals, and ids that left the top or came into it.

    Both are empty where only the total or the order is another.
    """

    query: str
    before: int
    after: int
    left: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold two generations by name, their numbers of articles, how many searches, and which changed."""

    before: str
    after: str
    articles_before: int
    articles_after: int
    queries: int
    changes: tuple[Change, ...]


def differ(
    generations: Generations,
    before: str = "",
    after: str = "",
    queries: Iterable[str] = (),
    synonyms: Path | None = None,
) -> Difference:
    """Return how two generations answer the same searches.

    They are the live one (`after`) and the one before it where no names are given, the searches drawn
    from titles, tags and persons of `before` where there are none: always the same of one generation.
    Raises IndexMissing for a generation that is not there.
    """
    after = after or generations.current()
    before = before or generations.before(after)
    for name in (before, after):
        if not name or name not in generations.others(""):
            kept = ", ".join(generations.others("")) or "none"
            raise IndexMissing(f"{generations.directory}: no generation {name or 'before'}; there is {kept}")
    analyser = Analyser()
    used = SynonymsFile(synonyms).current(analyser)
    with ExitStack() as stack:
        old, new = (
            stack.enter_context(closing(Snapshot.open(name, generations.path(name), analyser)))
            for name in (before, after)
        )

        def found(query: str, snapshot: Snapshot) -> tuple[int, tuple[str, ...]]:
            results = run(_request(query), snapshot, analyser, used)
            return results.total, tuple(hit.id for hit in results.hits)

        asked = list(dict.fromkeys(queries)) or list(dict.fromkeys(_drawn(old, analyser)))
        changes = []
        for query in asked:
            one, other = found(query, old), found(query, new)
            if one != other:
                changes.append(
                    Change(query, one[0], other[0], _less(one[1], other[1]), _less(other[1], one[1]))
                )
        counts = old.manifest.articles, new.manifest.articles
    return Difference(before, after, *counts, len(asked), tuple(changes))


def _request(query: str) -> Request:
    return Request.of(
        query,
        tags=(),
        persons=(),
        sections=(),
        first=None,
        last=None,
        undated=False,
        sort="relevance",
        page=1,
        size=TOP,
        facet_size=0,
        spelling=True,
        synonyms=True,
    )


def _drawn(snapshot: Snapshot, analyser: Analyser) -> Iterator[str]:
    for id in snapshot.catalogue.sample(TITLES):
        article = snapshot.article(id)
        if article and (words := _words(article.title, analyser)):
            yield " ".join(words[:2])
    for field, name in (("tag", "tag"), ("person", "personne")):
        for label in snapshot.catalogue.labels(field)[:FACETS]:
            yield f'{name}:"{label.label}"'


def _words(title: str, analyser: Analyser) -> list[str]:
    """Return the words of a title that say something, as they are spelt there."""
    tokens = [token for chunk in analyser.chunks(title) for token in chunk.tokens]
    return [title[token.start : token.end] for token in tokens if token.exact not in stop_words()]


def _less(ids: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id not in others)
