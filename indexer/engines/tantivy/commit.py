"""A commit of Tantivy: the hits, counts and facets of what one commit made visible."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import tantivy
from tantivy import Document, Order

from indexer.engine import FacetCounts, Hit, Page
from indexer.engines.spans import Ints, Mask
from indexer.engines.tantivy.buckets import Bucket, count_buckets, pick_buckets
from indexer.engines.tantivy.facet_rows import FacetRows
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.engines.tantivy.row_sets import Leaf, RowSets
from indexer.engines.tantivy.translation import ID, NEWEST, OLDEST, ROW, SCHEMA, STORED, narrowed, translate
from indexer.query import Everything, Query, Search, Sort, Term

MOST_ROWS = 250_000
"""Matches whose facets are counted in arrays, for which Tantivy gives them as Python's objects, 150 bytes
each; of more it counts itself."""

_AT_ONCE = 200
"""Matches that are taken with the first page where there may be no more, and so end with one look."""

_REMEMBERED = 50_000
"""Terms whose number of articles is kept, 10 MB at most."""

_ORDERS: Mapping[Sort, tuple[str | None, Order]] = {
    Sort.RELEVANCE: (None, Order.Desc),
    Sort.NEWEST: (NEWEST, Order.Desc),
    Sort.OLDEST: (OLDEST, Order.Asc),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the hits of a page, the total where it was asked for, and where the first matches are."""

    total: int
    hits: tuple[Hit, ...] = ()
    places: Sequence[tantivy.DocAddress] = ()


@dataclass(frozen=True, slots=True)
class Commit:
    """Hold what one commit made visible."""

    searcher: tantivy.Searcher
    values: FacetValues
    rows: FacetRows
    deletions: bool
    sets: RowSets
    known: dict[tuple[str, str], int] = dataclasses.field(default_factory=dict)
    listed: dict[str, dict[str, int]] = dataclasses.field(default_factory=dict)

    def find(self, query: tantivy.Query, search: Search, count: bool) -> Found:
        """Return the hits of the page, and the total where `count` asks for it."""
        # Tantivy keeps room for twice as many hits as it is asked for, and panics at none.
        limit = min(search.limit, self.searcher.num_docs - search.offset)
        if limit <= 0:
            return self.count(query) if count else Found(0)
        by, order = _ORDERS[search.sort]
        first = count and not search.offset and self._may_be_few(search)
        found = self.searcher.search(
            query, max(limit, _AT_ONCE) if first else limit, count, by, search.offset, order
        )
        matches = found.hits
        hits = tuple(hit_of(self.searcher.doc(at), 0.0 if by else score) for score, at in matches[:limit])
        return Found(_total(found) if count else 0, hits, [at for _, at in matches] if first else ())

    def _may_be_few(self, search: Search) -> bool:
        """Tell whether there may be so few matches that all are taken at once, where they are counted."""
        return bool(search.facets) and self.sets.least(search.query, self._documents) <= _AT_ONCE

    def frequency(self, field: str, term: str) -> int:
        """Return in how many articles a term occurs, deleted ones left out."""
        # Tantivy's own number counts those as well; without it the postings are gone through.
        if (known := self.known.get((field, term))) is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            known = self.count(tantivy.Query.term_query(SCHEMA, field, term)).total
            self.known[field, term] = known
        return known

    def count(self, query: tantivy.Query) -> Found:
        """Return the total alone."""
        return Found(_total(self.searcher.search(query, 1)))

    def row(self, id: str) -> int | None:
        """Return the row of an article; None where there is none."""
        found = self.searcher.search(tantivy.Query.term_query(SCHEMA, ID, id), 1, count=False).hits
        return int(self.rows_at([found[0][1]])[0]) if found else None

    def rows_known(self, query: Query) -> Ints | None:
        """Return the rows of all matches without a search, where they are known and many; else None."""
        return self.rows.living() if isinstance(query, Everything) else self.sets.known(query)

    def rows_matching(self, query: Query, translated: tantivy.Query, found: Found) -> Ints | None:
        """Return the rows of all matches; None where there are too many to hand over."""
        rows = self.sets.rows(query, found.total, self._documents, self._rows_of_leaf)
        if rows is None and found.total == len(found.places):
            return self.rows_at(found.places)
        if rows is None and found.total <= MOST_ROWS:
            return self.rows_of(translated, found.total)
        return rows

    def _documents(self, term: Term) -> int:
        return self.searcher.doc_freq(term.field, term.text)

    def _rows_of_leaf(self, leaf: Leaf) -> Ints:
        query = translate(leaf, self.values)
        return self.rows_of(query, self.count(query).total)

    def rows_of(self, query: tantivy.Query, number: int) -> Ints:
        """Return the rows of all matches, of which there are so many."""
        found = self.searcher.search(tantivy.Query.const_score_query(query, 0.0), max(number, 1), count=False)
        return self.rows_at([at for _, at in found.hits])

    def rows_at(self, places: Sequence[tantivy.DocAddress]) -> Ints:
        """Return the rows of the articles at these places."""
        return np.array(self.searcher.fast_field_values(ROW, list(places)), np.int64)

    def counted(self, rows: Ints, search: Search) -> tuple[int, dict[str, FacetCounts]]:
        """Return how many of these rows pass the filters, and the facets that are asked for."""
        masks: dict[str, Mask] = {}
        for filter in search.filters:
            mask = self.rows.passing(rows, filter, self.values)
            masks[filter.field] = masks[filter.field] | mask if filter.field in masks else mask
        every = np.ones(rows.size, bool)
        kept = rows[np.logical_and.reduce(list(masks.values()))] if masks else rows
        facets = {}
        for facet in search.facets:
            among = kept
            if facet.field in masks and not facet.within:
                others = [mask for field, mask in masks.items() if field != facet.field]
                among = rows[np.logical_and.reduce([every, *others])]
            facets[facet.field] = self.rows.count(facet, among, self.values)
        return kept.size, facets

    def aggregated(self, query: tantivy.Query, filters: Mapping[str, tantivy.Query], search: Search) -> Page:
        """Return the page with the facets as Tantivy counts them."""
        kept = narrowed(query, filters.values())
        asked = {facet.field for facet in search.facets}
        within = {facet.field for facet in search.facets if facet.within}
        apart = asked & filters.keys() - within
        buckets = self._buckets(kept, asked - apart)
        for field in apart:
            others = [filter for name, filter in filters.items() if name != field]
            buckets |= self._buckets(narrowed(query, others), {field})
        found = self.find(kept, search, count=True)
        facets = {
            facet.field: pick_buckets(facet, self.values, buckets[facet.field]) for facet in search.facets
        }
        return Page(found.total, found.hits, facets)

    def _buckets(self, query: tantivy.Query, fields: Collection[str]) -> dict[str, list[Bucket]]:
        return count_buckets(partial(self.searcher.aggregate, query), self.values, fields)


def hit_of(document: Document, score: float) -> Hit:
    """Return an article that was found as a hit."""
    return Hit(str(document.get_first(ID)), score, bytes(document.get_first(STORED) or b""))


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # tantivy.pyi 0.27 leaves it out
