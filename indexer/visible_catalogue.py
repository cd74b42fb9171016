"""The catalogue of a view: what is known beside the engine, verified by searches of the view."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from indexer.catalogue import Catalogue, Label, Summary
from indexer.engine import Engine, Hit
from indexer.entries import article_of, seconds
from indexer.persons import Join, Named
from indexer.query import Everything, Facet, OneOf, Search, Sort, Undated

_REMEMBERED = 20_000
_TRIED = 20
"""How many times as many tags and persons are looked at as are wanted: some are of hidden articles alone."""
_CHUNK = 1_000


class VisibleCatalogue(Catalogue):
    """Answer as the catalogue of the articles that may be seen, which `engine` finds.

    A test sees to it that it has every method of a catalogue: what is not here would speak of all.
    """

    def __init__(self, whole: Catalogue, engine: Engine) -> None:
        self._whole = whole
        self._engine = engine
        self._known = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._places: array[int] | None = None

    def label(self, field: str, key: str) -> Label | None:
        """Return a facet value by its key, counted; None where no article has it that may be seen."""
        return self._known(field, key)

    def labels(self, field: str) -> list[Label]:
        """Return all values of a facet, the most frequent first."""
        page = self._engine.search(Search(Everything(), limit=0, facets=(Facet(field, None),)))
        counts = page.facets[field].counts
        known = ((self._whole.label(field, each.value), each.count) for each in counts)
        return [replace(label, count=count) for label, count in known if label]

    def complete(self, prefix: str, limit: int) -> list[Label]:
        """Return tags and persons of which a word begins so, where an article has them."""
        found = self._whole.complete(prefix, _TRIED * limit)
        seen = (self.label(each.field, each.key) for each in found)
        return list(islice((each for each in seen if each), limit))

    def initials(self, field: str) -> str:
        """Return the first letters of the keys of a facet in order, each once."""
        return "".join(sorted({label.key[:1] for label in self.labels(field)}))

    def main(self, key: str) -> str:
        """Return the key of the person whose spelling a key is, which is never shown."""
        return self._whole.main(key)

    def named(self, word: str) -> list[str]:
        """Return nothing: another spelling may be one of hidden articles."""
        del word
        return []

    def joins(self) -> dict[str, Join]:
        """Return nothing: spellings may be those of hidden articles."""
        return {}

    def spelled(self) -> list[Named]:
        """Return nothing: spellings may be those of hidden articles."""
        return []

    def spellings(self, field: str, key: str) -> list[str]:
        """Return the usual spelling alone: others may be those of hidden articles."""
        label = self.label(field, key)
        return [label.label] if label else []

    def persons(self, limit: int) -> list[Label]:
        """Return the most frequent persons; all of them where the limit is negative."""
        persons = self.labels("person")
        return persons if limit < 0 else persons[:limit]

    def titled(self, key: str) -> list[str]:
        """Return the ids of the articles whose folded title is this."""
        return [id for id in self._whole.titled(key) if self._engine.get(id)]

    def coded(self, numbers: range) -> str | None:
        """Return the id whose number is one of these; None where the article that has them is hidden.

        Codes are the same for all readers, so one that is a hidden article's leads to no other.
        """
        id = self._whole.coded(numbers)
        return id if id is not None and self._engine.get(id) else None

    def digest(self, id: str) -> bytes | None:
        """Return the digest of an article."""
        return self._whole.digest(id) if self._engine.get(id) else None

    def sample(self, limit: int) -> list[str]:
        """Return some ids."""
        page = self._engine.search(Search(Everything(), limit=limit))
        return [hit.id for hit in page.hits]

    def dated(self, first: int, limit: int) -> list[tuple[str, int | None]]:
        """Return ids with their publication in seconds, in the order of ids, from that place on.

        The first call looks at every article of the index.
        """
        if self._places is None:
            self._places = array("L", self._look_through())
        wanted = self._places[first : first + limit]
        if not wanted:
            return []
        rows = self._whole.dated(wanted[0], wanted[-1] - wanted[0] + 1)
        return [rows[place - wanted[0]] for place in wanted]

    def summary(self) -> Summary:
        """Return the number of articles, of undated ones, the first and the last publication."""
        undated = self._engine.search(Search(Everything(), (Undated(),), limit=0)).total
        newest = self._engine.search(Search(Everything(), sort=Sort.NEWEST, limit=1))
        oldest = self._engine.search(Search(Everything(), sort=Sort.OLDEST, limit=1))
        return Summary(newest.total, undated, _published(oldest.hits), _published(newest.hits))

    def close(self) -> None:
        """Forget what was looked up; the catalogue itself belongs to the index."""
        self._known.cache_clear()

    def _look_up(self, field: str, key: str) -> Label | None:
        known = self._whole.label(field, key)
        if known is None:
            return None
        total = self._engine.search(Search(Everything(), (OneOf(field, (known.key,)),), limit=0)).total
        return replace(known, count=total) if total else None

    def _look_through(self) -> Iterator[int]:
        start = 0
        while rows := self._whole.dated(start, _CHUNK):
            for place, (id, _) in enumerate(rows, start):
                if self._engine.get(id):
                    yield place
            start += _CHUNK


def _published(hits: tuple[Hit, ...]) -> int | None:
    return seconds(article_of(hits[0].stored)) if hits else None
