"""A request: what a caller asks of the index, in the engine's terms except for the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from indexer.french import fold_key
from indexer.query import MONTH, AllOf, Between, Facet, Filter, OneOf, Sort, Undated

MOST_HITS = 10_000
"""How deep pages go; beyond it a search by date is what helps."""


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one search; `chosen` has for each facet field the values chosen, key → as given.

    `every` names the fields of which an article must have all the values chosen, not one of them.
    """

    words: str
    chosen: dict[str, dict[str, str]]
    first: date | None
    last: date | None
    undated: bool
    sort: Sort
    page: int
    size: int
    facet_size: int
    spelling: bool
    synonyms: bool
    every: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        words: str,
        *,
        tags: Iterable[str],
        persons: Iterable[str],
        sections: Iterable[str],
        first: date | None,
        last: date | None,
        undated: bool,
        sort: str,
        page: int,
        size: int,
        facet_size: int,
        spelling: bool,
        synonyms: bool,
        all_tags: bool = False,
        all_persons: bool = False,
    ) -> Request:
        """Make a request; raises ValueError for numbers out of range and an unknown order."""
        if page < 1 or size < 0 or facet_size < 0:
            raise ValueError("page counts from 1; size and facet_size are not negative")
        values = {"tag": tags, "person": persons, "section": sections}
        chosen = {field: {fold_key(value): value for value in given} for field, given in values.items()}
        every = frozenset(field for field, all_of in (("tag", all_tags), ("person", all_persons)) if all_of)
        return cls(
            words, chosen, first, last, undated, Sort(sort), page, size, facet_size, spelling, synonyms, every
        )

    def with_persons(self, main: Callable[[str], str]) -> Request:
        """Return the same request with each person chosen under the key that `main` gives for its own."""
        if not self.chosen["person"]:
            return self
        persons = {main(key): value for key, value in self.chosen["person"].items()}
        return replace(self, chosen={**self.chosen, "person": persons})

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Return the filters for an engine."""
        filters: list[Filter] = [
            AllOf(field, tuple(keys)) if field in self.every else OneOf(field, tuple(keys))
            for field, keys in self.chosen.items()
            if keys
        ]
        if self.first or self.last:
            filters.append(Between(self.first, self.last))
        if self.undated:
            filters.append(Undated())
        return tuple(filters)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Return the facets to count; values chosen are always among them."""
        return (*(self.facet(field, self.facet_size) for field in self.chosen), Facet(MONTH, None))

    def facet(self, field: str, limit: int | None) -> Facet:
        """Return one facet to count; where all its values must hold, one more is counted among those left."""
        return Facet(field, limit, tuple(self.chosen.get(field, ())), within=field in self.every)

    @property
    def month(self) -> date | None:
        """Return the first day of the month that the period lies in; None where it is no part of one."""
        if (
            not self.first
            or not self.last
            or (self.first.year, self.first.month)
            != (
                self.last.year,
                self.last.month,
            )
        ):
            return None
        return self.first.replace(day=1)
