"""JSON Lines: one article a line, broken lines named by number, nothing else lost."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import jsonl, read


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def ids(items: list[Article | ReadError]) -> list[str]:
    return [item.id if isinstance(item, Article) else f"!{item.position}" for item in items]


def test_keys_and_their_other_names(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "title": "Le phare",
        "date": "2018-11-18T21:11:00+01:00",
        "text": "Il rouvre.",
        "related": ["Le port"],
    }
    (tmp_path / "a.jsonl").write_text(lines(row), encoding="utf-8")
    (article,) = read([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.isoformat() == "2018-11-18T21:11:00+01:00"
    assert (article.body, article.read_also, article.warnings) == ("Il rouvre.", ("Le port",), ())


def test_ids_come_from_id_then_url_then_the_line(tmp_path: Path) -> None:
    (tmp_path / "fil").mkdir()
    rows = (
        {"id": "a", "title": "T", "url": "https://journal.example/a"},
        {"title": "T", "url": "https://journal.example/2018/b.html?p=1#haut"},
        {"title": "T", "id": ""},
        {"title": "T", "id": 12},
    )
    (tmp_path / "fil" / "x.jsonl").write_text(lines(*rows), encoding="utf-8")
    assert ids(list(read([tmp_path]))) == ["a", "journal.example/2018/b.html?p=1", "fil/x#3", "12"]
    assert ids(list(read([tmp_path / "fil" / "x.jsonl"])))[2] == "x#3"


def test_broken_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = lines({"id": "a", "title": "T"})
    path.write_text(
        good
        + "\n"
        + "{broken\n"
        + "[1]\n"
        + '{"id": "b"}\n'
        + "   \n"
        + '{"id":"c","title":"T","tags":5}\n'
        + '{"id":"d","title":"T","date":"hier"}\n'
        + "[" * 100_000
        + "\n"
        + good.replace('"a"', '"z"'),
        encoding="utf-8",
    )
    items = list(read([path]))
    assert ids(items) == ["a", "!3", "!4", "!5", "!7", "d", "!9", "z"]
    reasons = [item.reason for item in items if isinstance(item, ReadError)]
    assert "not JSON" in reasons[0]
    assert "an object with keys expected" in reasons[1]
    assert "no title" in reasons[2]
    undated = items[5]
    assert isinstance(undated, Article)
    assert (undated.published, undated.warnings) == (None, ("published: 'hier' is not a date",))


def test_unknown_keys_are_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines({"id": "a", "title": "T", "mood": "gai"}), encoding="utf-8")
    (article,) = read([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert article.warnings == ("unknown key: mood",)


def test_packed_and_cut_short(tmp_path: Path) -> None:
    rows = [{"id": str(n), "title": f"Titre {n * 7919 % 10_007}", "body": str(n**9)} for n in range(3000)]
    packed = gzip.compress(lines(*rows).encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(packed)
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    assert ids(list(read([tmp_path / "whole.jsonl.gz"]))) == [str(n) for n in range(3000)]
    items = list(read([tmp_path / "cut.jsonl.gz"]))
    assert 500 < len(items) < 2000
    assert all(isinstance(item, Article) for item in items[:-1])
    assert isinstance(items[-1], ReadError)
    assert items[-1].position == str(len(items))
    assert "damaged from here on" in items[-1].reason


def test_a_line_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 2**20)
    good = lines({"id": "a", "title": "T"})
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write(good + '{"id": "long", "title": "')
        for _ in range(64):
            file.write("x" * 2**20)
        file.write('"}\n' + good.replace('"a"', '"z"'))
    tracemalloc.start()
    items = list(read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(items) == ["a", "!2", "z"]
    assert peak < 8 * 2**20


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(lines({"id": str(n), "title": "T", "body": "mot " * 500}) for n in range(count))
        tracemalloc.start()
        assert sum(1 for _ in read([tmp_path / "a.jsonl.gz"])) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(4000) < peak(400) + 2**18


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    rows = lines({"id": "a", "title": "Élection"}, {"id": "b", "title": "Œuvre"})
    data = rows.encode(encoding) if encoding != "utf-16-le" else b"\xff\xfe" + rows.encode(encoding)
    (tmp_path / "a.jsonl").write_bytes(data)
    items = list(read([tmp_path / "a.jsonl"]))
    assert [(item.title, item.warnings) for item in items if isinstance(item, Article)] == [
        ("Élection", ()),
        ("Œuvre", ()),
    ]


def test_an_old_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"id": "a", "title": "L’été à la plage"}).encode("cp1252"))
    (article,) = read([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert (article.title, article.warnings) == ("L’été à la plage", ("encoding guessed: cp1252",))


def test_texts_are_composed_and_rid_of_controls(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "title": "E\u0301lection",
        "body": "un\x00deux\ud800",
        "tags": ["e\u0301te\u0301", "\x01"],
    }
    (tmp_path / "a.jsonl").write_text(
        json.dumps(row) + "\n" + json.dumps({"id": "b", "title": "\x00"}), encoding="utf-8"
    )
    article, error = read([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert (article.title, article.body, article.tags) == ("Élection", "undeux\ufffd", ("été",))
    assert article.warnings == ("control characters removed",)
    assert isinstance(error, ReadError)
    assert "no title" in error.reason
