"""The gate, and the two benchmarks that only it shares with the command line: cases and related articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks import cases, gate, related
from tests.benchmarks.tiny import make_data, write_cases


def run_gate(data: Path, *options: str) -> Result:
    recorded = data.parent / "recorded.toml"
    return CliRunner().invoke(gate.main, ["--data", str(data), "--recorded", str(recorded), *options])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return make_data(folder)


def test_what_was_recorded_passes_again(data: Path) -> None:
    assert run_gate(data, "--record").exit_code == 0
    again = run_gate(data)
    assert again.exit_code == 0, again.output
    assert "recorded 1.0000" in again.stdout
    assert "persons: left out" in again.stdout


def test_a_figure_that_drops_fails(data: Path) -> None:
    run_gate(data, "--record")
    write_cases(data, wanted="nowhere")
    done = run_gate(data)
    assert isinstance(done.exception, SystemExit), repr(done.exception)
    assert done.exit_code == 1
    assert [line.split()[:2] for line in done.stdout.splitlines() if "DROPPED" in line] == [["cases", "must"]]


def test_little_may_be_lost_but_no_case() -> None:
    before = {"piaf nDCG@10": 0.8, "cases must": 1.0}
    assert gate.dropped(before, {"piaf nDCG@10": 0.791, "new": 0.1}) == []
    assert gate.dropped(before, {"piaf nDCG@10": 0.789}) == ["piaf nDCG@10"]
    assert gate.dropped(before, {"cases must": 0.995}) == ["cases must"]


def test_recording_keeps_what_was_not_measured(tmp_path: Path) -> None:
    file = tmp_path / "recorded.toml"
    gate.write_recorded(file, {"persons F1": 0.98, "a b": 0.12345})
    assert gate.read_recorded(file) == {"persons F1": 0.98, "a b": 0.1235}
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(
        gate.main, ["--data", str(tmp_path / "empty"), "--recorded", str(file), "--record"]
    )
    assert done.exit_code == 0, done.output
    assert gate.read_recorded(file) == {"persons F1": 0.98, "a b": 0.1235}


def test_without_the_data_folder_it_says_so_and_passes(tmp_path: Path) -> None:
    done = run_gate(tmp_path / "nowhere")
    assert done.exit_code == 0
    assert "no data folder" in done.stdout


def test_the_recorded_values_are_readable() -> None:
    recorded = gate.read_recorded(gate.RECORDED)
    assert recorded
    assert all(0 < value <= 1 for value in recorded.values())


@pytest.mark.parametrize("engine", ["memory", "tantivy", "whoosh"])
def test_cases_pass_and_fail(data: Path, engine: str) -> None:
    done = CliRunner().invoke(cases.main, ["--data", str(data), "--engine", engine])
    assert done.exit_code == 0, done.output
    assert "| search | must | 1 | 1 |" in done.stdout
    write_cases(data, wanted="nowhere")
    done = CliRunner().invoke(cases.main, ["--data", str(data), "--engine", engine])
    assert done.exit_code == 1
    assert "failed must s1 'etat'" in done.stdout


def test_related_counts_near_links_of_recent_articles(data: Path) -> None:
    found = related.measure(data, "memory")
    assert (found.indexed, found.articles) == (3, 2)
    assert (found.recall5, found.recall10) == (1.0, 1.0)
    assert related.measure(data, "memory", whole=True).indexed == 4


@pytest.mark.parametrize("command", [cases.main, related.main])
def test_missing_data_is_said(tmp_path: Path, command: object) -> None:
    done = CliRunner().invoke(command, ["--data", str(tmp_path)])  # type: ignore[arg-type]
    assert done.exit_code == 1
    assert "is missing" in done.stderr
