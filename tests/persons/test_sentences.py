"""Sentences and the persons in them, as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.persons.gather import gather

_LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in _LINES if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_persons_of_a_sentence(row):
    sentence, arrow, names = row.partition("→")
    assert arrow
    wanted = tuple(name.strip() for name in names.split(";") if name.strip())
    assert gather(sentence.strip()) == wanted


def test_the_table_is_large_enough():
    assert len(ROWS) >= 120
    assert len(set(ROWS)) == len(ROWS)
