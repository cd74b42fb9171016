"""A URL and its state: what is read, what is written, and that neither ever fails."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import uri_to_iri

from searchapp.facets import whole_period
from searchapp.parameters import MAX_FILTERS, NAMES, Reading, read_state
from searchapp.state import PAGE, SearchState, page_of, quoted

READ = [
    # query string, state
    ("", SearchState()),
    ("q=", SearchState()),
    ("q=+accord++climat+", SearchState(words="accord  climat")),
    ("q=%22accord+de+Paris%22+-charbon", SearchState(words='"accord de Paris" -charbon')),
    ("q=a&q=b", SearchState(words="b")),
    ("tag=COP21&tag=climat", SearchState(tags=("COP21", "climat"))),
    ("tag=Énergie&tag=energie&tag=", SearchState(tags=("Énergie",))),
    ("personne=Laurent+Fabius&person=Xi+Jinping", SearchState(persons=("Laurent Fabius", "Xi Jinping"))),
    ("section=Sport&sections=Culture", SearchState(sections=("Sport", "Culture"))),
    ("du=2018-11-18", SearchState(first=date(2018, 11, 18))),
    ("du=18/11/2018", SearchState(first=date(2018, 11, 18))),
    ("du=1/1/2015&au=31/12/2015", SearchState(first=date(2015, 1, 1), last=date(2015, 12, 31))),
    ("du=2018-11&au=2018-11", SearchState(first=date(2018, 11, 1), last=date(2018, 11, 30))),
    ("du=2016&au=2016", SearchState(first=date(2016, 1, 1), last=date(2016, 12, 31))),
    ("au=2016-02", SearchState(last=date(2016, 2, 29))),
    ("from=2016&to=2017-03-02", SearchState(first=date(2016, 1, 1), last=date(2017, 3, 2))),
    ("telquel=1", SearchState(as_typed=True)),
    ("tag=a&tag=b&toustags=1", SearchState(tags=("a", "b"), all_tags=True)),
    ("personne=a&all_persons=yes", SearchState(persons=("a",), all_persons=True)),
    ("toustags=1&toutespersonnes=1", SearchState()),
    ("as_typed=yes", SearchState(as_typed=True)),
    ("synonymes=non", SearchState(synonyms=False)),
    ("synonyms=no", SearchState(synonyms=False)),
    ("synonymes=oui", SearchState()),
    ("sansdate=1", SearchState(undated=True)),
    ("undated=true", SearchState(undated=True)),
    ("sansdate=0", SearchState()),
    ("tri=recents", SearchState(sort="newest")),
    ("tri=anciens", SearchState(sort="oldest")),
    ("tri=pertinence", SearchState()),
    ("sort=newest", SearchState(sort="newest")),
    ("sort=oldest", SearchState(sort="oldest")),
    ("page=3&taille=20", SearchState(page=3, size=20)),
    ("size=100", SearchState(size=100)),
    ("utm_source=x&unknown=1", SearchState()),
]

BAD = [
    # query string, parameter named, state
    ("page=abc", "page", SearchState()),
    ("page=0", "page", SearchState()),
    ("page=-1", "page", SearchState()),
    ("page=1000000000", "page", SearchState()),
    ("page=%D9%A3", "page", SearchState()),
    ("taille=0", "taille", SearchState()),
    ("size=101", "size", SearchState()),
    ("tri=hasard", "tri", SearchState()),
    ("sort=random", "sort", SearchState()),
    ("du=31/02/2018", "du", SearchState()),
    ("au=hier", "au", SearchState()),
    ("to=2018..2019", "to", SearchState()),
    ("du=2018&au=2015", "du", SearchState(first=date(2015, 1, 1), last=date(2018, 12, 31))),
    ("sansdate=peut-etre", "sansdate", SearchState()),
    ("tag=" + "x" * 201, "tag", SearchState()),
    ("q=" + "x" * 2001, "q", SearchState(words="x" * 2000)),
]


def reading(query: str) -> Reading:
    return read_state(MultiDict(parse_qsl(query, keep_blank_values=True)))


@pytest.mark.parametrize(("query", "state"), READ)
def test_read(query: str, state: SearchState) -> None:
    assert reading(query) == Reading(state)


@pytest.mark.parametrize(("query", "parameter", "state"), BAD)
def test_what_cannot_be_read_is_named(query: str, parameter: str, state: SearchState) -> None:
    found = reading(query)
    assert found.state == state
    assert [problem.parameter for problem in found.problems] == [parameter]


def test_filters_have_a_cap() -> None:
    found = reading("&".join(f"tag=t{number}&personne=p{number}" for number in range(15)))
    assert found.state.filters == MAX_FILTERS
    assert [problem.parameter for problem in found.problems] == ["tag"]


def test_written_in_one_order_without_defaults() -> None:
    state = SearchState(
        words="l’été",
        persons=("Xi Jinping",),
        tags=("COP21", "climat"),
        sections=("Sport",),
        first=date(2015, 1, 1),
        last=date(2015, 12, 31),
        undated=True,
        sort="oldest",
        page=2,
        size=20,
        as_typed=True,
        synonyms=False,
        all_tags=True,
        all_persons=True,
    )
    assert uri_to_iri("?" + state.query()) == (
        "?q=l’été&personne=Xi%20Jinping&toutespersonnes=1&tag=COP21&tag=climat&toustags=1&section=Sport"
        "&du=2015-01-01&au=2015-12-31&sansdate=1&tri=anciens&page=2&taille=20"
        "&telquel=1&synonymes=non"
    )
    assert [name for name, _ in state.pairs()] == [
        name for name in NAMES if name != "lang" for _ in range(2 if name == "tag" else 1)
    ]
    assert SearchState().query() == ""


def test_toggle_in_any_spelling() -> None:
    state = SearchState(tags=("Énergie",), page=3)
    assert state.toggled("tag", "energie") == SearchState()
    assert state.toggled("tag", "climat") == SearchState(tags=("Énergie", "climat"))
    assert state.toggled("person", "Énergie").persons == ("Énergie",)
    assert state.without("tag") == SearchState()


def test_every_change_goes_to_the_first_page() -> None:
    state = SearchState(words="a", tags=("t",), page=7)
    changed = [
        state.with_words("b"),
        state.toggled("tag", "t"),
        state.without("tag", "t"),
        state.with_period(date(2015, 1, 1), None),
        state.with_undated(undated=True),
        state.with_sort("newest"),
        state.without_filters(),
    ]
    assert {each.page for each in changed} == {1}


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), "2015"),
        (date(2016, 2, 1), date(2016, 2, 29), "2016-02"),
        (date(2016, 2, 1), date(2016, 2, 28), ""),
        (date(2015, 1, 2), date(2015, 12, 31), ""),
        (date(2015, 1, 1), date(2016, 12, 31), ""),
        (None, date(2015, 12, 31), ""),
    ],
)
def test_whole_period(first: date | None, last: date | None, name: str) -> None:
    assert whole_period(first, last) == name


names = st.sampled_from([name for aliases in NAMES.values() for name in aliases])
values = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["2018", "2018-11", "31/02/2018", "1", "0", "recents", "99999999999", "a" * 3000]),
    st.dates().map(date.isoformat),
    st.integers().map(str),
)


@given(st.lists(st.tuples(names, values), max_size=30))
def test_any_parameters_are_read_and_what_is_written_reads_the_same(pairs: list[tuple[str, str]]) -> None:
    state = read_state(MultiDict(pairs)).state
    again = read_state(MultiDict(state.pairs()))
    assert again == Reading(state)
    assert reading(state.query()).state == state
    assert again.state.query() == state.query()


@pytest.mark.parametrize("query", [query for query, _ in READ])
@pytest.mark.parametrize("facet", ["person", "tag", "section"])
def test_a_link_to_one_more_value_is_that_of_the_state_with_it(query: str, facet: str) -> None:
    state = read_state(MultiDict(parse_qsl(query))).state
    for value in ("Énergie", "a&b=c", "x", "100 %"):
        before, after = state.around(facet)
        assert (
            before + quoted(value) + after == state._with_values(facet, (*state.values(facet), value)).query()
        )


@pytest.mark.parametrize("query", [query for query, _ in READ])
@pytest.mark.parametrize("page", [2, 999, 10**9])
def test_a_link_to_another_page_is_that_of_the_state_there(query: str, page: int) -> None:
    state = read_state(MultiDict(parse_qsl(query))).state
    before, after = state.around(PAGE)
    assert before + page_of(page) + after == state.with_page(page).query()
