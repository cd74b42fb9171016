"""Joins that are looked for while an engine writes: always those of the names as they are in the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import Article, Index, ahead
from indexer.ahead import Ahead
from indexer.collecting import OBJECTS, collecting_seldom
from indexer.french import fold_key
from indexer.persons import KnownPersons, Named, find_joins
from tests.conftest import few_articles, make_article

KNOWN = KnownPersons.load()


def named(*names: str) -> list[Named]:
    return [Named(fold_key(name), name, 1 if at else 9) for at, name in enumerate(names)]


def test_the_joins_of_the_very_names_are_those_found_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    names = named("Oleg Tchernovski", "Oleg Chernovsky")
    early = Ahead(iter(names), KNOWN)
    expected = find_joins(names, KNOWN)
    assert early.joins(iter(names)) == expected != {}
    monkeypatch.setattr(ahead, "find_joins", lambda *_: pytest.fail("found twice"))
    assert early.joins(names) == expected


def test_other_names_are_looked_at_anew() -> None:
    early = Ahead(named("Oleg Tchernovski"), KNOWN)
    names = named("Oleg Tchernovski", "Oleg Chernovsky")
    assert early.joins(names) == find_joins(names, KNOWN) != {}


def test_an_error_is_raised_where_the_joins_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(ahead, "find_joins", broken)
    early = Ahead(named("Anne Dupont"), KNOWN)
    with pytest.raises(RuntimeError, match="broken"):
        early.joins(named("Anne Dupont"))


def test_what_duplicates_add_is_joined_too(tmp_path: Path) -> None:
    """A duplicate gives its longer text to the article kept, after the names were looked at."""
    named_often = [
        make_article(f"a{at}", f"Titre {at}", "Le président russe Oleg Tchernovski est venu.", "2019-01-01")
        for at in range(3)
    ]
    short = Article(id="kept", title="Une visite", body="Un texte bref.", url="https://exemple.fr/visite")
    long = Article(
        id="again", title="Une visite", body="Le président russe Oleg Chernovsky est venu.", url=short.url
    )
    Index.rebuild(tmp_path, [*named_often, short, long])
    index = Index.open(tmp_path)
    found = index.article("kept")
    assert found is not None
    assert (found.body, found.persons) == (long.body, ("Oleg Tchernovski",))
    index.close()


def test_cycles_are_looked_for_seldom_while_articles_are_read(tmp_path: Path) -> None:
    before = gc.get_threshold()
    seen = []

    def articles() -> Iterator[Article]:
        for article in few_articles():
            seen.append(gc.get_threshold()[0])
            yield article

    Index.rebuild(tmp_path, articles(), jobs=1)
    assert set(seen) == {OBJECTS}
    assert gc.get_threshold() == before
    with pytest.raises(ValueError), collecting_seldom():  # noqa: PT011 - any error will do
        raise ValueError
    assert gc.get_threshold() == before
