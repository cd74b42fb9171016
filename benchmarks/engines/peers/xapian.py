"""Xapian: terms with positions, values in numbered slots that match spies count."""

from __future__ import annotations

import json
import os
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.engines.answers import TOP, Answer, Counts, System, top
from benchmarks.engines.peers.protocol import Unavailable, days_of
from benchmarks.engines.questions import ALL_KINDS, Question
from benchmarks.engines.rows import Rows
from indexer.query import And, Everything, Or, Phrase, Prefix, Query, Term

_PUBLISHED, _DAY, _MONTH, _TAGS, _PERSONS = 0, 1, 2, 100, 500
"""Slots; a multi-valued facet has one for each of an article's values, since a spy counts whole slots."""

_LONGEST = 240
"""Bytes of a term; Xapian takes 245."""
_FLUSH = "100000"
_SLOTS = "slots"


class Xapian:
    """Xapian, through its own bindings."""

    name = "Xapian"
    kinds = ALL_KINDS - {"fuzzy"}
    notes = (
        "1.4 has no query for fuzzy words; a slot and a match spy for each of an article's tags and persons"
    )

    def version(self) -> str:
        """Return the version of the library."""
        if not find_spec("xapian"):
            raise Unavailable("xapian-bindings-binary is not installed: pip install 'manchette[bench]'")
        import xapian

        return str(xapian.version_string())

    def prepare(self) -> None:
        """Load the library."""
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = _FLUSH
        import xapian  # noqa: F401

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:  # noqa: ARG002 - the peers' signature
        """Write a database."""
        import xapian

        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
        most = [0, 0]
        for row in rows:
            document = xapian.Document()
            document.set_data(row.title)
            document.add_value(_PUBLISHED, xapian.sortable_serialise(row.published))
            document.add_value(_DAY, xapian.sortable_serialise(row.day))
            document.add_value(_MONTH, row.month or "-")
            for at, (slot, values) in enumerate(((_TAGS, row.tags), (_PERSONS, row.persons))):
                most[at] = max(most[at], len(values))
                for place, value in enumerate(values):
                    document.add_value(slot + place, value)
            for position, term in enumerate(row.text.split(), 1):
                document.add_posting(_cut(term), position)
            database.add_document(document)
        database.set_metadata(_SLOTS, json.dumps(most))
        database.close()

    def open(self, folder: Path) -> dict[str, System]:
        """Open the database."""
        return {self.name: _Opened(folder)}


class _Opened:
    def __init__(self, folder: Path) -> None:
        import xapian

        self._xapian = xapian
        self._database = xapian.Database(str(folder))
        tags, persons = json.loads(self._database.get_metadata(_SLOTS))
        self._slots = (range(_TAGS, _TAGS + tags), range(_PERSONS, _PERSONS + persons), (_MONTH,))

    def ask(self, question: Question) -> Answer:
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(self._narrowed(question))
        if isinstance(question.query, Everything):
            enquire.set_sort_by_value(_PUBLISHED, True)
            enquire.set_weighting_scheme(self._xapian.BoolWeight())
        spies = [[self._xapian.ValueCountMatchSpy(slot) for slot in slots] for slots in self._slots]
        for spy in (spy for facet in spies for spy in facet):
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, self._database.get_doccount())
        tags, persons, months = (_counted(facet) for facet in spies)
        return Answer(
            titles=tuple(match.document.get_data().decode() for match in found),
            total=found.get_matches_estimated(),
            tags=top(tags),
            persons=top(persons),
            months=_months(months),
        )

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return answer

    def close(self) -> None:
        self._database.close()

    def _narrowed(self, question: Question) -> Any:
        query, xapian = self._query(question.query), self._xapian
        if days := days_of(question):
            first, last = map(xapian.sortable_serialise, days)
            period = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, first, last)
            return xapian.Query(xapian.Query.OP_FILTER, query, period)
        return query

    def _query(self, query: Query) -> Any:
        make = self._xapian.Query
        match query:
            case Term(_, text):
                return make(_cut(text))
            case Prefix(_, text):
                return make(make.OP_WILDCARD, text, 0, make.WILDCARD_LIMIT_ERROR, make.OP_SYNONYM)
            case Phrase(_, terms):
                return make(make.OP_PHRASE, list(map(_cut, terms)))
            case Or(parts):
                return make(make.OP_OR, list(map(self._query, parts)))
            case And(parts):
                return make(make.OP_AND, list(map(self._query, parts)))
            case Everything():
                return make.MatchAll
            case _:
                raise ValueError(f"Xapian cannot say {query}")


def _cut(term: str) -> bytes:
    return term.encode()[:_LONGEST]


def _counted(spies: list[Any]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for spy in spies:
        for value in spy.values():
            counts[value.term.decode()] += value.termfreq
    return counts


def _months(counts: Counter[str]) -> Counts:
    return tuple(sorted(("" if month == "-" else month, count) for month, count in counts.items()))
