"""Indices on the cluster of the tests, each test with a prefix of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import rest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and not item.path.name.startswith("test_address"):
            item.add_marker(pytest.mark.cluster)


@pytest.fixture
def prefix() -> Iterator[str]:
    """Give the beginning of the names of indices that no other test has."""
    name = f"test-{secrets.token_hex(4)}"
    yield name
    rest.clear(name)
    rest.unlock(name)


@pytest.fixture
def engine(prefix: str) -> str:
    """Give the setting of an engine on the cluster."""
    return f"opensearch+{rest.URL}/{prefix}?shards=2&replicas=1&patience=60"
