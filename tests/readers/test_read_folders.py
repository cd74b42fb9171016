"""Folders: which files are read, in which order, under which ids, by which reader."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from time import process_time

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import READERS, read

PAGE = "La bibliothèque de Nancy prête aussi des graines\n\nDepuis lundi, chacun repart avec un sachet.\n"
LINE = '{"id": "%s", "title": "T"}\n'
HTML = (
    f"<!doctype html><title>Le port rouvre enfin ses quais</title><p>{'Le port rouvre ses quais. ' * 20}</p>"
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shown(item: Article | ReadError) -> str:
    return item.id if isinstance(item, Article) else f"!{Path(item.path).name}: {item.reason}"


def test_order_and_ids(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", "a-b/1.txt", "é/x.html.txt", "B.txt"):
        write(tmp_path / name, PAGE)
    found = [shown(item) for item in read([tmp_path])]
    assert found == ["B", "a/10", "a/2", "a-b/1", "b", "é/x.html"]
    assert found == [shown(item) for item in read([tmp_path])]
    assert [shown(item) for item in read([tmp_path / "a" / "2.txt", tmp_path / "a-b"])] == ["2", "1"]


def test_what_is_not_read(tmp_path: Path) -> None:
    for name in (
        "README.md",
        "readme",
        "LICENSE",
        "License.txt",
        ".hidden.txt",
        ".git/x.txt",
        "a.meta.json",
        "a.meta.toml",
    ):
        write(tmp_path / name, "{}" if name.endswith("json") else "")
    write(tmp_path / "a.txt", PAGE)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "twin").symlink_to(tmp_path / "sub")
    assert [shown(item) for item in read([tmp_path])] == ["a"]


def test_a_link_to_a_folder_elsewhere_is_followed_once(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "a.txt", PAGE)
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "two").symlink_to(tmp_path / "elsewhere")
    assert [shown(item) for item in read([tmp_path / "corpus"])] == ["one/a"]


def test_what_cannot_be_read_is_one_error_each(tmp_path: Path) -> None:
    (tmp_path / "dead.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "fifo.txt")
    (tmp_path / "photo.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / "noise.txt").write_bytes(bytes(range(32)) * 40)
    (tmp_path / "packed.txt.gz").write_bytes(b"\x1f\x8bnothing")
    write(tmp_path / "style.css", "body { color: red }\n")
    write(tmp_path / "void.txt", "")
    write(tmp_path / "z.txt", PAGE)
    items = list(read([tmp_path, tmp_path / "gone"]))
    assert [shown(item) for item in items[:4]] == [
        "!dead.txt: the link leads nowhere",
        "!fifo.txt: neither a file nor a folder",
        "!noise.txt: a binary file, not text",
        "!packed.txt.gz: the packed file is damaged "
        "(Compressed file ended before the end-of-stream marker was reached)",
    ]
    assert [shown(item) for item in items[4:]] == [
        "!photo.html: a binary file, not text",
        "!style.css: no reader for this kind of file",
        "!void.txt: the file is empty",
        "z",
        "!gone: there is no such file or folder",
    ]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", PAGE)
    really = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return really(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert [shown(item) for item in read([path])] == ["!a.txt: the file cannot be read (Permission denied)"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.html", LINE % "x", "x"),
        ("a.txt", LINE % "x", "x"),
        ("a.txt", HTML, "a"),
        ("a", HTML, "a"),
        ("a.dat", PAGE + "\nTags:\ngraines\n", "a"),
        ("a.html", PAGE + "\nTags:\ngraines\n", "a"),
        ("a.HTM", HTML, "a"),
        ("a.jsonl", "{broken\n", "!a.jsonl: the line is not JSON"),
    ],
)
def test_the_content_picks_the_reader_before_the_suffix(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    (item,) = read([write(tmp_path / name, text)])
    assert shown(item).startswith(expected)


@pytest.mark.parametrize(("name", "text"), [("a.txt", PAGE), ("a.html", HTML), ("a.jsonl", LINE % "a")])
def test_every_format_may_be_packed(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert [shown(item) for item in read([path])] == ["a"]
    path.rename(tmp_path / name)  # packed, and not called so
    assert [shown(item) for item in read([tmp_path / name])] == ["a"]


def test_the_table_of_readers_has_no_suffix_twice() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("sidecar", "text"),
    [
        ("a.meta.json", json.dumps({"date": "2018-11-18", "tags": ["graines"], "lede": None})),
        ("a.meta.toml", 'date = 2018-11-18\ntags = ["graines"]\n'),
        ("%s.meta.toml", 'published = 2018-11-18T00:00:00+01:00\ntags = ["graines"]\n'),
    ],
)
@pytest.mark.parametrize(("name", "page"), [("a.txt", PAGE), ("a.html", HTML), ("a.jsonl", LINE % "a")])
def test_a_sidecar_overrides_fields(tmp_path: Path, name: str, page: str, sidecar: str, text: str) -> None:
    write(tmp_path / name, page)
    write(tmp_path / sidecar.replace("%s", name), text)
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.isoformat() == "2018-11-18T00:00:00+01:00"
    assert article.tags == ("graines",)
    assert article.title
    assert article.warnings == ()


def test_a_broken_sidecar_is_an_error_beside_the_article(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PAGE)
    write(tmp_path / "a.meta.json", "{")
    write(tmp_path / "b.txt", PAGE)
    write(tmp_path / "b.meta.toml", "tags = 5\n")
    write(tmp_path / "c.txt", PAGE)
    write(tmp_path / "c.meta.json", "[]")
    found = [shown(item) for item in read([tmp_path])]
    assert found[0].startswith("!a.meta.json: the sidecar is broken (Expecting")
    assert found[1] == "a"
    assert found[2].startswith("!b.txt: the article 'b' cannot be kept (tags")
    assert found[3:] == ["!c.meta.json: the sidecar is broken (fields and values expected)", "c"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comments.txt", "<!-- a -->" * 3000 + "no page"),
        ("title.html", f"<title>{' - a' * 50_000}</title><p>{'Le port rouvre ses quais. ' * 20}"),
        ("brackets.txt", PAGE + "\nTags:\n" + "(" * 300_000),
        ("lines.txt", PAGE + "\nTags:\n" + "a,\n" * 200_000),
        ("wrapped.txt", PAGE + "\n" + "quelques mots\n" * 200_000),
        ("deep.xml", "<nitf>" + "<a>" * 200_000),
        ("doctype.xml", "<!DOCTYPE a " + "[" * 200_000),
        ("comments.xml", "<!--" * 50_000),
        ("object.json", '{"a": ' * 200_000),
        ("also.html", HTML + "<p>Lire aussi : <a href=x>Un autre titre du journal</a></p>" * 3000),
    ],
)
def test_no_text_takes_long(tmp_path: Path, name: str, text: str) -> None:
    start = process_time()
    assert len(list(read([write(tmp_path / name, text)]))) == 1
    assert process_time() - start < 10
