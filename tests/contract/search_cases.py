"""The searches of `searches.toml` as the dataclasses that an engine is given."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from indexer.engine import Entry
from indexer.query import (
    FACET_FIELDS,
    TEXT_FIELDS,
    AllOf,
    And,
    Between,
    Boost,
    Constant,
    Everything,
    Facet,
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


@dataclass(frozen=True, slots=True)
class Case:
    """Hold a search and what every engine must answer."""

    comment: str
    search: Search
    ids: tuple[str, ...]
    total: int
    counts: dict[str, tuple[tuple[str, int], ...]]
    distinct: dict[str, int]


def load(file: Path) -> tuple[list[Entry], list[Case]]:
    """Read the articles and the searches of a file."""
    rows = tomllib.loads(file.read_text("utf-8"))
    return [_entry(row) for row in rows["entry"]], [_case(row) for row in rows["case"]]


def _entry(row: dict[str, Any]) -> Entry:
    day: date | None = row.get("day")
    at = datetime.combine(day, row["time"], UTC) if day else None
    known = {"id", "day", "time", *TEXT_FIELDS, *FACET_FIELDS}
    assert row.keys() <= known, row.keys() - known
    return Entry(
        id=row["id"],
        terms={field: row[field].split() for field in TEXT_FIELDS if field in row},
        values={field: row[field] for field in FACET_FIELDS if field in row},
        published=int(at.timestamp()) if at else None,
        day=int(f"{day:%Y%m%d}") if day else None,
        stored=f"stored {row['id']}".encode(),
    )


def _case(row: dict[str, Any]) -> Case:
    known = {"comment", "query", "filters", "sort", "facets", "offset", "limit"}
    known |= {"ids", "total", "counts", "distinct"}
    assert row.keys() <= known, row.keys() - known
    counts = {field: tuple((value, n) for value, n in rows) for field, rows in row.get("counts", {}).items()}
    search = Search(
        query=_query(row["query"]),
        filters=tuple(_filter(filter) for filter in row.get("filters", [])),
        sort=Sort(row.get("sort", "relevance")),
        offset=row.get("offset", 0),
        limit=row.get("limit", 100),
        facets=tuple(
            Facet(f["field"], f.get("limit"), tuple(f.get("keep", [])), f.get("within", False))
            for f in row.get("facets", [])
        ),
    )
    assert counts.keys() == {facet.field for facet in search.facets}, row["comment"]
    distinct = {field: len(rows) for field, rows in counts.items()} | row.get("distinct", {})
    return Case(
        row["comment"], search, tuple(row["ids"]), row.get("total", len(row["ids"])), counts, distinct
    )


def _query(row: list[Any]) -> Query:
    match row:
        case ["term", field, text]:
            return Term(field, text)
        case ["prefix", field, text]:
            return Prefix(field, text)
        case ["fuzzy", field, text, edits]:
            return Fuzzy(field, text, edits)
        case ["phrase", field, *terms]:
            return Phrase(field, tuple(terms))
        case ["range", first, last]:
            return Range(first or None, last or None)
        case ["and", *parts]:
            return And(tuple(_query(part) for part in parts))
        case ["or", int(minimum), *parts]:
            return Or(tuple(_query(part) for part in parts), minimum)
        case ["or", *parts]:
            return Or(tuple(_query(part) for part in parts))
        case ["not", part]:
            return Not(_query(part))
        case ["boost", factor, part]:
            return Boost(_query(part), factor)
        case ["constant", score, part]:
            return Constant(_query(part), score)
        case ["favour", part, bonus]:
            return Favour(_query(part), _query(bonus))
        case ["everything"]:
            return Everything()
        case ["kept", filter]:
            return Kept(_filter(filter))
    raise ValueError(f"not a query: {row}")


def _filter(row: list[Any]) -> Filter:
    match row:
        case ["one_of", field, *values]:
            return OneOf(field, tuple(values))
        case ["all_of", field, *values]:
            return AllOf(field, tuple(values))
        case ["between", first, last]:
            return Between(first or None, last or None)
        case ["undated"]:
            return Undated()
    raise ValueError(f"not a filter: {row}")
