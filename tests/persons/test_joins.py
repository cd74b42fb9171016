"""What is one person, as a table; and what must hold for any names."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.french import fold_key
from indexer.persons import KnownPersons, Named, find_joins, find_near

CASES = tomllib.loads((Path(__file__).parent / "joins.toml").read_text(encoding="utf-8"))["case"]


def named(counts: dict[str, int]) -> list[Named]:
    return [Named(fold_key(name), name, count) for name, count in counts.items()]


@pytest.mark.parametrize("case", CASES, ids=[case["comment"] for case in CASES])
def test_names_are_joined(case):
    names, known = named(case["names"]), KnownPersons.load()
    joins = find_joins(names, known)
    found = {name: joins[fold_key(name)].name for name in case["names"] if fold_key(name) in joins}
    assert found == case.get("joined", {})
    if "near" in case:
        near = {frozenset((pair.one.label, pair.other.label)) for pair in find_near(names, known)}
        assert near == {frozenset(pair) for pair in case["near"]}


def test_the_order_of_names_makes_no_difference():
    names = [each for case in CASES for each in named(case["names"])]
    names = list({each.key: each for each in names}.values())
    known = KnownPersons.load()
    joins = find_joins(names, known)
    for seed in range(5):
        random.Random(seed).shuffle(names)
        assert find_joins(names, known) == joins


_PIECES = "Jean Paul Serge Sergueï Kim Jong Un XIV J. W. Martin Martine Tchekov Chekhov Le"
_NAMES = st.lists(st.sampled_from(_PIECES.split()), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_NAMES, st.integers(1, 100), max_size=15))
def test_nobody_is_joined_to_one_that_is_joined(counts):
    names = {each.key: each for each in named(counts)}.values()
    joins = find_joins(names, KnownPersons.load())
    for key, join in joins.items():
        assert join.main not in joins
        assert join.main != key
        assert fold_key(join.name) == join.main
