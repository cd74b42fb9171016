"""Every engine against the memory engine, on random articles, changes and searches."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import Engine, Entry, Page, Writer
from indexer.engines.memory import MemoryEngine
from indexer.engines.tantivy import row_sets
from indexer.query import (
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
from tests.contract.engine_names import Open, engines, opener

Change = Entry | str
"""An article to add, or the id of one to delete."""

FIELDS = st.sampled_from(["text", "title"])
TERMS = st.sampled_from(
    ["a", "b", "ab", "ba", "abc", "acb", "abcd", "é", "éa", "aé", "été", "c++", "😀", "😀a"]
)
TAGS = st.sampled_from(["Élysée", "a", "a b", "b"])
PERSONS = st.sampled_from(["Anne Roux", "Jean-Luc", "X"])
DATES = st.sampled_from([(1969, 12, 31), (2018, 1, 1), (2018, 1, 31), (2018, 2, 1), (2019, 1, 1)])
DAYS = DATES.map(lambda parts: datetime(*parts, tzinfo=UTC).date())
IDS = st.sampled_from([f"id {n}" for n in range(16)])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an article, three in four with a date."""
    at = None
    if draw(st.integers(0, 3)):
        at = datetime(*draw(DATES), hour=draw(st.sampled_from([0, 12])), tzinfo=UTC)
    return Entry(
        id=draw(IDS),
        terms={
            "text": draw(st.lists(TERMS, max_size=6)),
            "title": draw(st.lists(TERMS, max_size=2)),
        },
        values={
            "tag": tuple(draw(st.lists(TAGS, max_size=3))),
            "person": tuple(draw(st.lists(PERSONS, max_size=2))),
        },
        published=int(at.timestamp()) if at else None,
        day=int(f"{at:%Y%m%d}") if at else None,
        stored=draw(st.binary(max_size=3)),
    )


FILTERS: st.SearchStrategy[Filter] = st.one_of(
    st.builds(OneOf, st.just("tag"), st.lists(TAGS | st.just("nowhere"), max_size=2).map(tuple)),
    st.builds(OneOf, st.just("person"), st.lists(PERSONS, min_size=1, max_size=2).map(tuple)),
    st.builds(AllOf, st.just("tag"), st.lists(TAGS | st.just("nowhere"), max_size=3).map(tuple)),
    st.builds(AllOf, st.just("person"), st.lists(PERSONS, max_size=2).map(tuple)),
    st.builds(Between, st.none() | DAYS, st.none() | DAYS),
    st.just(Undated()),
)

LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, FIELDS, TERMS),
    st.builds(Prefix, FIELDS, st.sampled_from(["a", "ab", "é", "c+", "😀", "."])),
    st.builds(Fuzzy, FIELDS, TERMS, st.integers(1, 2)),
    st.builds(Phrase, FIELDS, st.lists(TERMS, max_size=3).map(tuple)),
    st.builds(Range, st.none() | DAYS, st.none() | DAYS),
    st.just(Everything()),
    st.builds(Kept, FILTERS),
)


def queries(depth: int) -> st.SearchStrategy[Query]:
    """Draw a tree of at most this depth."""
    if depth == 1:
        return LEAVES
    part = queries(depth - 1)
    parts = st.lists(part, max_size=4).map(tuple)
    return st.one_of(
        LEAVES,
        st.builds(And, parts),
        st.builds(Or, parts, st.integers(1, 4)),
        st.builds(Not, part),
        st.builds(Boost, part, st.sampled_from([0.5, 1.0, 3.0])),
        st.builds(Favour, part, part),
        st.builds(Constant, part, st.sampled_from([0.0, 1.0, 2.5])),
    )


FACETS: st.SearchStrategy[Facet] = st.builds(
    Facet,
    st.sampled_from(["tag", "person", "section", "month", "day"]),
    st.none() | st.integers(0, 3),
    st.lists(TAGS | PERSONS, max_size=2).map(tuple),
    st.booleans(),
)

SEARCHES = st.builds(
    Search,
    query=queries(4),
    filters=st.lists(FILTERS, max_size=3).map(tuple),
    sort=st.sampled_from(Sort),
    limit=st.just(100),
    facets=st.lists(FACETS, max_size=4, unique_by=lambda facet: facet.field).map(tuple),
)

CORPORA = st.lists(entries(), max_size=12)
CHANGES = st.lists(st.lists(entries() | IDS, max_size=4), max_size=2)
SEVERAL = st.lists(SEARCHES, min_size=6, max_size=12)


ROW_SETS = "tantivy, all rows from sets"


@pytest.fixture(scope="module", params=[*engines(without="memory"), ROW_SETS])
def tested(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Engine]]:
    """Give a function that opens the engine on a new folder."""
    open_engine: Open = opener(request.param.partition(",")[0])
    with pytest.MonkeyPatch.context() as patch:
        if request.param == ROW_SETS:
            patch.setattr(row_sets, "FEWEST", 0)
            patch.setattr(row_sets, "_DEAREST", 1_000)
            patch.setattr(row_sets, "CACHE_BYTES", 50)
        yield lambda: open_engine(Path(tmp_path_factory.mktemp("index")))


def _compare(
    tested: Callable[[], Engine],
    corpus: Sequence[Entry],
    updates: Sequence[Sequence[Change]],
    searches: Sequence[Search],
) -> None:
    engine, memory = tested(), MemoryEngine()
    for each in (engine, memory):
        with each.rebuild() as writer:
            _write(writer, corpus)
        for changes in updates:
            with each.update() as writer:
                _write(writer, changes)
    published = {entry.id: entry.published for entry in memory._open().entries.values()}
    for search in searches:
        expected, page = memory.search(search), engine.search(search)
        _compare_pages(search, expected, page, published)
        _compare_paging(engine, search, page)
    terms = ["a", "ab", "abc", "é", "été", "c++", "😀a", "nowhere"]
    for field in ("text", "title"):
        assert engine.frequencies(field, terms) == memory.frequencies(field, terms)
        for prefix in ("", "a", "é", "😀"):
            assert engine.complete(field, prefix, 5) == memory.complete(field, prefix, 5)
    assert engine.info().articles == len(published)
    engine.close()


def _write(writer: Writer, changes: Sequence[Change]) -> None:
    for change in changes:
        if isinstance(change, Entry):
            writer.add(change)
        else:
            writer.delete(change)


def _compare_pages(search: Search, expected: Page, page: Page, published: dict[str, int | None]) -> None:
    assert {hit.id: hit.stored for hit in page.hits} == {hit.id: hit.stored for hit in expected.hits}
    assert page.total == len(page.hits) == expected.total
    assert page.facets == expected.facets
    if search.sort is Sort.RELEVANCE:
        scores = [hit.score for hit in page.hits]
        assert scores == sorted(scores, reverse=True)
    else:
        assert [published[hit.id] for hit in page.hits] == [published[hit.id] for hit in expected.hits]


def _compare_paging(engine: Engine, search: Search, page: Page) -> None:
    pages = [
        engine.search(Search(search.query, search.filters, search.sort, offset, 3))
        for offset in range(0, page.total + 1, 3)
    ]
    hits = reduce(operator.add, (each.hits for each in pages))
    assert [hit.id for hit in hits] == [hit.id for hit in page.hits]
    assert {each.total for each in pages} == {page.total}


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=CHECKS)
@given(corpus=CORPORA, updates=CHANGES, searches=SEVERAL)
def test_like_memory(
    tested: Callable[[], Engine], corpus: list[Entry], updates: list[list[Change]], searches: list[Search]
) -> None:
    _compare(tested, corpus, updates, searches)


@pytest.mark.long
@settings(max_examples=2000, deadline=None, database=None, suppress_health_check=CHECKS)
@given(corpus=CORPORA, updates=CHANGES, searches=SEVERAL)
def test_like_memory_for_long(
    tested: Callable[[], Engine], corpus: list[Entry], updates: list[list[Change]], searches: list[Search]
) -> None:
    _compare(tested, corpus, updates, searches)
