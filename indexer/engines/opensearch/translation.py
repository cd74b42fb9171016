"""Our queries, filters and orders as those of OpenSearch, and how our indices are laid out there."""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from indexer.engine import Entry, Hit, day_number, joined
from indexer.engines.memory import K1, B
from indexer.errors import EngineError
from indexer.query import (
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
    Search,
    Sort,
    Term,
    Undated,
)

Json = dict[str, Any]

LISTED = "exact"
"""The field whose terms are listed as a whole, for the lexicon: they are columns beside, on disk. The terms
of the others can be listed too, but OpenSearch takes them into memory for that."""

_COLUMN = "exact_terms"
_LONGEST = 32_000
"""Bytes of a term: Lucene takes 32,766."""

SETTINGS: Json = {
    "refresh_interval": "-1",
    "codec": "best_compression",
    "similarity": {"news": {"type": "BM25", "k1": K1, "b": B}},
    "analysis": {
        "analyzer": {"terms": {"type": "custom", "tokenizer": "blanks"}},
        "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": _LONGEST}},
    },
}
MAPPINGS: Json = {
    "dynamic": "strict",
    "_source": {"includes": ["id", "stored", "bytes", "digest"]},
    "properties": {
        "id": {"type": "keyword", "index": False},
        "stored": {"type": "object", "enabled": False},
        "bytes": {"type": "object", "enabled": False},
        "digest": {"type": "keyword", "index": False, "doc_values": False},
        "day": {"type": "integer"},
        MONTH: {"type": "integer"},
        "published": {"type": "long", "index": False},
        _COLUMN: {"type": "keyword"},
        **{
            field: {"type": "text", "analyzer": "terms", "similarity": "news", "fielddata": field != LISTED}
            for field in TEXT_FIELDS
        },
        **{field: {"type": "keyword", "eager_global_ordinals": True} for field in FACET_FIELDS},
    },
}

NOTHING: Json = {"match_none": {}}
_ID = {"id": "asc"}
ORDERS: Mapping[Sort, list[Json]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, _ID],
    Sort.NEWEST: [{"published": {"order": "desc", "missing": "_last"}}, _ID],
    Sort.OLDEST: [{"published": {"order": "asc", "missing": "_last"}}, _ID],
}


def key_of(id: str) -> str:
    """Return the name of an article in the cluster: ids may be longer than it allows, or empty."""
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=15).digest()
    return urlsafe_b64encode(digest).decode()


def document_of(entry: Entry) -> Json:
    """Return an article as it is sent."""
    if unknown := (entry.terms.keys() - TEXT_FIELDS) | (entry.values.keys() - FACET_FIELDS):
        raise EngineError(f"article {entry.id} has fields that no index has: {', '.join(sorted(unknown))}")
    row: Json = {"id": entry.id, MONTH: (entry.day or 0) // 100}
    texts = {field: joined(terms) for field, terms in entry.terms.items()}
    row |= {field: text for field, text in texts.items() if text}
    if text := texts.get(LISTED):
        row[_COLUMN] = list(dict.fromkeys(text.split()))
    row |= {field: list(dict.fromkeys(values)) for field, values in entry.values.items() if values}
    if entry.day is not None:
        row["day"] = entry.day
    if entry.published is not None:
        row["published"] = entry.published
    return row | _stored(entry.stored)


def _stored(stored: bytes) -> Json:
    try:
        return {"stored": stored.decode("utf-8")}
    except UnicodeDecodeError:
        return {"bytes": b64encode(stored).decode()}


def hit_of(source: Json, score: float = 0.0) -> Hit:
    """Return an article found."""
    stored = b64decode(source["bytes"]) if "bytes" in source else source["stored"].encode()
    return Hit(source["id"], score, stored)


def column(field: str) -> str:
    """Return where the terms of a text field can be counted; raise EngineError for another field."""
    if field not in TEXT_FIELDS:
        raise EngineError(f"there is no text field {field!r}")
    return _COLUMN if field == LISTED else field


def request_of(search: Search, filters: Mapping[str, Json]) -> Json:
    """Return a search without its facets: filters of fields that are facets come after those are counted."""
    apart = {facet.field for facet in search.facets if not facet.within} & filters.keys()
    common = [filter for field, filter in filters.items() if field not in apart]
    query = translate(search.query)
    body: Json = {
        "query": {"bool": {"must": [query], "filter": common}} if common else query,
        "track_total_hits": True,
        "size": 0,
    }
    if apart:
        body["post_filter"] = {"bool": {"filter": [filters[field] for field in sorted(apart)]}}
    return body


def translate(query: Query) -> Json:
    """Return a query of ours as one of OpenSearch's."""
    match query:
        case Everything():
            return {"match_all": {"boost": 0.0}}
        case Term(field, text):
            return {"term": {field: {"value": text}}}
        case Prefix(field, text):
            return _scored({"prefix": {field: {"value": text}}}, 1.0)
        case Fuzzy(field, text, edits):
            near = {"value": text, "fuzziness": edits, "transpositions": True, "rewrite": "constant_score"}
            return _scored({"fuzzy": {field: near}}, 1.0)
        case Phrase(field, terms):
            return {"match_phrase": {field: {"query": " ".join(terms)}}} if terms else NOTHING
        case Range(first, last):
            return _scored(_days(Between(first, last)), 0.0)
        case Kept(filter):
            return _scored(_filter(filter), 0.0)
        case _:
            return _composed(query)


def _composed(query: Query) -> Json:
    match query:
        case And(parts):
            return {"bool": {"must": [translate(part) for part in parts]}} if parts else NOTHING
        case Or(parts, minimum):
            should = [translate(part) for part in parts]
            return {"bool": {"should": should, "minimum_should_match": minimum}} if parts else NOTHING
        case Not(part):
            return _scored({"bool": {"must_not": [translate(part)]}}, 0.0)
        case Boost(part, factor):
            return {"bool": {"must": [translate(part)], "boost": factor}}
        case Constant(part, score):
            return _scored(translate(part), score)
        case Favour(part, bonus):
            return {"bool": {"must": [translate(part)], "should": [translate(bonus)]}}
    raise AssertionError(query)


def alternatives(filters: Iterable[Filter]) -> dict[str, Json]:
    """Return for each field one filter that holds where any of its own does."""
    fields: dict[str, list[Json]] = {}
    for filter in filters:
        fields.setdefault(filter.field, []).append(_filter(filter))
    return {
        field: each[0] if len(each) == 1 else {"bool": {"should": each, "minimum_should_match": 1}}
        for field, each in fields.items()
    }


def _filter(filter: Filter) -> Json:
    match filter:
        case OneOf(field, values):
            return {"terms": {field: list(values)}}
        case AllOf(field, values):
            every: list[Json] = [{"term": {field: {"value": value}}} for value in values]
            return {"bool": {"filter": every or [{"match_all": {}}]}}
        case Undated():
            return {"term": {MONTH: {"value": 0}}}
        case Between():
            return _days(filter)


def _days(between: Between) -> Json:
    limits: Json = {}
    if between.first:
        limits["gte"] = day_number(between.first)
    if between.last:
        limits["lte"] = day_number(between.last)
    return {"range": {"day": limits}} if limits else {"exists": {"field": "day"}}


def _scored(part: Json, score: float) -> Json:
    return {"constant_score": {"filter": part, "boost": score}}
