"""Pages saved as text: every part goes into its field, and the site's own words into none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import read

CASES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))


def read_text(folder: Path, text: str, name: str = "page.txt") -> Article | ReadError:
    path = folder / name
    path.write_bytes(text.encode())
    (item,) = read([path])
    return item


def read_article(folder: Path, text: str, name: str = "page.txt") -> Article:
    item = read_text(folder, text, name)
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("case", CASES["page"], ids=lambda case: case["name"])
def test_page(tmp_path: Path, case: dict[str, Any]) -> None:
    article = read_article(tmp_path, case["text"])
    row = article.to_dict()
    expect = case["expect"]
    assert {
        name: row.get(name, [] if isinstance(value, list) else "") for name, value in expect.items()
    } == expect
    for words in case.get("absent", []):
        assert words not in str(row)
    assert len(article.warnings) == len(case.get("warnings", [])), article.warnings
    for part, warning in zip(case.get("warnings", []), article.warnings, strict=True):
        assert part in warning


@pytest.mark.parametrize("case", CASES["broken"], ids=lambda case: case["name"])
def test_no_page(tmp_path: Path, case: dict[str, Any]) -> None:
    item = read_text(tmp_path, case["text"].replace("%ENDLESS%", "des mots sans fin, " * 100))
    assert isinstance(item, ReadError)
    assert item.reason == case["reason"]
    assert item.path == str(tmp_path / "page.txt")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20181118-ecole.txt", "2018-11-18"),
        ("201811181038953391-ecole.txt", "2018-11-18"),
        ("ecole-20181118.txt", "2018-11-18"),
        ("2018-11-18_ecole.txt", "2018-11-18"),
        ("20181318-ecole.txt", None),
        ("ecole-de-1884.txt", None),
        ("ecole.txt", None),
    ],
)
def test_the_day_is_read_from_the_file_name(tmp_path: Path, name: str, day: str | None) -> None:
    article = read_article(tmp_path, CASES["page"][0]["text"], name)
    assert (article.published and article.published.date().isoformat()) == day
    assert article.published is None or article.day_only


def test_the_photographer_is_no_person(tmp_path: Path) -> None:
    article = read_article(tmp_path, CASES["page"][0]["text"])
    assert article.persons == ()
    assert "Lucie Marchand" not in article.lede + article.body
