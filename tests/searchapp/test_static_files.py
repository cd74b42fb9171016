"""Stylesheet, script and templates: small, nothing inline, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import searchapp

FOLDER = Path(searchapp.__file__).parent
STATIC = FOLDER / "static"


def test_the_stylesheet_is_small() -> None:
    sheet = (STATIC / "search.css").read_bytes()
    assert len(sheet) < 32_000
    assert len(gzip.compress(sheet)) < 8_000


def test_the_script_is_small() -> None:
    assert len((STATIC / "search.js").read_bytes()) < 15_000


def test_nothing_comes_from_elsewhere() -> None:
    sheet = (STATIC / "search.css").read_text()
    assert "url(" not in sheet
    assert "@import" not in sheet
    script = (STATIC / "search.js").read_text()
    assert not re.search(r"innerHTML|eval\(|https?://", script)


def test_every_rule_of_the_stylesheet_is_within_the_root_class() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "search.css").read_text(), flags=re.DOTALL)
    depth, selectors, start = 0, [], 0
    for place, char in enumerate(sheet):
        if char in "{;}":
            if char == "{":
                selectors.append((depth, " ".join(sheet[start:place].split())))
            depth += {"{": 1, "}": -1, ";": 0}[char]
            start = place + 1
    outermost = [selector for level, selector in selectors if level == 1]
    assert outermost
    assert all(".nq" in each or each.startswith(("@media", "@page nq")) for each in outermost)


@pytest.mark.parametrize(
    "template", sorted((FOLDER / "templates" / "searchapp").glob("*.html")), ids=lambda p: p.name
)
def test_templates_switch_no_escaping_off(template: Path) -> None:
    source = template.read_text()
    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert not re.search(r"\sstyle=|\son\w+=|<style", source)


@pytest.mark.parametrize("file", ["search.css", "search.js", "icon.svg"])
def test_files_are_served(client: FlaskClient, file: str) -> None:
    with client.get(f"/assets/{file}") as answer:
        assert answer.status_code == 200
