"""Duplicates are kept once, near copies are linked, and an update knows both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Article, Copies, Index, Remark
from indexer.duplicates import complete
from indexer.signature import likeness, signature_of
from tests.conftest import make_article

TEXT = " ".join(f"La {n}e phrase parle du port {n * 7} et de ses {n * 13} bateaux." for n in range(1, 30))
OTHER = " ".join(f"Voici {n * 11} vaches dans le pré numéro {n}, toutes brunes." for n in range(1, 30))


def built(directory: Path, articles: Iterable[Article], engine: str = "memory") -> Index:
    Index.rebuild(directory, articles, engine=engine, persons="off")
    return Index.open(directory)


def found(index: Index) -> dict[str, Article]:
    return {hit.article.id: hit.article for hit in index.search(size=50).hits}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"body": TEXT}, {"body": TEXT.upper().replace(" ", "\u00a0").replace(".", " … ")}, True),
        ({"body": TEXT}, {"lede": TEXT[:100], "body": TEXT[100:]}, True),
        ({"body": TEXT}, {"body": TEXT.replace("bateaux", "navires")}, False),
        ({"body": "Trop court."}, {"body": "Trop court."}, False),
        ({"url": "https://www.a.fr/1/?utm_source=x#y"}, {"url": "http://a.fr/1"}, True),
        ({"url": "https://a.fr/?b=2&a=1"}, {"url": "https://a.fr/?a=1&b=2"}, True),
        ({"url": "https://a.fr/?id=1"}, {"url": "https://a.fr/?id=2"}, False),
        ({"url": "https://a.fr/"}, {"url": "https://a.fr"}, False),
        ({"url": "http://["}, {"url": "http://["}, False),
    ],
)
def test_what_is_the_same(tmp_path: Path, one: dict[str, str], other: dict[str, str], same: bool) -> None:
    articles = [Article(id="a", title="T", **one), Article(id="b", title="T", **other)]
    assert len(found(built(tmp_path, articles))) == (1 if same else 2)


def test_the_first_is_kept_and_completed(tmp_path: Path, engine: str) -> None:
    remarks: list[Remark] = []
    articles = [
        make_article("a", "Le port", TEXT, tags=("port",)),
        make_article(
            "b", "Port", TEXT, "2018-11-18", tags=("mer",), section="Économie", url="https://x.fr/1"
        ),
        make_article("c", "Le pré", OTHER),
        make_article("d", "Port", TEXT + " Et une phrase de plus.", url="http://x.fr/1", credit="Agence"),
        make_article("d", "Port", TEXT + " Et une phrase de plus.", url="http://x.fr/1", credit="Agence"),
    ]
    report = Index.rebuild(tmp_path, articles[:3], engine=engine, persons="off", recorder=remarks.append)
    assert (report.added, report.copies.duplicates, report.broken) == (2, 1, 0)
    assert [(remark.kind, remark.id, remark.reason) for remark in remarks] == [
        ("duplicate", "b", "the same article as a")
    ]
    index = Index.open(tmp_path)
    kept = found(index)["a"]
    assert (kept.title, kept.tags, kept.section, kept.url) == (
        "Le port",
        ("port",),
        "Économie",
        "https://x.fr/1",
    )
    assert kept.published is not None
    assert [value.value for value in index.search(size=0).facets["date"]] == ["", "2018-11"]
    assert index.search("section:économie").total == 1
    assert index.copies("a") == Copies((), ("b",))
    assert index.copies("rien") == Copies()


def test_the_same_id_twice_is_a_duplicate_where_the_article_is_the_same(tmp_path: Path) -> None:
    same = make_article("a", "Le port", TEXT)
    report = Index.rebuild(tmp_path, [same, same, make_article("a", "Autre", OTHER)], engine="memory")
    assert (report.added, report.copies.duplicates, report.broken) == (1, 1, 1)
    report = Index.update(tmp_path, [same, same])
    assert (report.unchanged, report.copies.duplicates, report.swapped) == (1, 1, False)


def test_an_update_knows_duplicates(tmp_path: Path, engine: str) -> None:
    first = make_article("a", "Le port", TEXT)
    second = make_article("b", "Le port", TEXT, section="Économie")
    third = make_article("c", "Le pré", OTHER)
    index = built(tmp_path, [first, second, third], engine)

    report = Index.update(tmp_path, [first, second, third])
    assert (report.unchanged, report.removed, report.copies.duplicates, report.swapped) == (2, 0, 1, False)
    # The duplicate goes: what it knew goes with it.
    Index.update(tmp_path, [first, third])
    assert {id: article.section for id, article in found(index).items()} == {"a": "", "c": ""}
    # It comes back, and stands before the one that is kept now.
    report = Index.update(tmp_path, [second, first, third])
    assert report.removed == 0
    assert {id: article.section for id, article in found(index).items()} == {"a": "Économie", "c": ""}
    # The one that was kept goes: the other takes its place.
    report = Index.update(tmp_path, [second, third])
    assert (report.added, report.removed, report.copies.duplicates) == (1, 1, 0)
    assert set(found(index)) == {"b", "c"}
    # One that was kept becomes a duplicate, and an article again.
    report = Index.update(tmp_path, [second, replace(third, body=TEXT)])
    assert (report.removed, report.copies.duplicates) == (1, 1)
    assert set(found(index)) == {"b"}
    Index.update(tmp_path, [second, third])
    assert set(found(index)) == {"b", "c"}
    # The one that was kept changes, so that its duplicate is none any more; whichever is read first.
    Index.update(tmp_path, [first, second, third])
    Index.update(tmp_path, [first, replace(second, body=TEXT[300:]), third])
    assert set(found(index)) == {"a", "b", "c"}
    assert index.search("section:économie").total == 1


def test_nothing_is_lost_where_a_file_cannot_be_read(tmp_path: Path) -> None:
    from indexer import ReadError

    first, second = make_article("a", "Le port", TEXT), make_article("b", "Le port", TEXT)
    index = built(tmp_path, [first, second])
    Index.update(tmp_path, [second, ReadError("x", "broken")])
    assert index.copies("a") == Copies((), ("b",))
    assert set(found(index)) == {"a"}


POOL = [
    make_article(id, "T", body, section=section, url=url)
    for id, body, section, url in [
        ("a", TEXT, "", ""),
        ("a", OTHER, "x", ""),
        ("b", TEXT, "x", "https://x.fr/b"),
        ("b", TEXT[200:], "", "https://x.fr/b"),
        ("c", TEXT[200:], "y", ""),
        ("c", OTHER, "", "https://x.fr/b"),
        ("d", OTHER, "z", ""),
        ("d", "Court.", "", ""),
    ]
]  # fmt: skip


RUN = st.lists(st.sampled_from(POOL), min_size=1, unique_by=lambda article: article.id)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(
        st.lists(st.sampled_from(POOL), min_size=1, unique_by=lambda a: a.id), min_size=2, max_size=4
    )
)
def test_whatever_comes_and_goes_each_text_is_there_once(tmp_path: Path, runs: list[list[Article]]) -> None:
    directory = tmp_path / "index"
    index = built(directory, runs[0])
    for run in runs[1:]:
        Index.update(directory, run)
        articles = found(index)
        left_out = {copy for id in articles for copy in index.copies(id).left_out}
        assert set(articles) | left_out == {article.id for article in run}
        assert not set(articles) & left_out
        long = [article.body for article in run if article.id in articles and len(article.body) > 200]
        assert len(long) == len(set(long))
        assert index.info().articles == len(articles)


def test_near_copies_are_one_story(tmp_path: Path, engine: str) -> None:
    near = TEXT.replace("La 7e phrase", "La septième phrase")
    articles = [
        make_article("a", "Le port", TEXT, "2018-11-18"),
        make_article("b", "Le port (actualisé)", near + " On ajoute ceci.", "2018-11-19"),
        make_article("c", "Le pré", OTHER, "2018-11-18"),
        make_article("d", "Le port, un an plus tard", near + " Et cela encore.", "2019-11-19"),
    ]
    report = Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    assert (report.added, report.copies.copies, report.copies.stories) == (4, 2, 1)
    index = Index.open(tmp_path)
    assert index.copies("a") == Copies(("b",), ())
    assert index.copies("b") == Copies(("a",), ())
    assert index.copies("c") == index.copies("d") == Copies()
    Index.update(tmp_path, articles[1:])
    assert index.copies("b") == Copies()


def test_a_sketch_says_about_how_much_is_shared() -> None:
    whole = signature_of(make_article("a", "T", TEXT + OTHER))
    for share in (0.95, 0.8, 0.5):
        text = (TEXT + OTHER)[: int(len(TEXT + OTHER) * share)]
        assert likeness(whole.lows, signature_of(make_article("b", "T", text)).lows) == pytest.approx(
            share, abs=0.15
        )
    assert likeness(whole.lows, signature_of(make_article("b", "T", "abc " * 600)).lows) < 0.1


@given(st.text("abé .", min_size=1, max_size=4))
def test_any_text_has_a_signature(text: str) -> None:
    signature = signature_of(make_article("a", "T", text * 300))
    assert len(signature.bands) in (0, 48)


def test_an_article_is_completed_by_what_it_lacks() -> None:
    one = make_article("a", "Un", "Le début. La suite.", tags=("x",), source="Journal")
    other = make_article("b", "Autre", "La suite.", "2018-11-18", lede="Le début.", tags=("y",), author="Nom")
    whole = complete(one, other)
    assert (whole.id, whole.title, whole.lede, whole.body) == ("a", "Un", "Le début.", "La suite.")
    assert (whole.tags, whole.source, whole.author, whole.published) == (
        ("x",),
        "Journal",
        "Nom",
        other.published,
    )
