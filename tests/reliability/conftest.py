"""An index of edition A on each engine that keeps files of its own, and both editions as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.crashes.editions import rows, write
from indexer import Article, Index

ARTICLES = 40
TOTALS = {edition: len(list(rows(edition, ARTICLES))) for edition in "AB"}


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest) -> str:
    """Name each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def corpora(tmp_path: Path) -> dict[str, Path]:
    """Give the file of each edition."""
    return {edition: write(tmp_path / f"{edition}.jsonl", edition, ARTICLES) for edition in "AB"}


@pytest.fixture
def directory(tmp_path: Path, engine: str) -> Path:
    """Give an index of edition A."""
    build(tmp_path / "index", engine)
    return tmp_path / "index"


def build(directory: Path, engine: str, edition: str = "A") -> None:
    """Build an index of an edition in this process."""
    made = (Article.from_dict(row) for row in rows(edition, ARTICLES))
    Index.rebuild(directory, made, engine=engine, jobs=1)
