"""What is known of each article besides its terms, as arrays: filters, orders and facet counts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine import FacetCounts, date_value, day_number, pick_counts
from indexer.engines.spans import Ints, Mask, spans
from indexer.query import (
    CALENDAR,
    FACET_FIELDS,
    TEXT_FIELDS,
    AllOf,
    Between,
    Facet,
    Filter,
    OneOf,
    Sort,
    Undated,
)

Floats = NDArray[np.float64]

_NO_DAY = 0
_NO_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one article's part of the columns; `lengths` counts its terms in each text field."""

    id: str
    lengths: tuple[int, ...]
    values: Mapping[str, Sequence[str]]
    published: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Values:
    """Hold a facet field: its values in order, and for each article the numbers of those it has.

    The numbers of article `d` are `numbers[starts[d]:starts[d + 1]]`; `docs` names the article of each.
    """

    names: tuple[str, ...]
    starts: Ints
    numbers: Ints
    docs: Ints

    @classmethod
    def make(cls, names: tuple[str, ...], starts: Ints, numbers: Ints) -> Values:
        """Complete the arrays by the article of each number."""
        return cls(names, starts, numbers, np.repeat(np.arange(starts.size - 1), np.diff(starts)))

    @classmethod
    def collect(cls, lists: Iterable[Sequence[str]]) -> Values:
        """Number the values of each article in turn."""
        distinct = [tuple(dict.fromkeys(values)) for values in lists]
        names = tuple(sorted({value for values in distinct for value in values}))
        number = {name: n for n, name in enumerate(names)}
        numbers = [number[value] for values in distinct for value in values]
        starts = np.cumsum([0, *map(len, distinct)])
        return cls.make(names, starts.astype(np.int64), np.array(numbers, np.int64))

    @classmethod
    def join(cls, parts: Sequence[Values]) -> Values:
        """Put the articles of several columns one after the other."""
        names = tuple(sorted({name for part in parts for name in part.names}))
        number = {name: n for n, name in enumerate(names)}
        numbers = [np.array([number[name] for name in part.names], np.int64)[part.numbers] for part in parts]
        lengths = np.concatenate([np.diff(part.starts) for part in parts])
        return cls.make(names, np.append(0, np.cumsum(lengths)), np.concatenate(numbers))

    def take(self, docs: Ints) -> Values:
        """Return the column of these articles only."""
        lengths = np.diff(self.starts)[docs]
        numbers = self.numbers[spans(self.starts[docs], lengths)]
        return Values.make(self.names, np.append(0, np.cumsum(lengths)), numbers)

    def of(self, doc: int) -> tuple[str, ...]:
        """Return the values of an article."""
        return tuple(self.names[n] for n in self.numbers[self.starts[doc] : self.starts[doc + 1]])

    def find(self, value: str) -> int:
        """Return the number of a value, -1 where no article has it."""
        at = bisect_left(self.names, value)
        return at if at < len(self.names) and self.names[at] == value else -1

    def holders(self, values: Iterable[str]) -> Mask:
        """Return which articles have at least one of these values."""
        mask = np.zeros(self.starts.size - 1, bool)
        for value in values:
            mask[self.docs[self.numbers == self.find(value)]] = True
        return mask

    def count(self, docs: Ints) -> Ints:
        """Return how many of these articles have each value."""
        if docs.size == self.starts.size - 1:
            numbers = self.numbers
        elif docs.size * 4 > self.starts.size:  # many: looking at every number is faster than picking
            mask = np.zeros(self.starts.size - 1, bool)
            mask[docs] = True
            numbers = self.numbers[mask[self.docs]]
        else:
            starts = self.starts[docs]
            numbers = self.numbers[spans(starts, self.starts[docs + 1] - starts)]
        return np.bincount(numbers, minlength=len(self.names))


@dataclass(frozen=True)
class Columns:
    """Hold the columns of a set of articles, in the order of their numbers."""

    ids: tuple[str, ...]
    lengths: Mapping[str, Ints]
    published: Ints
    days: Ints
    facets: Mapping[str, Values]

    @classmethod
    def collect(cls, rows: Sequence[Row]) -> Columns:
        """Make the columns of these articles."""
        lengths = np.array([row.lengths for row in rows], np.int64).reshape(len(rows), len(TEXT_FIELDS)).T
        return cls(
            tuple(row.id for row in rows),
            {field: np.ascontiguousarray(lengths[n]) for n, field in enumerate(TEXT_FIELDS)},
            np.array([_NO_TIME if row.published is None else row.published for row in rows], np.int64),
            np.array([_NO_DAY if row.day is None else row.day for row in rows], np.int64),
            {field: Values.collect([row.values.get(field, ()) for row in rows]) for field in FACET_FIELDS},
        )

    @classmethod
    def join(cls, parts: Sequence[Columns]) -> Columns:
        """Put the articles of several columns one after the other."""
        if not parts:
            return cls.collect(())
        if len(parts) == 1:
            return parts[0]
        return cls(
            tuple(id for part in parts for id in part.ids),
            {field: np.concatenate([part.lengths[field] for part in parts]) for field in TEXT_FIELDS},
            np.concatenate([part.published for part in parts]),
            np.concatenate([part.days for part in parts]),
            {field: Values.join([part.facets[field] for part in parts]) for field in FACET_FIELDS},
        )

    @classmethod
    def load(cls, file: Path) -> Columns:
        """Read what `save` wrote."""
        with np.load(file, allow_pickle=False) as saved:
            texts = json.loads(saved["texts"].tobytes())
            return cls(
                tuple(texts["ids"]),
                {field: saved[f"lengths_{field}"].astype(np.int64) for field in TEXT_FIELDS},
                saved["published"],
                saved["days"],
                {
                    field: Values.make(
                        tuple(texts[field]), saved[f"starts_{field}"], saved[f"numbers_{field}"]
                    )
                    for field in FACET_FIELDS
                },
            )

    def save(self, file: Path) -> None:
        """Write a new file; it is never changed afterwards."""
        texts = {"ids": self.ids, **{field: values.names for field, values in self.facets.items()}}
        arrays: dict[str, Any] = {
            "texts": np.frombuffer(json.dumps(texts).encode("ascii"), np.uint8),
            "published": self.published,
            "days": self.days,
            **{f"lengths_{field}": self.lengths[field].astype(np.uint32) for field in TEXT_FIELDS},
            **{f"starts_{field}": self.facets[field].starts for field in FACET_FIELDS},
            **{f"numbers_{field}": self.facets[field].numbers for field in FACET_FIELDS},
        }
        with file.open("xb") as out:
            np.savez(out, **arrays)

    def take(self, docs: Ints) -> Columns:
        """Return the columns of these articles only."""
        return Columns(
            tuple(self.ids[doc] for doc in docs.tolist()),
            {field: lengths[docs] for field, lengths in self.lengths.items()},
            self.published[docs],
            self.days[docs],
            {field: values.take(docs) for field, values in self.facets.items()},
        )

    def row(self, doc: int) -> Row:
        """Return what is known of one article."""
        published, day = int(self.published[doc]), int(self.days[doc])
        return Row(
            self.ids[doc],
            tuple(int(self.lengths[field][doc]) for field in TEXT_FIELDS),
            {field: values.of(doc) for field, values in self.facets.items()},
            None if published == _NO_TIME else published,
            None if day == _NO_DAY else day,
        )

    def tokens(self, docs: Ints) -> int:
        """Return the number of tokens of these articles, one more for each article."""
        return docs.size + sum(int(lengths[docs].sum()) for lengths in self.lengths.values())

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each id."""
        return {id: doc for doc, id in enumerate(self.ids)}

    @cached_property
    def means(self) -> dict[str, float]:
        """Return the mean length of each text field."""
        return {
            field: float(lengths.mean()) if lengths.size else 0.0 for field, lengths in self.lengths.items()
        }

    def holds(self, filter: Filter) -> Mask:
        """Return which articles a filter keeps."""
        match filter:
            case OneOf(field, values):
                return self.facets[field].holders(values)
            case AllOf(field, values):
                all_of: Mask = np.ones(self.days.size, bool)
                for value in values:
                    all_of &= self.facets[field].holders((value,))
                return all_of
            case Undated():
                undated: Mask = self.days == _NO_DAY
                return undated
            case Between(first, last):
                mask: Mask = self.days != _NO_DAY
                if first is not None:
                    mask &= self.days >= day_number(first)
                if last is not None:
                    mask &= self.days <= day_number(last)
                return mask

    def count(self, facet: Facet, docs: Ints) -> FacetCounts:
        """Count the values of a facet over these articles."""
        dated = facet.field in CALENDAR
        values = self._dates[facet.field] if dated else self.facets[facet.field]
        counts = values.count(docs)
        present = np.flatnonzero(counts)
        limit = None if dated else facet.limit
        chosen = present[_first(-counts[present], present, limit)]
        totals = {values.names[n]: int(counts[n]) for n in chosen.tolist()}
        kept = {value: int(counts[n]) for value in facet.keep if (n := values.find(value)) >= 0}
        return replace(pick_counts(facet, totals | kept), distinct=present.size)

    def order(self, docs: Ints, scores: Floats, sort: Sort, offset: int, limit: int) -> Ints:
        """Return the places in `docs` of one page, ties by id, undated articles last by date."""
        if not limit:
            return np.empty(0, np.int64)
        if sort is Sort.RELEVANCE:
            return _first(-scores, self._id_ranks[docs], offset + limit)[offset:]
        published = self.published[docs]
        signed = -published if sort is Sort.NEWEST else published
        dates = np.where(published == _NO_TIME, np.iinfo(np.int64).max, signed)
        return _first(dates, self._id_ranks[docs], offset + limit)[offset:]

    @cached_property
    def _dates(self) -> Mapping[str, Values]:
        """Return the months and the days as values of facets."""
        return {field: self._dated(field, unit) for field, unit in CALENDAR.items()}

    def _dated(self, field: str, unit: int) -> Values:
        dates, numbers = np.unique(self.days // unit, return_inverse=True)
        names = tuple(date_value(field, date) for date in dates.tolist())
        return Values.make(names, np.arange(self.days.size + 1), numbers)

    @cached_property
    def _id_ranks(self) -> Ints:
        ranks = np.empty(len(self.ids), np.int64)
        ranks[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        return ranks


def _first(keys: Ints | Floats, ties: Ints, limit: int | None) -> Ints:
    """Return the places of the smallest keys in order, at most `limit`; equal keys by their ties."""
    if limit is None or limit >= keys.size:
        return np.lexsort((ties, keys))
    if limit == 0:
        return np.empty(0, np.int64)
    near = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    return near[np.lexsort((ties[near], keys[near]))][:limit]
