"""The answers of the model are kept, and a damaged file does no harm."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.persons.answers import FILE, KEPT_DAYS, Answers

asked: list[str] = []


def judge(sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[bool]:
    asked.extend(sentences)
    return [
        sentence[start:end].startswith("Z") for sentence, (start, end) in zip(sentences, spans, strict=True)
    ]


def answers(folder: Path, sentences: list[str], version: str = "1") -> list[bool]:
    """Ask about the first four letters of each sentence; `asked` has what the judge was asked."""
    asked.clear()
    kept = Answers(judge, version, folder)
    found = kept(sentences, [(0, 4)] * len(sentences))
    kept.close()
    return found


def test_what_was_asked_once_is_known(tmp_path):
    assert answers(tmp_path, ["Zora dort.", "Abra dort."]) == [True, False]
    assert answers(tmp_path, ["Abra dort.", "Zyra dort.", "Zora dort."]) == [False, True, True]
    assert asked == ["Zyra dort."]


def test_another_model_is_asked_again(tmp_path):
    answers(tmp_path, ["Zora dort."])
    answers(tmp_path, ["Zora dort."], version="2")
    assert asked == ["Zora dort."]


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_is_replaced_and_said(tmp_path, caplog, content):
    (tmp_path / FILE).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert answers(tmp_path, ["Zora dort."]) == [True]
    assert "asked for anew" in caplog.text
    answers(tmp_path, ["Zora dort."])
    assert asked == []


def test_a_folder_that_cannot_be_is_done_without_and_said(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        assert answers(tmp_path / "file", ["Zora dort."]) == [True]
    assert "not kept" in caplog.text


def test_old_answers_are_dropped_and_used_ones_stay(tmp_path):
    answers(tmp_path, ["Zora dort.", "Abra dort."])
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("UPDATE answer SET day = day - ?", (KEPT_DAYS + 1,))
    db.close()
    answers(tmp_path, ["Zora dort."])
    assert asked == []
    answers(tmp_path, ["Zora dort.", "Abra dort."])
    assert asked == ["Abra dort."]
