"""The engines that the contract is run on; each is opened by its module's `open_engine`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine import Engine
from tests.cluster import rest
from tests.contract.engine_names import PREFIX, Open, engines, opener


@pytest.fixture(scope="module", params=engines())
def open_engine(request: pytest.FixtureRequest) -> Open:
    """Give the function that opens one of the engines on a folder."""
    return opener(request.param)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Give an empty folder."""
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def engine(open_engine: Open, directory: Path) -> Iterator[Engine]:
    """Give an engine without articles, in `directory`."""
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.fixture(scope="module", autouse=True)
def _clear_cluster() -> Iterator[None]:
    yield
    rest.clear(PREFIX)
