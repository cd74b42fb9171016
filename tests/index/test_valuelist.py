"""The values of a facet under a search, and the list of all articles, alike on every engine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import Index
from tests.conftest import ENGINES, make_article

MERKEL, POUTINE = "Angela Merkel", "Vladimir Poutine"
ARTICLES = [
    make_article("a", "Le gaz", "Un accord.", "2018-01-05", tags=("gaz", "Énergie"), persons=(MERKEL,)),
    make_article("b", "Le vent", "Un accord.", "2018-03-05", tags=("énergie", "éolien"), persons=(POUTINE,)),
    make_article("c", "Le sommet", "Rien.", "2018-03-09", tags=("Énergie", "paix")),
    make_article("d", "Sans date", "Un accord.", tags=("Zèbre", "gaz")),
]


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    Index.rebuild(tmp_path, ARTICLES, engine=request.param, persons="off")
    return Index.open(tmp_path)


LISTS = [
    # facet, words, what is asked, labels with their counts
    ("tag", "", {}, "Énergie 3, gaz 2, éolien 1, paix 1, Zèbre 1"),
    ("tag", "", {"sort": "name"}, "Énergie 3, éolien 1, gaz 2, paix 1, Zèbre 1"),
    ("tag", "", {"size": 2, "page": 2}, "éolien 1, paix 1"),
    ("tag", "", {"size": 2, "page": 4}, ""),
    ("tag", "", {"prefix": "E"}, "Énergie 3, éolien 1"),
    ("tag", "", {"prefix": "nergie"}, ""),
    ("tag", "", {"contains": "È"}, "Énergie 3, éolien 1, Zèbre 1"),
    ("tag", "", {"contains": "zebre"}, "Zèbre 1"),
    ("tag", "accord", {}, "gaz 2, Énergie 2, éolien 1, Zèbre 1"),
    ("tag", "", {"tags": ["gaz"]}, "Énergie 3, gaz 2, éolien 1, paix 1, Zèbre 1"),
    ("tag", "", {"persons": [MERKEL]}, "Énergie 1, gaz 1"),
    ("tag", "", {"persons": [MERKEL], "tags": ["paix"]}, "Énergie 1, gaz 1, paix 0"),
    ("tag", "introuvable", {}, ""),
    ("person", "", {}, f"{MERKEL} 1, {POUTINE} 1"),
    ("section", "", {}, ""),
    ("date", "", {"sort": "name"}, " 1, 2018-01 1, 2018-03 2"),
    ("date", "", {}, "2018-03 2,  1, 2018-01 1"),
    ("date", "", {"prefix": "2018-0", "contains": "-01"}, "2018-01 1"),
]


@pytest.mark.parametrize(("facet", "words", "asked", "listed"), LISTS)
def test_values(index: Index, facet: str, words: str, asked: dict[str, object], listed: str) -> None:
    found = index.values(facet, words, **asked)  # type: ignore[arg-type]
    shown = sorted(f"{each.label} {each.count}" for each in found.values)
    assert shown == sorted(listed.split(", ") if listed else [])
    counts = [each.count for each in found.values]
    if asked.get("sort") == "name":
        assert ", ".join(f"{each.label} {each.count}" for each in found.values) == listed
    else:
        assert counts == sorted(counts, reverse=True)


def test_totals_cover_all_pages(index: Index) -> None:
    found = index.values("tag", size=2)
    assert (found.total, found.pages, found.articles, found.sort) == (5, 3, 4, "count")
    pages = [index.values("tag", size=2, page=page).values for page in (1, 2, 3)]
    assert [value for page in pages for value in page] == list(index.values("tag").values)


def test_chosen_values_say_so(index: Index) -> None:
    found = index.values("tag", tags=["GAZ"])
    assert [each.label for each in found.values if each.selected] == ["gaz"]


def test_what_is_no_facet_or_order_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="is no facet"):
        index.values("colour")
    with pytest.raises(ValueError, match="size"):
        index.values("tag", sort="size")


def test_all_articles_are_listed_in_parts(index: Index) -> None:
    parts = [index.listed(first, 3) for first in (0, 3, 6)]
    assert [[each.id for each in part] for part in parts] == [["a", "b", "c"], ["d"], []]
    assert parts[1][0].published is None
    published = ARTICLES[0].published
    assert published
    assert parts[0][0].published == published.astimezone(UTC)
    assert isinstance(parts[0][0].published, datetime)
