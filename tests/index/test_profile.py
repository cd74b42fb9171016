"""Profiles: what the articles of a person or a tag are about, alike on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Index
from tests.conftest import ENGINES, make_article


@pytest.fixture(params=ENGINES)
def profiled(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    both = ("Vladimir Poutine", "Angela Merkel")
    articles = [
        make_article("a", "Vladimir Poutine à Sotchi", "Un sommet.", "2018-01-05", persons=both),
        make_article("b", "Un sommet à Sotchi", "Il y eut Vladimir Poutine.", "2018-03-05", persons=both),
        make_article("c", "Le gaz russe", "Rien.", "2018-03-09", persons=("Vladimir Putin",), tags=("gaz",)),
        make_article("d", "Sans date", "Vladimir Poutine encore.", persons=both[:1], tags=("Gaz", "paix")),
        make_article("e", "Autre chose", "Rien de lui.", "2018-02-01", persons=both[1:], tags=("gaz",)),
    ]
    Index.rebuild(tmp_path, articles, engine=request.param, persons="tags")
    return Index.open(tmp_path)


@pytest.mark.parametrize("spelling", ["Vladimir Poutine", "vladimir putin", "VLADIMIR POUTINE"])
def test_a_person_has_one_profile(profiled: Index, spelling: str) -> None:
    profile = profiled.profile("person", spelling, limit=2)
    assert profile is not None
    assert (profile.label, profile.total, profile.spellings) == ("Vladimir Poutine", 4, ("Vladimir Putin",))
    assert {each.value: each.count for each in profile.months} == {"": 1, "2018-01": 1, "2018-03": 2}
    assert [(each.label, each.count) for each in profile.persons] == [("Angela Merkel", 2)]
    assert [(each.label, each.count) for each in profile.tags] == [("gaz", 2), ("paix", 1)]
    assert [article.id for article in profile.newest] == ["c", "b"]
    assert [article.id for article in profile.relevant] == ["a", "d"]


def test_a_tag_has_one_profile(profiled: Index) -> None:
    profile = profiled.profile("tag", "GAZ")
    assert profile is not None
    assert (profile.label, profile.total) == ("gaz", 3)
    assert profile.spellings == ("Gaz",)
    assert [(each.label, each.count) for each in profile.tags] == [("paix", 1)]


def test_nobody_has_no_profile(profiled: Index) -> None:
    assert profiled.profile("person", "Jean Personne") is None
    assert profiled.profile("tag", "") is None
    with pytest.raises(ValueError, match="is no facet"):
        profiled.profile("month", "2018-01")
