"""The benchmark of engines: corpora, questions, counts compared, tables; the peers that are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.engines import __main__ as command
from benchmarks.engines.answers import Answer, System, differences
from benchmarks.engines.building import Built
from benchmarks.engines.corpus import claim
from benchmarks.engines.generator import generated
from benchmarks.engines.growth import Figures, extrapolated, growth
from benchmarks.engines.measures import percentiles, ratio
from benchmarks.engines.mixing import mixed
from benchmarks.engines.peers.protocol import Unavailable
from benchmarks.engines.peers.sqlite import Sqlite
from benchmarks.engines.questions import ALL_KINDS, SHARES, Question, questions
from benchmarks.engines.registry import PEERS
from benchmarks.engines.results import EngineResult, SizeResult
from benchmarks.engines.rounds import Opened, measure
from benchmarks.relevance.sets import DataMissing
from indexer.query import Everything, Term

# Lucene takes a jar of 180 MB, which a test does not fetch, and a process of its own for its machine.
SMALL = [name for name in PEERS if name != "lucene"]
JAR = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "manchette" / "lucene"
ROOT = Path(__file__).parent.parent.parent


def installed(name: str) -> bool:
    try:
        PEERS[name].version()
    except Unavailable:
        return False
    return True


def run(*options: str) -> Result:
    return CliRunner().invoke(
        command.main, ["--sizes", "300", "--rounds", "1", "--questions", "60", *options]
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Run once on made-up articles with every peer that is installed; the folder keeps the indexes."""
    folder = tmp_path_factory.mktemp("engines")
    names = ",".join(["tantivy", "whoosh", "memory", *filter(installed, SMALL)])
    return folder, run("--engines", names, "--keep", str(folder), "--json", str(folder / "all.json"))


def test_every_engine_counts_the_same(kept: tuple[Path, Result]) -> None:
    folder, done = kept
    assert done.exit_code == 0, done.output
    assert "all equal" in done.stdout
    [size] = json.loads((folder / "all.json").read_text())["sizes"]
    assert size["differences"] == []
    counting = {"Engine.search, whoosh", "Engine.search, memory", "Index.search, memory"}
    counting |= {PEERS[name].name for name in SMALL if installed(name) and name != "bm25s"}
    assert {name for name, count in size["compared"].items() if count > 30} >= counting
    assert {engine["name"]: engine["built"]["cut"] for engine in size["engines"]}["tantivy"] == ""
    assert set(size["times"]["Engine.search, tantivy"]) == {*ALL_KINDS, "all"}


@pytest.mark.skipif(
    not (find_spec("jpype") and any(JAR.glob("lucene-10*.jar"))), reason="no jpype1, or no jar of Lucene kept"
)
def test_lucene_counts_the_same(kept: tuple[Path, Result]) -> None:
    options = ["--sizes", "300", "--rounds", "1", "--questions", "60", "--engines", "tantivy,lucene"]
    line = [sys.executable, "-m", "benchmarks.engines", *options, "--keep", str(kept[0])]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "all equal" in done.stdout
    assert "| Lucene | 300 |" in done.stdout


def test_the_tables_name_every_engine_and_what_it_cannot_say(kept: tuple[Path, Result]) -> None:
    out = kept[1].stdout
    assert "| Index.search, tantivy | 300 |" in out
    ratios = next(line for line in out.splitlines() if line.startswith("| articles | this project |"))
    assert {"SQLite FTS5", "Whoosh's own facets", "its engine calls"} <= set(ratios.strip("| ").split(" | "))
    assert "| 300 | Index.search, tantivy | " in out
    assert "| 300 | Engine.search, whoosh | " in out
    cells = next(line for line in out.splitlines() if line.startswith("| SQLite FTS5 |") and " / " in line)
    assert cells.split(" | ")[2 + list(SHARES).index("fuzzy")] == "—"


def test_a_kept_index_is_not_built_again_and_a_wrong_count_fails(
    kept: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = kept[0]
    before = (folder / "300" / "sqlite" / "built.json").stat().st_mtime_ns
    monkeypatch.setattr(Sqlite, "open", open_liar)
    done = run("--engines", "tantivy,sqlite", "--keep", str(folder), "--json", str(tmp_path / "wrong.json"))
    assert (folder / "300" / "sqlite" / "built.json").stat().st_mtime_ns == before
    assert done.exit_code == 1
    assert "WRONG COUNT" in done.stderr
    assert "300 articles, SQLite FTS5, rare:" in done.stderr
    assert json.loads((tmp_path / "wrong.json").read_text())["sizes"][0]["differences"]


def test_recording_writes_between_the_marks(
    kept: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- engines -->\nthe run before\n<!-- /engines -->\nafter\n")
    monkeypatch.setattr(command, "README", readme)
    done = run("--engines", "tantivy,sqlite", "--keep", str(kept[0]), "--record")
    assert done.exit_code == 0, done.output
    text = readme.read_text()
    assert text.startswith("before\n<!-- engines -->\nRun of ")
    assert text.endswith("\n<!-- /engines -->\nafter\n")
    assert "the run before" not in text
    assert command.README.read_text() == text
    assert "<!-- engines -->" in (Path(command.__file__).parent.parent / "README.md").read_text()


def test_a_build_that_takes_too_long_is_cut_and_said(tmp_path: Path) -> None:
    options = ["--engines", "memory,sqlite", "--limit", "0.01", "--keep", str(tmp_path)]
    done = run(*options)
    assert done.exit_code == 0, done.output
    assert "| SQLite FTS5 | 300 | cut after 0 s, at 0 articles |" in done.stdout
    assert "| Index.search, memory | 300 |" in done.stdout


def test_a_missing_peer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> str:
        raise Unavailable("not on this machine")

    monkeypatch.setattr(Sqlite, "version", missing)
    done = run("--engines", "memory,sqlite", "--questions", "9")
    assert done.exit_code == 0, done.output
    assert "sqlite was left out: not on this machine." in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engines", "sqlite"], "must be one of this project's"),
        (["--engines", "tantivy,nothing"], "there is no engine 'nothing'"),
        (["--data", "nowhere"], "is missing"),
    ],
)
def test_wrong_options_are_said(options: list[str], said: str) -> None:
    done = run(*options)
    assert done.exit_code != 0
    assert said in done.stderr


def test_a_folder_of_other_articles_is_refused(tmp_path: Path) -> None:
    claim(tmp_path, [{"title": "a", "body": "b"}])
    claim(tmp_path, [{"title": "a", "body": "b"}])
    with pytest.raises(DataMissing, match="other articles"):
        claim(tmp_path, [{"title": "a", "body": "c"}])


def test_an_index_that_will_not_open_is_said(kept: tuple[Path, Result], tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    shutil.copytree(kept[0], folder)
    shutil.rmtree(folder / "300" / "sqlite" / "index")
    done = run("--engines", "tantivy,sqlite", "--keep", str(folder))
    assert done.exit_code == 1
    assert "sqlite could not be opened" in done.stderr


def test_mixing_keeps_the_real_articles_and_goes_on() -> None:
    rows = list(islice(generated(), 60))
    more = list(mixed(rows, 200))
    assert [row["body"] for row in more[:60]] == [row["body"] for row in rows]
    assert len({row["id"] for row in more}) == 200
    assert len({row["body"] for row in more}) > 195
    assert more == list(mixed(rows, 200))
    assert [row["id"] for row in mixed(rows, 10)] == [row["id"] for row in more[:10]]


def test_questions_are_the_same_each_time_and_of_all_kinds() -> None:
    rows = list(islice(generated(), 300))
    asked = questions(rows, 300)
    assert asked == questions(rows, 300)
    assert {question.kind for question in asked} == ALL_KINDS
    assert len(asked) == len(set(asked))
    assert len(asked) >= 290


def test_differences_name_the_first_value() -> None:
    one = Answer((), 3, (("a", 2), ("b", 1)), (), (("2018-11", 3),))
    assert differences(one, one) == {}
    assert differences(one, Answer(())) == {}
    assert differences(one, replace(one, total=4)) == {"total": (3, 4)}
    assert differences(one, replace(one, tags=(("a", 2), ("c", 1)))) == {"tags": (("b", 1), ("c", 1))}
    assert differences(one, replace(one, months=())) == {"months": ("1 values", "0 values")}


def test_percentiles_and_ratios_are_over_what_both_answered() -> None:
    first, second, third = (Question("rare", word, Term("text", word)) for word in "abc")
    found = percentiles(list(range(1, 101)))
    assert found
    assert (found.p50, found.p95, found.p99, found.questions) == (50, 95, 99, 100)
    both = ratio("x", "y", {"x": {first: 1.0, second: 2.0, third: 9.0}, "y": {first: 2.0, second: 4.0}})
    assert both
    assert (both.p50, both.p95, both.questions) == (0.5, 0.5, 2)
    assert ratio("x", "y", {"x": {first: 1.0}, "y": {second: 1.0}}) is None
    assert percentiles([]) is None


def test_growth_extrapolates_on_a_power_law_and_names_what_was_cut() -> None:
    def figures(seconds: float, disk: float) -> Figures:
        return Figures(seconds, disk, 100, 0, 1, 5, 9)

    guessed = extrapolated((100_000, figures(10, 400)), (1_000_000, figures(200, 4_000)), 10_000_000)
    assert guessed.seconds == pytest.approx(4_000)
    assert guessed.disk == pytest.approx(40_000)
    assert (guessed.memory, guessed.cold, guessed.p50) == (100, 0, 1)
    cut = EngineResult("slow", Built(cut="cut after 9 s, at 5,000 articles"))
    assert "| slow | 10,000 | cut after 9 s, at 5,000 articles |" in growth(
        [SizeResult(10_000, 10_000, (cut,), {}, (), (), {})]
    )


def test_a_system_that_is_slow_is_asked_no_more() -> None:
    slow = Opened("slow", Liar(Answer(())), frozenset({"everything"}))
    asked = [Question("everything", str(number), Everything()) for number in range(3)]
    assert len(measure([slow], asked, 1, 2, 1e-9).times["slow"]) == 1
    assert len(measure([slow], asked, 1, 2, 9).times["slow"]) == 3


class Liar:
    """Answer the same whatever is asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, question: Question) -> Answer:
        return self._answer

    def comparable(self, question: Question, answer: Answer) -> Answer | None:
        return answer

    def close(self) -> None:
        pass


def open_liar(peer: Sqlite, folder: Path) -> dict[str, System]:
    return {peer.name: Liar(Answer((), 7))}
