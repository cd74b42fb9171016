"""Our queries and filters in Tantivy's terms, and the fields of its schema."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import tantivy
from tantivy import FieldType, Occur

from indexer.engine import day_number
from indexer.engines.tantivy.facet_values import FacetValues
from indexer.query import (
    DAY,
    FACET_FIELDS,
    MONTH,
    TEXT_FIELDS,
    AllOf,
    And,
    Between,
    Boost,
    Constant,
    Everything,
    Favour,
    Filter,
    Fuzzy,
    Kept,
    Not,
    OneOf,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Undated,
)

ID, STORED, NEWEST, OLDEST, ROW = "id", "stored", "newest", "oldest", "row"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(STORED, stored=True)
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    for field in FACET_FIELDS:
        builder.add_unsigned_field(field, indexed=True, fast=True)
    for field in (DAY, MONTH, ROW):
        builder.add_unsigned_field(field, fast=True)
    for field in (NEWEST, OLDEST):
        builder.add_integer_field(field, fast=True)
    return builder.build()


SCHEMA = _schema()


def translate(query: Query, values: FacetValues) -> tantivy.Query:
    """Return Tantivy's query for ours; what only keeps or drops articles scores 0."""
    make = tantivy.Query
    match query:
        case And(parts):
            return make.boolean_query([(Occur.Must, translate(part, values)) for part in parts])
        case Or(parts, minimum):
            shoulds = [(Occur.Should, translate(part, values)) for part in parts]
            return make.boolean_query(shoulds, max(minimum, 1))
        case Not(part):
            rest = [(Occur.Must, make.all_query()), (Occur.MustNot, translate(part, values))]
            return make.const_score_query(make.boolean_query(rest), 0.0)
        case Boost(part, factor):
            return make.boost_query(translate(part, values), factor)
        case Constant(part, score):
            return make.const_score_query(translate(part, values), score)
        case Favour(part, bonus):
            return make.boolean_query(
                [(Occur.Must, translate(part, values)), (Occur.Should, translate(bonus, values))]
            )
        case Kept(filter):
            return make.const_score_query(_kept(filter, values), 0.0)
        case _:
            return _leaf(query)


def _leaf(query: Everything | Term | Prefix | Fuzzy | Phrase | Range) -> tantivy.Query:
    make = tantivy.Query
    match query:
        case Everything():
            return make.const_score_query(make.all_query(), 0.0)
        case Term(field, text) | Phrase(field, (text,)):
            # A phrase of one word makes Tantivy panic.
            return make.term_query(SCHEMA, field, text)
        case Prefix(field, text):
            # Its own prefix query wants two words, its regular expressions want escapes.
            return make.fuzzy_term_query(SCHEMA, field, text, 0, prefix=True)
        case Fuzzy(field, text, edits):
            return make.fuzzy_term_query(SCHEMA, field, text, edits, transposition_cost_one=True)
        case Phrase(field, terms):
            return make.phrase_query(SCHEMA, field, list(terms)) if terms else make.empty_query()
        case Range(first, last):
            return _days(Between(first, last))


def _days(days: Between) -> tantivy.Query:
    first = 1 if days.first is None else day_number(days.first)
    last = None if days.last is None else day_number(days.last)
    between = tantivy.Query.range_query(SCHEMA, DAY, FieldType.Unsigned, first, last)
    return tantivy.Query.const_score_query(between, 0.0)


def alternatives(values: FacetValues, filters: Sequence[Filter]) -> dict[str, tantivy.Query]:
    """Return a query for each field that has filters."""
    fields: dict[str, list[tuple[Occur, tantivy.Query]]] = {}
    for filter in filters:
        query = _kept(filter, values)
        fields.setdefault(filter.field, []).append((Occur.Should, query))
    return {field: tantivy.Query.boolean_query(queries) for field, queries in fields.items()}


def _kept(filter: Filter, values: FacetValues) -> tantivy.Query:
    match filter:
        case OneOf(field, names):
            return tantivy.Query.term_set_query(SCHEMA, field, values.places(field, names))
        case AllOf(field, names):
            return _every(values, field, names)
        case Undated():
            return tantivy.Query.range_query(SCHEMA, DAY, FieldType.Unsigned, 0, 0)
        case Between():
            return _days(filter)


def _every(values: FacetValues, field: str, names: Sequence[str]) -> tantivy.Query:
    """Return a query for the articles that have all values; one that no article has matches none."""
    parts = [
        (Occur.Must, tantivy.Query.term_set_query(SCHEMA, field, values.places(field, (name,))))
        for name in names
    ]
    return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()


def narrowed(query: tantivy.Query, filters: Collection[tantivy.Query]) -> tantivy.Query:
    """Return the query that also asks for the filters, with the scores as they were."""
    if not filters:
        return query
    kept = [(Occur.Must, tantivy.Query.const_score_query(filter, 0.0)) for filter in filters]
    return tantivy.Query.boolean_query([(Occur.Must, query), *kept])
