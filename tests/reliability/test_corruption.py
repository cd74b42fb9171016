"""Every file of an index damaged in turn: found, and never served, and no process dies of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import Index, IndexDamaged
from indexer.generations import Generations
from indexer.maintenance import check, roll_back
from searchapp import create_app
from tests.reliability.commands import ROOT, index, refused, total
from tests.reliability.conftest import TOTALS, build


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["memory", "whoosh", "tantivy"])
def test_every_file_damaged(name: str, tmp_path: Path) -> None:
    """Nine ways, with and without checksums at opening; the ordinary tests take one bit of each file."""
    command = [sys.executable, "-m", "benchmarks.corruption", "--engine", name, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=850, check=False)
    assert done.returncode == 0, done.stderr
    for row in json.loads(done.stdout):
        assert row["made"] == row["found"] == row["served"] >= 50


def flip(file: Path, at: int = -1) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x10
    file.write_bytes(bytes(content))


def live(directory: Path) -> Path:
    generations = Generations(directory)
    return generations.path(generations.current())


def test_one_bit_in_every_file(directory: Path, engine: str, tmp_path: Path) -> None:
    build(directory, engine, "B")
    files = [file.relative_to(directory) for file in live(directory).rglob("*") if file.is_file()]
    files = [Path("current"), *(file for file in files if (directory / file).stat().st_size)]
    assert len(files) >= 8
    for number, file in enumerate(files):
        copy = tmp_path / str(number)
        shutil.copytree(directory, copy)
        flip(copy / file, 0)
        try:
            found = check(Generations(copy))[1]
        except IndexDamaged as error:
            found = [str(error)]
        assert any(file.name in line or "manifest" in line for line in found), file
        opened = Index.open(copy)
        # Where only the name of the live one is lost, the newest is it.
        assert opened.search().total == TOTALS["B" if file.name == "current" else "A"], file
        opened.close()


def test_a_page_says_what_to_do(directory: Path) -> None:
    (live(directory) / "catalogue.sqlite").write_bytes(b"")
    client = create_app({"MANCHETTE_INDEX_DIR": str(directory)}).test_client()
    for path in ("/?q=grève", "/api/v1/search?q=grève", "/article/a00003", "/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "Run: index check, then index rollback or index rebuild" in answer.text


def test_an_update_does_not_hide_damage(directory: Path, corpora: dict[str, Path]) -> None:
    flip(max((live(directory) / "engine").iterdir(), key=lambda file: file.stat().st_size))
    before = {path for path in directory.rglob("*") if path.name != "lock"}
    refused(
        index("update", corpora["B"], "--index-dir", directory), "checksum differs. An update would copy it"
    )
    assert {path for path in directory.rglob("*") if path.name != "lock"} == before
    assert index("rebuild", corpora["B"], "--index-dir", directory, "-q").returncode == 0
    assert index("check", "--index-dir", directory).returncode == 0
    assert total(directory) == TOTALS["B"]


def test_going_back_refuses_a_damaged_generation(directory: Path, engine: str) -> None:
    before = live(directory)
    build(directory, engine, "B")
    flip(before / "catalogue.sqlite", 100)
    with pytest.raises(IndexDamaged, match=r"catalogue\.sqlite: checksum differs.*not swapped in"):
        roll_back(Generations(directory))
    assert total(directory) == TOTALS["B"]


@pytest.mark.parametrize(
    "content", [None, b"", b"\0" * 23, b"\xff\xfe", b"../../etc\n", b"20000101T000000-000000\n"]
)
def test_the_name_of_the_live_generation_is_lost(
    directory: Path, corpora: dict[str, Path], engine: str, content: bytes | None
) -> None:
    build(directory, engine, "B")
    kept = {folder.name for folder in (directory / "generations").iterdir()}
    pointer = directory / "current"
    if content is None:
        pointer.unlink()
    else:
        pointer.write_bytes(content)
    assert total(directory) == TOTALS["B"]  # the newest that is whole
    assert index("check", "--index-dir", directory).returncode == 1
    # Nothing is removed while it is not known which one is live, whether or not the run succeeds.
    assert index("rebuild", directory / "none", "--index-dir", directory).returncode == 1
    assert {folder.name for folder in (directory / "generations").iterdir()} == kept
    assert index("rebuild", corpora["A"], "--index-dir", directory, "-q").returncode == 0
    assert total(directory) == TOTALS["A"]
    assert index("check", "--index-dir", directory).returncode == 0
    assert index("rollback", "--index-dir", directory).returncode == 0
    assert total(directory) == TOTALS["B"]


def test_what_replaces_a_damaged_generation_keeps_the_good_one(directory: Path, engine: str) -> None:
    build(directory, engine, "B")
    good = Generations(directory).before(Generations(directory).current())
    (live(directory) / "manifest.json").write_bytes(b"{")
    build(directory, engine, "B")
    build(directory, engine, "A") if Generations(directory).before(
        Generations(directory).current()
    ) == "" else None
    assert Generations(directory).before(Generations(directory).current()) == good
