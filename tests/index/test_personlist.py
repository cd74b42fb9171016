"""`index persons`: what was joined and why, and what is doubtful, as lines that can be copied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import Article, Index
from indexer.cli import main
from indexer.persons import KnownPersons
from tests.conftest import make_article

NAMES = {
    "Vladimir Poutine": 4,
    "Vladimir Putin": 2,
    "Oleg Tchernovski": 3,
    "Oleg Chernovsky": 2,
    "Harry": 3,
    "Marius Pontet": 3,
}


def articles() -> list[Article]:
    return [
        make_article(
            f"{name}-{at}",
            "Départ",
            f"On parle du {name}." if name == "Marius Pontet" else "x",
            persons=(name,),
        )
        for name, count in NAMES.items()
        for at in range(count)
    ]


@pytest.fixture
def folder(tmp_path: Path, engine: str) -> Path:
    Index.rebuild(tmp_path / "index", articles(), engine=engine, persons="off")
    return tmp_path / "index"


def run(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["--index-dir", str(folder), "persons", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_persons_are_listed_with_what_was_joined(folder: Path) -> None:
    rows = json.loads(run(folder, "--json", "--limit", "2"))
    assert rows == [
        {
            "name": "Vladimir Poutine",
            "count": 6,
            "spellings": [{"name": "Vladimir Putin", "count": 2, "rule": "file"}],
        },
        {"name": "Harry", "count": 3, "spellings": []},
    ]
    assert run(folder, "--limit", "1").splitlines() == [
        "      6  Vladimir Poutine",
        "           = Vladimir Putin (2; file)",
    ]


def test_doubts_are_listed_with_their_reason(folder: Path) -> None:
    rows = json.loads(run(folder, "--doubtful", "--json"))
    reasons = {tuple(name["name"] for name in row["names"]): row["reason"] for row in rows}
    assert reasons == {
        ("Oleg Tchernovski", "Oleg Chernovsky"): "they sound alike, and neither is much rarer",
        ("Harry",): "one word only",
        ("Marius Pontet",): "« le » or « du » stands before it in 3 of 3 articles",
    }


def test_what_is_printed_can_be_pasted(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "persons.toml"
    lines = run(folder, "--doubtful").splitlines()
    never = [line for line in lines if line.startswith("never")]
    file.write_text("\n".join([never[0], *(line for line in lines if not line.startswith("never"))]))
    known = KnownPersons.load(file)
    assert known.mains["oleg chernovsky"] == "Oleg Tchernovski"
    Index.update(folder, articles(), persons_file=file)
    names = {row["name"]: row["count"] for row in json.loads(run(folder, "--json"))}
    assert names["Oleg Tchernovski"] == 5
    assert len(names) == 3
