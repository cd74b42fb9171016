"""Damaged and hostile files: each costs a line that says where and why, and the rest is read."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.damaged import HTML, PAGE, SENTENCE, make
from indexer.article import Article
from indexer.cli import main
from indexer.errors import ReadError
from indexer.readers import Reading, jsonl, read
from indexer.readers.walk import DEEPEST


def of(path: Path, data: bytes | str) -> list[Reading]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([path]))


def test_sixty_damaged_files_and_three_good_ones(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    assert make(corpus) == 60
    report = tmp_path / "report.jsonl"
    args = ["rebuild", str(corpus), "--index-dir", str(tmp_path / "index"), "--engine", "memory"]
    done = CliRunner().invoke(main, [*args, "--report", str(report), "--json"])
    assert done.exit_code == 0, done.output
    printed = json.loads(done.stdout)
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert printed["articles"] == 3
    assert all(row["reason"] for row in rows)
    assert all(row.keys() >= {"kind", "path", "position", "reason"} for row in rows)
    assert sum(row["kind"] == "problem" for row in rows) == printed["broken"]
    named = {Path(row["path"]).relative_to(corpus).parts[0] for row in rows}
    assert named == {path.name for path in corpus.iterdir() if not path.name.startswith("good")}
    assert done.stderr.count("left out: ") == 20
    again = CliRunner().invoke(main, ["update", *args[1:4], "--report", str(report)])
    assert again.exit_code == 0
    assert len(report.read_text(encoding="utf-8").splitlines()) == len(rows) + 1
    assert "nothing was removed" in again.stderr


def test_a_report_has_the_warnings_with_their_place(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text('{"id": "x", "title": "T", "colour": "blue"}\n', encoding="utf-8")
    report = tmp_path / "report.jsonl"
    args = ["rebuild", corpus, "--index-dir", tmp_path / "i", "--engine", "memory", "--report", report]
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exit_code == 0
    assert json.loads(report.read_text(encoding="utf-8")) == {
        "kind": "warning",
        "path": str(corpus),
        "position": "1",
        "reason": "unknown key: colour",
        "id": "x",
    }


@pytest.mark.parametrize("name", ["a.xhtml", "a.html", "a.xml", "a.rss"])
def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("le mot de passe")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    declared = f'<!DOCTYPE html [<!ENTITY l0 "ah">{laughs}<!ENTITY out SYSTEM "{secret.as_uri()}">]>'
    body = f"<p>&out; {SENTENCE * 4} &l9;</p>"
    tracemalloc.start()
    items = of(
        tmp_path / name, f"<?xml version='1.0'?>{declared}<html><title>Le port rouvre</title>{body}</html>"
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(items) == 1
    assert "mot de passe" not in str(items)
    assert "ahahah" not in str(items)
    assert peak < 100 * 2**20


def test_a_line_without_an_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 2**20)
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "long", "title": "')
        file.write(b"a" * 2**17)
        file.truncate(2**28)  # a hole
        file.seek(0, os.SEEK_END)
        file.write(b'\n{"id": "next", "title": "T"}\n')
    long, after = read([path])
    assert isinstance(long, ReadError)
    assert (long.reason, long.position) == ("the line is longer than 1 MB", "1")
    assert isinstance(after, Article)


def test_noughts_inside_a_text_cost_a_warning(tmp_path: Path) -> None:
    (item,) = of(tmp_path / "a.txt", PAGE.replace("quais", "qu\x00ais", 1))
    assert isinstance(item, Article)
    assert item.title == "La ville rouvre les quais de son port"
    assert item.warnings == ("control characters removed",)


def test_ten_thousand_nested_elements(tmp_path: Path) -> None:
    deep = f"<html><title>Le port rouvre ses quais</title>{'<div>' * 10_000}<p>{SENTENCE * 5}"
    (item,) = of(tmp_path / "a.html", deep)
    assert isinstance(item, Article | ReadError)


def test_folders_links_and_devices(tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "folder.html" / "a.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    found = [item.id if isinstance(item, Article) else item.reason for item in read([tmp_path])]
    assert found == [
        "folder.html/a",
        "the link leads nowhere",
        "neither a file nor a folder",
        "the link leads nowhere",
        "neither a file nor a folder",
    ]


def test_folders_deeper_than_anyone_needs(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(DEEPEST + 2):
        folder = folder / "d"
        folder.mkdir()
    (tmp_path / "z.txt").write_text(PAGE, encoding="utf-8")
    deep, good = read([tmp_path])
    assert isinstance(deep, ReadError)
    assert deep.reason == f"folders more than {DEEPEST} deep are not read"
    assert isinstance(good, Article)
