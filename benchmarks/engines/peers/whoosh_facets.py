"""Whoosh as its documentation has it: its own writer, its own search, its own facets."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from benchmarks.engines.answers import TOP, Answer, System, top
from benchmarks.engines.peers.protocol import days_of
from benchmarks.engines.questions import ALL_KINDS, FIELD, Question
from benchmarks.engines.rows import Rows
from indexer.query import And, Everything, Or, Phrase, Prefix, Query, Term

_FACETS = ("tag", "person", "month")
_MEGABYTES = 512


class WhooshFacets:
    """Whoosh without anything of this project."""

    name = "Whoosh's own facets"
    kinds = ALL_KINDS - {"fuzzy"}
    notes = "its fuzzy words count a swap of letters as two changes, which is another question"

    def version(self) -> str:
        """Return the version of Whoosh."""
        return version("whoosh")

    def prepare(self) -> None:
        """Load nothing."""

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:  # noqa: ARG002 - the peers' signature
        """Write an index of one segment."""
        schema = fields.Schema(
            title=fields.STORED,
            text=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
            tag=fields.KEYWORD,
            person=fields.KEYWORD,
            month=fields.ID(sortable=True),
            day=fields.NUMERIC(int, sortable=True),
            published=fields.NUMERIC(int, bits=64, sortable=True),
        )
        writer = index.create_in(folder, schema).writer(limitmb=_MEGABYTES)
        for row in rows:
            writer.add_document(
                title=row.title,
                text=row.text,
                tag=list(row.tags),
                person=list(row.persons),
                month=row.month or "-",
                day=row.day,
                published=row.published,
            )
        writer.commit()

    def open(self, folder: Path) -> dict[str, System]:
        """Open the index."""
        return {self.name: _Opened(folder)}


class _Opened:
    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(folder)
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> Answer:
        facets = sorting.Facets()
        for name in _FACETS:
            facets.add_field(name, allow_overlap=name != "month", maptype=sorting.Count)
        asked, days = _query(question.query), days_of(question)
        newest = isinstance(question.query, Everything)
        found = self._searcher.search(
            asked,
            limit=TOP,
            filter=query.NumericRange("day", *days) if days else None,
            groupedby=facets,
            sortedby="published" if newest else None,
            reverse=newest,
        )
        months = ((_month(month), count) for month, count in found.groups("month").items())
        return Answer(
            titles=tuple(hit["title"] for hit in found),
            total=len(found),
            tags=top(_named(found.groups("tag"))),
            persons=top(_named(found.groups("person"))),
            months=tuple(sorted(months)),
        )

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return answer

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


def _named(groups: Mapping[Any, int]) -> dict[str, int]:
    """Return the counts without that of the articles that have no value."""
    return {_text(value): count for value, count in groups.items() if value}


def _month(value: Any) -> str:
    return "" if (month := _text(value)) == "-" else month


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _query(asked: Query) -> Any:
    match asked:
        case Term(_, text):
            return query.Term(FIELD, text)
        case Prefix(_, text):
            return query.Prefix(FIELD, text)
        case Phrase(_, terms):
            return query.Phrase(FIELD, list(terms))
        case Or(parts):
            return query.Or(list(map(_query, parts)))
        case And(parts):
            return query.And(list(map(_query, parts)))
        case Everything():
            return query.Every()
        case _:
            raise ValueError(f"not asked of Whoosh: {asked}")
