"""Titles under « Lire aussi »: which article one names, and which it does not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index
from indexer.titles import same_title
from tests.conftest import make_article

with (Path(__file__).parent / "titles.tsv").open(encoding="utf-8") as _lines:
    ROWS = [tuple(row) for row in csv.reader(_lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("rate", "quoted", "title"), ROWS)
def test_a_title_as_it_was_quoted(rate: str, quoted: str, title: str) -> None:
    assert same_title(quoted, title) == int(rate)


@given(st.text(), st.text())
def test_any_two_texts_have_a_rate(quoted: str, title: str) -> None:
    assert same_title(quoted, title) in {0, 1, 2, 3}


TITLE = "Le nouveau pont de Rouen ouvre lundi matin"


def named(folder: Path, engine: str, quoted: str, *days: str) -> str | None:
    """Return the id of the article that is found, the days being those of articles of one title."""
    articles = [make_article(day or "undated", TITLE, day=day) for day in days]
    source = make_article("source", "Le fleuve", day="2020-03-10", read_also=(quoted,))
    other = make_article("other", "Le vieux pont de Rouen ferme lundi soir", day="2020-03-10")
    Index.rebuild(folder, [source, other, *articles], engine=engine, persons="off")
    index = Index.open(folder)
    (found,) = index.read_also(source)
    assert found.title == quoted
    index.close()
    return found.article.id if found.article else None


@pytest.mark.parametrize(
    ("quoted", "days", "wanted"),
    [
        (TITLE, ("2019-03-10", "2020-03-01", "2020-06-10"), "2020-03-01"),
        (TITLE, ("2012-03-10",), "2012-03-10"),
        (TITLE, ("",), "undated"),
        ("« Le nouveau pont de Rouen ouvre lundi matin »", ("2012-03-10", "2019-03-10"), "2019-03-10"),
        ("Le nouveau pont de Rouen…", ("2020-03-01", "2020-03-09"), "2020-03-09"),
        ("Le nouveau pont de Rouen…", ("2019-03-01",), None),
        ("Le nouveau pont de Rouen ouvrira lundi matin", ("2020-03-01",), "2020-03-01"),
        ("Le nouveau pont de Rouen ouvrira lundi matin", ("2019-03-01",), None),
        ("Le nouveau pont de Nantes ouvre lundi matin", ("2020-03-01",), None),
    ],
)
def test_the_nearest_in_date_is_taken(
    tmp_path: Path, engine: str, quoted: str, days: tuple[str, ...], wanted: str | None
) -> None:
    assert named(tmp_path, engine, quoted, *days) == wanted


def test_the_beginning_of_two_titles_names_neither(tmp_path: Path, engine: str) -> None:
    articles = [
        make_article("source", "Le fleuve", day="2020-03-10", read_also=("Le nouveau pont de Rouen…",)),
        make_article("opens", TITLE, day="2020-03-09"),
        make_article("closes", "Le nouveau pont de Rouen ferme mardi", day="2020-03-11"),
    ]
    Index.rebuild(tmp_path, articles, engine=engine, persons="off")
    (found,) = Index.open(tmp_path).read_also(articles[0])
    assert found.article is None
