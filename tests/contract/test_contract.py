"""What every engine answers, whatever it is made of: searches as data, then paging, scores, terms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from indexer.engine import Engine, Entry, Hit, JoinedTerms
from indexer.query import (
    Between,
    Boost,
    Constant,
    Everything,
    Favour,
    Fuzzy,
    OneOf,
    Or,
    Phrase,
    Prefix,
    Query,
    Search,
    Sort,
    Term,
)
from tests.contract.engine_names import Open
from tests.contract.search_cases import Case, load

ENTRIES, CASES = load(Path(__file__).with_name("searches.toml"))
PUBLISHED = {entry.id: entry.published for entry in ENTRIES}


@pytest.fixture(scope="module")
def library(open_engine: Open, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give an engine with the articles of `searches.toml`."""
    engine = open_engine(tmp_path_factory.mktemp("library"))
    with engine.rebuild() as writer:
        for entry in ENTRIES:
            writer.add(entry)
    yield engine
    engine.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.comment)
def test_search(library: Engine, case: Case) -> None:
    page = library.search(case.search)
    found = [hit.id for hit in page.hits]
    assert sorted(found) == sorted(case.ids)
    assert page.total == case.total
    if case.search.sort is not Sort.RELEVANCE:
        dated = list(takewhile(lambda id: PUBLISHED[id] is not None, found))
        assert dated == [id for id in case.ids if PUBLISHED[id] is not None]
    counted = {
        field: tuple((count.value, count.count) for count in facet.counts)
        for field, facet in page.facets.items()
    }
    assert counted == case.counts
    assert {field: facet.distinct for field, facet in page.facets.items()} == case.distinct
    assert all(hit.stored == f"stored {hit.id}".encode() for hit in page.hits)


def test_comments_of_cases_are_unique() -> None:
    assert len({case.comment for case in CASES}) == len(CASES)


# Scores


def _scores(engine: Engine, query: Query, *filters: OneOf | Between) -> dict[str, float]:
    page = engine.search(Search(query, filters, limit=100))
    scores = [hit.score for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    return {hit.id: hit.score for hit in page.hits}


WEIGHED: list[Query] = [
    Term("text", "paris"),
    Prefix("text", "par"),
    Fuzzy("text", "pari"),
    Phrase("text", ("gilet", "jaun")),
    Or((Term("text", "paris"), Prefix("text", "tra"), Term("title", "sncf")), 2),
]


@pytest.mark.parametrize("query", WEIGHED, ids=lambda query: type(query).__name__)
def test_a_boost_multiplies_the_score(library: Engine, query: Query) -> None:
    plain = _scores(library, query)
    assert plain
    assert min(plain.values()) > 0
    tripled = {id: pytest.approx(3 * score, rel=1e-5) for id, score in plain.items()}
    assert _scores(library, Boost(query, 3.0)) == tripled


@pytest.mark.parametrize("query", WEIGHED, ids=lambda query: type(query).__name__)
def test_a_constant_is_the_score(library: Engine, query: Query) -> None:
    assert set(_scores(library, Constant(query, 2.5)).values()) == {2.5}
    assert set(_scores(library, Constant(Boost(query, 7.0), 2.5)).values()) == {2.5}
    assert set(_scores(library, Boost(Constant(query, 2.5), 2.0)).values()) == {5.0}


def test_what_is_favoured_matches_no_more_and_scores_more(library: Engine) -> None:
    query, bonus = Term("text", "paris"), Constant(Term("text", "grev"), 2.5)
    plain, favoured = _scores(library, query), _scores(library, Favour(query, bonus))
    greves = _scores(library, bonus)
    assert favoured.keys() == plain.keys()
    assert favoured.keys() & greves.keys()
    for id, score in favoured.items():
        assert score == pytest.approx(plain[id] + greves.get(id, 0.0), rel=1e-4)


def test_a_boosted_prefix_outweighs_its_rival(library: Engine) -> None:
    brexit, snow = Prefix("text", "brex"), Prefix("text", "neig")
    assert next(iter(_scores(library, Or((Boost(brexit, 5.0), snow))))) == "brexit"
    assert next(iter(_scores(library, Or((brexit, Boost(snow, 5.0)))))) == "meteo"


def test_filters_change_no_score(library: Engine) -> None:
    query = Or((Term("text", "grev"), Term("text", "paris"), Prefix("exact", "tra")))
    plain = _scores(library, query)
    kept = _scores(library, query, OneOf("tag", ("transport", "manifestation")), Between())
    assert kept.keys() == {"greve", "fin-greve", "meteo", "gilets", "archive"}
    assert kept == {id: pytest.approx(plain[id], rel=1e-6) for id in kept}


def test_a_rare_term_weighs_more_than_a_frequent_one(library: Engine) -> None:
    scores = _scores(library, Or((Term("text", "sorbon"), Term("text", "paris"))))
    assert next(iter(scores)) == "archive"


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_by_date_the_score_is_0(library: Engine, sort: Sort) -> None:
    page = library.search(Search(Term("text", "paris"), sort=sort))
    assert {hit.score for hit in page.hits} == {0.0}


# Paging


def _paged(engine: Engine, query: Query, sort: Sort, step: int = 3) -> list[str]:
    ids: list[str] = []
    while hits := engine.search(Search(query, sort=sort, offset=len(ids), limit=step)).hits:
        ids += [hit.id for hit in hits]
    return ids


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "query", [Everything(), Or((Term("text", "paris"), Term("text", "carburant"), Prefix("text", "g")))]
)
def test_pages_repeat_and_lose_nothing(library: Engine, sort: Sort, query: Query) -> None:
    at_once = [hit.id for hit in library.search(Search(query, sort=sort, limit=100)).hits]
    assert len(at_once) == len(set(at_once)) > 6
    assert _paged(library, query, sort) == at_once


@pytest.mark.parametrize("sort", Sort)
def test_pages_of_equals_repeat_and_lose_nothing(engine: Engine, sort: Sort) -> None:
    entries = [Entry(f"n{n}", {"text": ["a", "b"]}, published=5, day=20180101) for n in range(40)]
    for part in (entries[:13], entries[13:30], entries[30:]):
        with engine.update() as writer:
            for entry in part:
                writer.add(entry)
    for query in (Everything(), Or((Term("text", "a"), Term("text", "b")))):
        ids = _paged(engine, query, sort)
        assert len(ids) == 40
        assert set(ids) == {entry.id for entry in entries}


def test_a_page_may_be_as_large_as_one_likes(library: Engine) -> None:
    assert len(library.search(Search(Everything(), limit=10**12)).hits) == len(ENTRIES)
    assert library.search(Search(Everything(), offset=10**12, limit=10)).hits == ()


# Single articles and terms


def test_get(library: Engine) -> None:
    assert library.get("brexit") == Hit("brexit", 0.0, b"stored brexit")
    assert library.get("brexi") is None
    assert library.get("") is None


def test_complete(library: Engine) -> None:
    assert library.complete("text", "gr") == ["grev", "griezman", "grve", "grvee"]
    assert library.complete("text", "ca", limit=2) == ["carburant", "cac"]
    assert library.complete("text", "") == library.complete("text", "", 100)[:10]
    assert library.complete("text", "licorne") == []
    assert library.complete("title_exact", "s") == ["sncf"]
    assert library.complete("text", "c+") == ["c++"]
    assert library.complete("text", "c.") == []


def test_frequencies(library: Engine) -> None:
    expected = {"pomm": 1, "carburant": 3, "paris": 4, "licorne": 0, "at&t": 1}
    assert library.frequencies("text", list(expected)) == expected
    assert library.frequencies("title", ["carburant"]) == {"carburant": 1}
    assert library.frequencies("title", []) == {}


def test_info(library: Engine, request: pytest.FixtureRequest) -> None:
    info = library.info()
    assert info.engine in request.node.name
    assert info.version
    assert info.articles == len(ENTRIES)
    assert info.bytes > 0


def test_an_engine_without_articles(engine: Engine) -> None:
    page = engine.search(Search(Everything()))
    assert (page.total, page.hits) == (0, ())
    assert engine.search(Search(Term("text", "a"), (OneOf("tag", ("a",)),), Sort.NEWEST)).total == 0
    assert engine.get("a") is None
    assert engine.complete("text", "") == []
    assert engine.frequencies("text", ["a"]) == {"a": 0}
    assert engine.info().articles == 0


ODD_TERMS = [
    "at&t",
    "c++",
    "الجزائر",
    "😀",
    "👩‍🚀",
    "a" * 1000,
    '"quoted"',
    "l'été",
    "l’été",
    "a*b?c",
    "[a-z]",
    "a\\b",
    "title:x",
    "AND",
    "œuvre",
    "ﬁn",
    "a\u00a0b",
    "-moins",
    "+plus",
    "(",
    "^",
    "$",
    "~2",
    "İ",
    "e\u0301",
]


def test_terms_may_come_as_one_text(engine: Engine) -> None:
    with engine.rebuild() as writer:
        writer.add(Entry("list", {"text": ["un", "deux", "trois"], "title": []}))
        writer.add(Entry("text", {"text": JoinedTerms("un deux trois"), "title": JoinedTerms("")}))
    for query in (Term("text", "trois"), Phrase("text", ("un", "deux")), Prefix("text", "deu")):
        first, second = engine.search(Search(query)).hits
        assert first.score == second.score
    assert engine.search(Search(Phrase("text", ("un", "trois")))).total == 0
    assert list(JoinedTerms("un deux")) == ["un", "deux"]
    assert (len(JoinedTerms("un deux")), JoinedTerms("un deux")[-1], JoinedTerms("un deux")[:1]) == (
        2,
        "deux",
        ["un"],
    )


def test_terms_with_odd_characters(engine: Engine) -> None:
    with engine.rebuild() as writer:
        for number, term in enumerate(ODD_TERMS):
            terms = {"text": ["avant", term, "entre", term, "après"], "title": [term]}
            writer.add(Entry(str(number), terms, {"tag": [term, f"<{term}>"], "person": [f"{term} {term}"]}))
    for number, term in enumerate(ODD_TERMS):
        queries = [
            Term("text", term),
            Prefix("title", term),
            Phrase("text", ("avant", term, "entre")),
            Phrase("title", (term,)),
        ]
        if len(term) > 2:
            queries.append(Fuzzy("title", term[1:]))
        for query in queries:
            assert str(number) in [hit.id for hit in engine.search(Search(query, limit=100)).hits], query
        assert [hit.id for hit in engine.search(Search(Term("title", term))).hits] == [str(number)]
        page = engine.search(Search(Everything(), (OneOf("tag", (f"<{term}>",)),)))
        assert [hit.id for hit in page.hits] == [str(number)]
        assert term in engine.complete("title", term)
    assert set(engine.frequencies("text", ODD_TERMS).values()) == {1}


ODD_IDS = [
    "a/b",
    "/",
    "à l’été",
    "a b",
    " ",
    "a:b*",
    "\\",
    '"',
    "A/b",
    "😀",
    "a" * 500,
    "https://x.fr/?q=1&b#c",
]


def test_ids_with_odd_characters(engine: Engine) -> None:
    with engine.rebuild() as writer:
        for id in ODD_IDS:
            writer.add(Entry(id, {"text": ["a"]}, stored=id.encode()))
    assert {hit.id for hit in engine.search(Search(Everything(), limit=100)).hits} == set(ODD_IDS)
    for id in ODD_IDS:
        assert engine.get(id) == Hit(id, 0.0, id.encode())
    with engine.update() as writer:
        for id in ODD_IDS[1:]:
            writer.delete(id)
    assert [hit.id for hit in engine.search(Search(Everything())).hits] == ODD_IDS[:1]


@pytest.mark.parametrize("stored", [b"", bytes(range(256)), b"\0", b"\r\n\n", b"x" * 100_000])
def test_stored_bytes_come_back_as_they_are(engine: Engine, stored: bytes) -> None:
    with engine.rebuild() as writer:
        writer.add(Entry("a", {"text": ["a"]}, stored=stored))
    hit = engine.get("a")
    assert hit is not None
    assert hit.stored == stored
    assert engine.search(Search(Everything())).hits[0].stored == stored
