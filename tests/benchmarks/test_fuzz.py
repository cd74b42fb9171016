"""A short run of what `benchmarks.fuzz` does for hours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import Targets


@pytest.mark.parametrize("name", ["words", "state", "ids", "pages", "files"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_target_holds(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    if name not in _KEPT:
        _KEPT[name] = Targets(tmp_path_factory.mktemp(name))
    target, strategy = _KEPT[name].all()[name]
    target(data.draw(strategy))


@pytest.mark.long
@pytest.mark.parametrize("name", ["words", "state", "ids", "pages", "files"])
def test_a_target_holds_for_a_minute(tmp_path: Path, name: str) -> None:
    from benchmarks.fuzz import _rounds

    tried, failed = _rounds({name: Targets(tmp_path).all()[name]}, 1)
    assert tried[name] > 0
    assert not failed


_KEPT: dict[str, Targets] = {}
