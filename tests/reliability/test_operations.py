"""What an operator does with an index: back it up, restore it, compare, upgrade, read its logs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from indexer import Index, IndexOutdated
from indexer import manifest as manifest_module
from indexer.generations import Generations
from tests.reliability.commands import index, total
from tests.reliability.conftest import TOTALS, build
from tests.reliability.test_locks import holding


def row(*arguments: object) -> Any:
    done = index(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_backup_taken_while_an_index_is_rebuilt(
    directory: Path, corpora: dict[str, Path], engine: str, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    with holding("rebuild", directory, engine) as process:
        # As docs/operations.md has it: the live generation, which nothing writes to, and its name.
        script = (
            "set -e; name=$(cat index/current); mkdir -p backup/generations; "
            'cp -a "index/generations/$name" backup/generations/; echo "$name" > backup/current'
        )
        subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
        shutil.copytree(directory, tmp_path / "whole")
        process.communicate("go on\n", timeout=60)
    assert total(directory) == TOTALS["B"]
    for copy in (backup, tmp_path / "whole"):
        assert index("check", "--index-dir", copy).returncode == 0
        assert total(copy) == TOTALS["A"]
        assert index("update", corpora["B"], "--index-dir", copy, "-q").returncode == 0
        assert total(copy) == TOTALS["B"]
        assert len(Generations(copy).others("")) == len(list((copy / "generations").iterdir()))


def test_restoring_into_an_index_that_is_served(directory: Path, engine: str, tmp_path: Path) -> None:
    name = Generations(directory).current()
    shutil.copytree(directory / "generations" / name, tmp_path / "kept" / name)
    for _ in range(3):
        build(directory, engine, "B")
    assert name not in Generations(directory).others("")
    opened = Index.open(directory)
    assert opened.search().total == TOTALS["B"]
    shutil.copytree(tmp_path / "kept" / name, directory / "generations" / name)
    assert row("rollback", name, "--index-dir", directory)["generation"] == name
    assert opened.search().total == TOTALS["A"]
    assert opened.info().generation == name
    opened.close()
    done = index("rollback", "20000101T000000-000000", "--index-dir", directory)
    assert done.returncode == 1
    assert "no generation 20000101T000000-000000 beside" in done.stderr


def test_the_difference_of_two_generations(directory: Path, engine: str, tmp_path: Path) -> None:
    build(directory, engine, "B")
    found = row("diff", "--index-dir", directory)
    assert (found["articles_before"], found["articles_after"]) == (TOTALS["A"], TOTALS["B"])
    assert found["queries"] >= 20
    assert found["changes"] == row("diff", "--index-dir", directory)["changes"]  # the same searches each time
    queries = tmp_path / "queries.txt"
    queries.write_text("éditionB\nzorglub\n\n le point du jour \n", encoding="utf-8")
    found = row("diff", "--queries", queries, "--index-dir", directory)
    assert found["queries"] == 3
    changes = {change["query"]: change for change in found["changes"]}
    assert changes.keys() == {"éditionB", "le point du jour"}
    assert changes["éditionB"]["before"] == 0
    assert len(changes["éditionB"]["came"]) == 10
    assert changes["le point du jour"]["before"] == TOTALS["A"]
    text = index("diff", "--queries", queries, "--index-dir", directory).stdout
    assert f"éditionB: 0 → {changes['éditionB']['after']}\n   + a0" in text
    same = row("diff", found["after"], found["after"], "--index-dir", directory)
    assert same["changes"] == []
    assert "no generation x; there is" in index("diff", "x", "--index-dir", directory).stderr


def test_a_difference_needs_two(directory: Path) -> None:
    done = index("diff", "--index-dir", directory)
    assert done.returncode == 1
    assert "no generation before" in done.stderr


def test_info_as_json(directory: Path, engine: str) -> None:
    found = row("info", "--index-dir", directory)
    assert (found["engine"], found["articles"]) == (engine, TOTALS["A"])
    assert found.keys() >= {"generation", "previous", "built", "schema_version", "analyser_version", "bytes"}


def test_an_older_index_is_refused_and_still_served_by_its_version(
    directory: Path, corpora: dict[str, Path], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = Generations(directory)
    old = generations.current()
    older = manifest_module.SCHEMA_VERSION - 1
    _rewrite(generations.path(old), schema_version=older, once_was="a field that is no more")
    with pytest.raises(IndexOutdated, match=rf"schema {older}.*Run: index rebuild"):
        Index.open(directory).search()
    done = index("update", corpora["B"], "--index-dir", directory)
    assert (done.returncode, "Run: index rebuild" in done.stderr) == (1, True)
    # The old version goes on with it while the new one builds, and after the swap as well.
    monkeypatch.setattr(manifest_module, "SCHEMA_VERSION", older)
    _rewrite(generations.path(old), schema_version=older)
    served = Index.open(directory)
    assert served.search().total == TOTALS["A"]
    with holding("rebuild", directory, engine) as process:
        assert Index.open(directory).search().total == TOTALS["A"]
        process.communicate("go on\n", timeout=60)
        assert process.returncode == 0
    assert generations.before(generations.current()) == old
    assert served.search().total == TOTALS["A"]
    assert Index.open(directory).search().total == TOTALS["A"]
    served.close()
    assert total(directory) == TOTALS["B"]  # the new version, in a process of its own


def test_logs_as_json(directory: Path, corpora: dict[str, Path], engine: str) -> None:
    broken = corpora["B"].with_name("broken.jsonl")
    broken.write_text("{", encoding="utf-8")
    done = index("--log-format", "json", "update", corpora["B"], broken, "--index-dir", directory, "--json")
    rows = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(row.keys() >= {"time", "level", "message"} for row in rows)
    assert rows[0]["command"] == "index update"
    live = [row for row in rows if "is live" in row["message"]]
    assert live[0]["generation"] == Generations(directory).current()
    assert [row["level"] for row in rows if "broken.jsonl" in row["message"]] == ["warning"]
    assert rows[-1]["report"]["broken"] == 1
    done = index("--log-format", "json", "update", "none", "--index-dir", directory)
    last = json.loads(done.stderr.splitlines()[-1])
    assert (done.returncode, last["level"], last["error"]) == (1, "error", "NothingIndexed")


def _rewrite(folder: Path, **more: object) -> None:
    """Write a manifest as another version would have."""
    file = folder / "manifest.json"
    row = json.loads(file.read_text(encoding="utf-8"))
    row = {key: value for key, value in row.items() if key not in ("checksum", "once_was")} | more
    file.write_text(json.dumps(row), encoding="utf-8")
