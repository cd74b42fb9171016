"""Indexes to search: the articles that ship with the project, and ones made by hand for a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_pages import Builder

from indexer import Article, Budget, Index
from indexer.readers import read
from searchapp import create_app
from searchapp.mount import Mount

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(autouse=True)
def unhurried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give blueprints all the time they want, except in the tests of the budget itself."""
    if not request.node.get_closest_marker("hurried"):
        monkeypatch.setattr(Mount, "allowance", lambda _: Budget(float("inf")))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the whole corpus."""
    folder = tmp_path_factory.mktemp("archive")
    Index.rebuild(folder, read([CORPUS]), engine="memory")
    return folder


@pytest.fixture(scope="session")
def archive_index(archive: Path) -> Iterator[Index]:
    index = Index.open(archive)
    yield index
    index.close()


@pytest.fixture(scope="session")
def app(archive: Path) -> Flask:
    return create_app({"MANCHETTE_INDEX_DIR": str(archive), "TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def build(tmp_path: Path) -> Builder:
    """Return what builds an index of articles made by hand, and returns its folder."""

    def built(articles: Iterable[Article]) -> Path:
        folder = tmp_path / f"index-{len(list(tmp_path.iterdir()))}"
        Index.rebuild(folder, articles, engine="memory", persons="off")
        return folder

    return built
