"""What all tests share: a few articles, and the engines to run on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from indexer import Article, Index
from indexer.dates import PARIS
from tests.cluster import rest

# A machine under load is no reason for a test to fail: the tests of budget and rate set their own.
os.environ.update({"MANCHETTE_BUDGET": "0", "MANCHETTE_RATE": ""})

ENGINES = ("memory", "whoosh", "tantivy")

_left_out: list[int] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _left_out.append(rest.deselect(config, items))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(_left_out) or not rest.URL:
        terminalreporter.section("cluster tests NOT RUN")
        terminalreporter.line(rest.NOT_RUN)


def make_article(id: str, title: str, body: str = "", day: str = "", **more: object) -> Article:
    """Return an article; `day` may have an hour."""
    published = datetime.fromisoformat(day).replace(tzinfo=PARIS) if day else None
    return Article(id=id, title=title, body=body, published=published, **more)  # type: ignore[arg-type]


def few_articles() -> list[Article]:
    """Return articles whose words, tags and dates the tests know."""
    return [
        make_article(
            "greve-sncf",
            "Grève à la SNCF : un train sur trois",
            "Le mouvement des cheminots se poursuit.\n\nLa direction de la SNCF appelle au calme.",
            "2018-04-03T18:30",
            section="Économie",
            tags=("SNCF", "grève"),
            persons=("Guillaume Pepy",),
            read_also=("Grève des enseignants", "Un titre que personne n’a"),
        ),
        make_article(
            "greve-ecole",
            "Grève des enseignants",
            "Les professeurs manifestent contre la réforme à Paris.",
            "2018-11-12",
            section="Société",
            tags=("éducation", "Grève"),
        ),
        make_article(
            "brexit",
            "Brexit : Theresa May défend son accord",
            "La Première ministre britannique parle devant le Parlement. Theresa May est seule.",
            "2018-11-15",
            section="International",
            tags=("Brexit", "Royaume-Uni"),
            persons=("Theresa May",),
            lede="Londres négocie.",
        ),
        make_article(
            "g20",
            "G20 de Buenos Aires : une trêve commerciale",
            "Theresa May et Donald Trump étaient en Argentine. L’État argentin recevait.",
            "2018-12-01",
            section="International",
            tags=("commerce", "Argentine"),
            persons=("Theresa May", "Donald Trump"),
        ),
        make_article("guide", "Comment écrire à la rédaction", "Un guide sans date.", section="Services"),
    ]


def many_articles(count: int) -> Iterator[Article]:
    """Yield articles that differ in their words, one a day."""
    start = datetime(2015, 1, 1, tzinfo=PARIS)
    for number in range(count):
        day = (start + timedelta(days=number)).date().isoformat()
        yield make_article(
            f"a{number:05}", f"Nouvelle numéro {number}", f"Le mot commun et le mot{number % 7}.", day
        )


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Name each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def index(tmp_path: Path, engine: str) -> Iterator[Index]:
    """Give an index of a few articles on each engine."""
    Index.rebuild(tmp_path / "index", few_articles(), engine=engine, persons="off")
    opened = Index.open(tmp_path / "index")
    yield opened
    opened.close()
