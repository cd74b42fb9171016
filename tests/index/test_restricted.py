"""Views: an index as it is for those who may see some of its articles, beside an index of those alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Article, Index, Visible
from indexer.catalogue import Catalogue
from indexer.dates import PARIS
from indexer.engine import Engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.tantivy import row_sets
from indexer.entries import entry_of
from indexer.errors import EngineError
from indexer.french import Analyser
from indexer.query import Everything, Search
from indexer.visible_catalogue import VisibleCatalogue
from indexer.visible_engine import VisibleEngine
from tests.conftest import make_article

RULE = Visible(not_tags=("Abonnés",), not_sections=("Interne",))


def articles() -> list[Article]:
    """Return articles of which the hidden ones have words, persons, tags and titles of their own."""
    seen = [
        make_article(
            f"libre-{n}",
            f"Crue de la Loire, jour {n}",
            "La Loire monte encore à Orléans. Les habitants surveillent la digue et la levée.",
            f"2018-04-{n + 1:02}",
            section="Régions",
            tags=("crue", "Loire"),
            persons=("Ana Lee",),
            read_also=("Crue : les notes du préfet",),
        )
        for n in range(6)
    ]
    hidden = [
        make_article(
            f"reserve-{n}",
            f"Crue : les notes du préfet, feuillet {n}" if n else "Crue : les notes du préfet",
            "La Loire monte encore à Orléans. Le barrage de Villerest a un secret, zirconium et molybdène.",
            f"2018-04-{n + 3:02}",
            section="Enquêtes",
            tags=("crue", "abonnés", "Villerest"),
            persons=("Ana Lee", "Otto Quark"),
        )
        for n in range(5)
    ]
    memo = make_article("memo", "Note de service", "Molybdène.", section="interne", tags=("crue",))
    return [
        *seen,
        *hidden,
        memo,
        make_article("guide", "Un guide sans date", "Sans tag.", section="Services"),
    ]


@pytest.fixture
def pair(tmp_path: Path, engine: str) -> Iterator[tuple[Index, Index]]:
    """Give a view, and an index that never had what the view hides."""
    for name, chosen in (("all", articles()), ("some", [a for a in articles() if RULE.admits(a, PARIS)])):
        Index.rebuild(tmp_path / name, chosen, engine=engine, persons="off")
    whole, some = Index.open(tmp_path / "all"), Index.open(tmp_path / "some")
    yield whole.restricted(RULE), some
    whole.close()
    some.close()


SECRETS = ("crue", "molybdène", "Villerest", "Otto Quark", "secret", '"les notes du préfet"', "moly*", "")


@pytest.mark.parametrize("words", [*SECRETS, "molybdene OU loire", "villerst", "tag:villerest", "-loire"])
def test_a_search_answers_as_if_nothing_else_were_there(pair: tuple[Index, Index], words: str) -> None:
    seen, expected = (
        index.search(words, facet_size=50, sort="newest", tags=tags) for tags in ((),) for index in pair
    )
    assert [hit.id for hit in seen.hits] == [hit.id for hit in expected.hits]
    assert (seen.total, seen.facets, seen.values) == (expected.total, expected.facets, expected.values)
    assert seen.notices == expected.notices


def test_what_is_chosen_does_not_let_hidden_values_in(pair: tuple[Index, Index]) -> None:
    chosen = {"tags": ("villerest", "LOIRE"), "persons": ("otto quark",), "sections": ("enquetes",)}
    for words in ("", "crue"):
        seen, expected = (index.search(words, facet_size=50, **chosen) for index in pair)
        assert (seen.total, seen.facets, seen.values) == (expected.total, expected.facets, expected.values)
    for facet in ("tag", "person", "section", "date"):
        seen_values, expected_values = (index.values(facet, "crue") for index in pair)
        assert replace(seen_values, generation="") == replace(expected_values, generation="")


@pytest.mark.parametrize(
    "typed", ["vil", "villerest", "ot", "quark", "mol", "molyb", "crue", "crue : l", "lo", "ab"]
)
def test_suggestions_speak_of_what_may_be_seen(pair: tuple[Index, Index], typed: str) -> None:
    seen, expected = (index.complete(typed, 20) for index in pair)
    assert set(seen) == set(expected)
    shown = " ".join(each.text for each in seen)
    assert not [word for word in ("Villerest", "Otto", "préfet", "molybdène", "abonnés") if word in shown]


def test_spellings_are_those_of_what_may_be_seen(pair: tuple[Index, Index]) -> None:
    for words in ("molybdne", "vilerest", "orlans", "habitnts"):
        seen, expected = (index.spellings(words) for index in pair)
        assert seen == expected


def test_a_hidden_article_is_not_there(pair: tuple[Index, Index]) -> None:
    view, _ = pair
    for id in ("reserve-0", "memo"):
        assert view.article(id) is None
        assert view.related(id) == ()
        assert view.story(id) == ()
        assert view.copies(id).near == ()


def test_what_belongs_to_an_article_names_no_hidden_one(pair: tuple[Index, Index]) -> None:
    view, expected = pair
    hidden = {"reserve-0", "reserve-1", "reserve-2", "reserve-3", "reserve-4", "memo"}
    for id in ("libre-0", "libre-3"):
        article = view.article(id)
        assert article
        assert not {each.article.id for each in view.related(id, 20)} & hidden
        assert [each.article.id for each in view.story(id)] == [
            each.article.id for each in expected.story(id)
        ]
        assert [each.article for each in view.read_also(article)] == [None]
        assert not set(view.copies(id).near) & hidden
        assert view.counts("tag", article.tags) == expected.counts("tag", article.tags)
    assert not {each.article.id for each in view.related_to("Le barrage de Villerest, un secret.")} & hidden


def test_profiles_count_what_may_be_seen(pair: tuple[Index, Index]) -> None:
    view, expected = pair
    for facet, value in (("person", "Otto Quark"), ("tag", "Villerest"), ("section", "Enquêtes")):
        assert view.profile(facet, value) is None
    for facet, value in (("person", "Ana Lee"), ("tag", "crue"), ("section", "Régions")):
        seen, other = view.profile(facet, value), expected.profile(facet, value)
        assert seen
        assert other
        assert (seen.total, seen.months, seen.persons, seen.tags) == (
            other.total,
            other.months,
            other.persons,
            other.tags,
        )
        assert [each.id for each in seen.newest] == [each.id for each in other.newest]


def test_lists_and_numbers_are_those_of_what_may_be_seen(pair: tuple[Index, Index]) -> None:
    view, expected = pair
    assert view.listed() == expected.listed()
    assert view.listed(2, 3) == expected.listed(2, 3)
    assert view.listed(100, 3) == ()
    seen, other = view.info(), expected.info()
    for name in ("articles", "undated", "first", "last"):
        assert getattr(seen, name) == getattr(other, name)
    assert view.counts("tag", ("Villerest", "crue")) == expected.counts("tag", ("Villerest", "crue"))
    assert [each.name for each in view.persons()] == [each.name for each in expected.persons()]
    assert {each.name for each in view.tags()} == {each.name for each in expected.tags()}
    assert not view.doubtful_persons()


def test_letters_and_codes_are_those_of_what_may_be_seen(pair: tuple[Index, Index]) -> None:
    view, expected = pair
    whole = Index.open(view.directory)
    for facet in ("tag", "person", "section"):
        assert view.initials(facet) == expected.initials(facet)
        assert view.initials(facet) != whole.initials(facet)
    assert view.coded(whole.code("libre-1")) == "libre-1"
    assert view.code("libre-1") == whole.code("libre-1")
    assert whole.coded(whole.code("reserve-1")) == "reserve-1"
    for id in ("reserve-1", "memo", "nowhere"):
        assert view.coded(whole.code(id)) is None
        assert view.code(id) == expected.code(id)
    whole.close()


def test_all_values_together_and_the_days_of_a_month(pair: tuple[Index, Index]) -> None:
    month = {"first": date(2018, 4, 1), "last": date(2018, 4, 30)}
    seen, expected = (index.search("loire", tags=("crue", "loire"), all_tags=True, **month) for index in pair)
    assert seen.total == 6
    assert (seen.total, seen.facets, seen.days) == (expected.total, expected.facets, expected.days)
    assert sum(day.count for day in seen.days) == 6
    seen, expected = (index.search(persons=("Ana Lee", "Otto Quark"), all_persons=True) for index in pair)
    assert (seen.total, seen.facets) == (expected.total, expected.facets)
    assert seen.total == 0
    for facet in ("tag", "person"):
        listed = [
            replace(index.values(facet, tags=("crue",), all_tags=True), generation="") for index in pair
        ]
        assert listed[0] == listed[1]


def test_views_and_the_whole_ask_in_turn(pair: tuple[Index, Index], monkeypatch: pytest.MonkeyPatch) -> None:
    """What one keeps answers for no other: rows of words, counts, related articles."""
    monkeypatch.setattr(row_sets, "FEWEST", 0)
    view, expected = pair
    whole = Index.open(view.directory)
    other = whole.restricted(Visible(sections=("enquêtes",)))
    empty = whole.restricted(Visible(sections=()))
    for _ in range(2):
        for words, totals in {"loire": (6, 11, 5, 0), "": (7, 13, 5, 0), "villerest": (0, 5, 5, 0)}.items():
            found = [each.search(words, facet_size=50) for each in (view, whole, other, empty)]
            assert tuple(each.total for each in found) == totals
            assert found[0].facets == expected.search(words, facet_size=50).facets
            assert {value.value for value in found[2].facets["section"]} <= {"Enquêtes"}
            assert not any(found[3].facets.values())
        for each, ids in ((view, "libre"), (other, "reserve")):
            assert all(one.article.id.startswith(ids) for one in each.related(f"{ids}-1"))
        assert "memo" in {one.article.id for one in whole.related("libre-1", 20)}
    whole.close()


def test_every_public_method_is_looked_at() -> None:
    """A new one is to be compared above, and named here."""
    makers = {"open", "rebuild", "update", "close", "restricted"}
    lists = {"listed", "persons", "tags", "doubtful_persons", "values", "initials", "counts", "info"}
    articles = {"article", "code", "coded", "copies", "related", "related_to", "story", "read_also"}
    words = {"search", "complete", "spellings", "profile", "highlight"}
    public = {name for name in dir(Index) if not name.startswith("_")}
    assert public == makers | lists | articles | words | {"stamp", "zone"}


def test_words_are_marked_as_if_nothing_else_were_there(pair: tuple[Index, Index]) -> None:
    for words in ("molybdne orlans", "villerst", "personne:quark", "habitnts"):
        marked = []
        for index in pair:
            article = index.article("libre-1")
            assert article
            marked.append(index.highlight(article, words))
        assert marked[0] == marked[1]
    assert pair[0].zone == pair[1].zone


def test_views_have_stamps_of_their_own(pair: tuple[Index, Index]) -> None:
    view, _ = pair
    whole = Index.open(view.directory)
    other = whole.restricted(Visible(tags=("crue",)))
    assert len({whole.stamp, view.stamp, other.stamp}) == 3
    assert whole.restricted(Visible(not_tags={"ABONNÉS"}, not_sections=["interne"])).stamp == view.stamp
    assert whole.search("molybdène").total == 6
    whole.close()


def test_a_view_of_a_view_obeys_both(pair: tuple[Index, Index]) -> None:
    view, _ = pair
    both = view.restricted(Visible(first=date(2018, 4, 3), last=date(2018, 4, 4)))
    assert {hit.id for hit in both.search().hits} == {"libre-2", "libre-3"}
    assert view.restricted(Visible(sections=())).search().total == 0
    assert view.restricted(Visible(sections=())).info().first == ""


def test_one_text_is_no_list_of_texts() -> None:
    with pytest.raises(TypeError, match="tags"):
        Visible(tags="crue")


@pytest.mark.parametrize(("view", "whole"), [(VisibleCatalogue, Catalogue), (VisibleEngine, Engine)])
def test_a_view_has_a_method_of_its_own_for_each(view: type, whole: type) -> None:
    public = {name for name, _ in inspect.getmembers(whole, inspect.isfunction) if not name.startswith("_")}
    assert public <= vars(view).keys()


def test_a_view_changes_nothing() -> None:
    view = VisibleEngine(MemoryEngine(), (RULE,), PARIS)
    for change in (view.rebuild, view.update):
        with pytest.raises(EngineError):
            change()


VALUES = st.lists(st.sampled_from(["a", "É", "b c"]), max_size=2)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 5))
RULES = st.builds(
    Visible,
    sections=st.none() | VALUES,
    tags=st.none() | VALUES,
    not_sections=VALUES,
    not_tags=VALUES,
    first=DAYS,
    last=DAYS,
    undated=st.booleans(),
)


def _early(day: date) -> datetime:
    """Return an hour of a day in Paris which in UTC is of the day before."""
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=PARIS)


ARTICLES = st.builds(
    Article,
    id=st.uuids().map(str),
    title=st.just("t"),
    body=st.just("b"),
    section=st.sampled_from(["", "A", "é", "B  c"]),
    tags=VALUES.map(tuple),
    published=st.none()
    | st.dates(date(2020, 1, 1), date(2020, 1, 6)).map(
        lambda day: datetime(day.year, 1, day.day, 23, tzinfo=PARIS)
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(RULES, st.lists(ARTICLES, max_size=6))
def test_a_rule_admits_the_articles_that_its_query_finds(rule: Visible, drawn: list[Article]) -> None:
    engine, analyser = MemoryEngine(), Analyser()
    with engine.rebuild() as writer:
        for article in drawn:
            writer.add(entry_of(article, analyser))
    view = VisibleEngine(engine, (rule,), PARIS)
    found = {hit.id for hit in view.search(Search(Everything(), limit=100)).hits}
    assert found == {article.id for article in drawn if view.get(article.id)}
    assert view.info().articles == len(found)
