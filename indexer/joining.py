"""Joining: at the end of a build all spellings of a person become one value of the facet.

Which spellings are one person is found anew each time, from the counts of all names as the articles
spell them; only the articles that this changes are written again. So a rebuild and the updates that
lead to the same articles give the same persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.ahead import Ahead
from indexer.article import Article
from indexer.catalogue_writer import CatalogueWriter
from indexer.dates import PARIS
from indexer.draft import open_draft
from indexer.engine import Engine, Writer
from indexer.entries import article_of, entry_of
from indexer.errors import IndexDamaged
from indexer.french import Analyser, fold_key
from indexer.persons import Join, KnownPersons, find_joins
from indexer.query import Everything, OneOf, Search

_CHUNK = 200
_PAGE = 500


def join_persons(
    folder: Path,
    engine_name: str,
    known: KnownPersons,
    zone: ZoneInfo = PARIS,
    ahead: Ahead | None = None,
) -> bool:
    """Join the persons of a generation that is not live yet; tell whether any article changed by that."""
    with open_draft(folder, engine_name) as (engine, catalogue):
        spelled = catalogue.spelled()
        joins = ahead.joins(spelled) if ahead else find_joins(spelled, known)
        changed = _Joiner(engine, catalogue, zone).join(joins)
        catalogue.write_starts()
    return changed


def joined(persons: tuple[str, ...], joins: Mapping[str, Join]) -> tuple[str, ...]:
    """Return the persons with each joined one under the name that is shown, nobody twice."""
    kept: dict[str, str] = {}
    for name in persons:
        key = fold_key(name)
        join = joins.get(key)
        if join is None:
            kept.setdefault(key, name)
        elif join.main:
            kept.setdefault(join.main, join.name)
    return tuple(kept.values())


class _Joiner:
    def __init__(self, engine: Engine, catalogue: CatalogueWriter, zone: ZoneInfo) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._zone = zone
        self._analyser = Analyser()

    def join(self, joins: dict[str, Join]) -> bool:
        before = self._catalogue.joins()
        changed = {key for key in before.keys() | joins.keys() if _name(before, key) != _name(joins, key)}
        rewritten = False
        if changed:
            with self._engine.update() as writer:
                for article, found in self._touched(changed):
                    rewritten |= self._rewrite(article, found, joins, writer)
        self._catalogue.set_joins(joins)
        self._catalogue.settle_persons(self._gained(joins))
        return rewritten

    def _touched(self, changed: set[str]) -> Iterator[tuple[Article, tuple[str, ...]]]:
        """Yield the articles that spell a person in one of these ways, and the persons as they spell them."""
        known = {}
        for id, persons in self._catalogue.found():
            known[id] = persons
            if not changed.isdisjoint(map(fold_key, persons)):
                hit = self._engine.get(id)
                if hit is None:
                    raise IndexDamaged(
                        f"article {id} is in the catalogue and not in the engine. Run: index rebuild"
                    )
                yield article_of(hit.stored), persons
        keys = sorted(changed)
        seen: set[str] = set(known)
        for first in range(0, len(keys), _CHUNK):
            for article in self._naming(tuple(keys[first : first + _CHUNK])):
                if article.id not in seen:
                    seen.add(article.id)
                    yield article, article.persons

    def _naming(self, keys: tuple[str, ...]) -> Iterator[Article]:
        at = 0
        while True:
            page = self._engine.search(Search(Everything(), (OneOf("person", keys),), offset=at, limit=_PAGE))
            yield from (article_of(hit.stored) for hit in page.hits)
            at += _PAGE
            if at >= page.total:
                return

    def _rewrite(
        self, article: Article, found: tuple[str, ...], joins: Mapping[str, Join], writer: Writer
    ) -> bool:
        persons = joined(found, joins)
        self._catalogue.drop_found(article.id)
        if persons != found:
            self._catalogue.keep_found(article.id, found)
        if persons == article.persons:
            return False
        writer.add(entry_of(article.with_persons(persons), self._analyser, self._zone))
        return True

    def _gained(self, joins: Mapping[str, Join]) -> Iterator[tuple[str, str, int]]:
        """Yield for each person the number of articles that name it in other spellings only."""
        gained: Counter[tuple[str, str]] = Counter()
        for _, persons in self._catalogue.found():
            keys = set(map(fold_key, persons))
            mains = {joins[key].main: joins[key].name for key in keys & joins.keys()}
            gained.update((main, name) for main, name in mains.items() if main and main not in keys)
        for (main, name), count in gained.items():
            yield main, name, count


def _name(joins: Mapping[str, Join], key: str) -> tuple[str, str] | None:
    join = joins.get(key)
    return (join.main, join.name) if join else None
