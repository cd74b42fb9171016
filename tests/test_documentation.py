"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.settings import Settings

ROOT = Path(__file__).parent.parent


def test_generated_parts_are_up_to_date() -> None:
    files = ["README.md", "docs/formats.md", "docs/api.md", "docs/serving.md", "docs/templates.md"]
    command = [sys.executable, "-m", "cogapp", "--check", *files]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run make docs"


def test_the_readme_names_every_command_and_setting() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in main.commands:
        assert re.search(rf"^  {command} ", text, re.MULTILINE), command
    for field in fields(Settings):
        assert f"`{field.name}`" in text


@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "docs/api.md",
        "docs/embedding.md",
        "docs/formats.md",
        "docs/languages.md",
        "docs/operations.md",
        "docs/opensearch.md",
        "docs/serving.md",
        "docs/templates.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "corpus/README.md",
    ],
)
def test_links_and_files_exist(file: str) -> None:
    path = ROOT / file
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (path.parent / target).exists(), target


def test_every_block_and_field_of_a_template_is_described() -> None:
    spec = spec_from_file_location("templates_table", ROOT / "docs" / "templates_table.py")
    assert spec
    assert spec.loader
    table = module_from_spec(spec)
    spec.loader.exec_module(table)
    known = table.described()
    blocks, common = known.pop("blocks"), known.pop("common")
    assert blocks.keys() == table.blocks().keys()
    named = {name: {field.name for field in fields(each)} for name, each in table.classes().items()}
    assert {
        name: missing
        for name, has in named.items()
        if (missing := has - common.keys() - known.get(name, {}).keys())
    } == {}, "describe it in docs/templates.toml, then run make docs"
    assert {name: more for name, row in known.items() if (more := row.keys() - named.get(name, set()))} == {}
    used = {field for name, has in named.items() for field in has - known.get(name, {}).keys()}
    assert common.keys() - used == set(), "no field has it any more"


def test_every_package_has_a_heading() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for package in ("readers", "french", "persons", "engines"):
        assert f"`{package}/`" in text
