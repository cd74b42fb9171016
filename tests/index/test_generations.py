"""Generations: nothing live is touched before a complete new one is swapped in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import (
    Article,
    Index,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    NothingIndexed,
    ReadError,
)
from indexer.corpus import Reading
from indexer.generations import Generations
from indexer.maintenance import check, roll_back
from tests.conftest import few_articles, make_article, many_articles


def build(directory: Path, articles: list[Article] | Iterator[Reading], engine: str) -> None:
    Index.rebuild(directory, articles, engine=engine, persons="off")


def folders(directory: Path) -> set[str]:
    return {folder.name for folder in (directory / "generations").iterdir()}


def test_a_reader_notices_a_new_generation(tmp_path: Path, engine: str) -> None:
    build(tmp_path, few_articles(), engine)
    index = Index.open(tmp_path)
    assert index.search("brexit").total == 1
    build(tmp_path, few_articles()[:1], engine)
    assert index.search("brexit").total == 0
    assert index.search().total == 1


def test_a_failed_build_changes_nothing_and_leaves_nothing(tmp_path: Path, engine: str) -> None:
    build(tmp_path, few_articles(), engine)
    before = folders(tmp_path)

    def broken() -> Iterator[Article]:
        yield from few_articles()[:2]
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        build(tmp_path, broken(), engine)
    assert folders(tmp_path) == before
    assert Index.open(tmp_path).search().total == 5


def test_no_article_at_all_is_an_error_and_changes_nothing(tmp_path: Path, engine: str) -> None:
    build(tmp_path, few_articles(), engine)
    with pytest.raises(NothingIndexed, match=r"1 could not be read, the first: a\.html: empty"):
        build(tmp_path, iter([ReadError("a.html", "empty")]), engine)
    assert Index.open(tmp_path).search().total == 5


def test_broken_files_are_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    readings: list[Reading] = [*few_articles(), ReadError("a.html", "empty"), few_articles()[0]]
    report = Index.rebuild(tmp_path, readings, engine="memory", persons="off")
    assert (report.articles, report.broken) == (5, 2)
    assert "same id" in str(report.problems[1])
    with pytest.raises(ReadError, match="empty"):
        Index.rebuild(tmp_path, readings, engine="memory", persons="off", strict=True)
    assert Index.open(tmp_path).info().generation == report.generation


def test_an_update_adds_changes_and_removes(tmp_path: Path, engine: str) -> None:
    build(tmp_path, few_articles(), engine)
    first = Index.open(tmp_path).info().generation
    changed = make_article("g20", "Le G20 change de titre", "Un texte neuf.", "2018-12-02", tags=("G20",))
    corpus = [*few_articles()[:3], changed, make_article("new", "Une comète passe")]
    report = Index.update(tmp_path, corpus)
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 3)
    index = Index.open(tmp_path)
    assert index.search().total == 5
    assert index.article("guide") is None
    assert index.search("neuf").total == 1
    assert index.search("trêve").total == 0
    assert index.counts("tag", ["G20", "commerce"]) == {"G20": 1, "commerce": 0}
    assert index.counts("person", ["Theresa May"]) == {"Theresa May": 1}
    assert check(Generations(tmp_path))[1] == []
    roll_back(Generations(tmp_path))
    assert index.info().generation == first
    assert index.search("trêve").total == 1
    assert check(Generations(tmp_path))[1] == []


def test_an_update_without_changes_swaps_nothing(tmp_path: Path, engine: str) -> None:
    build(tmp_path, few_articles(), engine)
    before = folders(tmp_path)
    report = Index.update(tmp_path, few_articles())
    assert not report.swapped
    assert report.unchanged == 5
    assert folders(tmp_path) == before


def test_an_update_with_broken_files_removes_nothing(tmp_path: Path) -> None:
    build(tmp_path, few_articles(), "memory")
    report = Index.update(tmp_path, [few_articles()[0], ReadError("b.html", "cut off")])
    assert report.removed == 0
    assert "nothing was removed" in report.warnings[0]


def test_an_update_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Index.update(tmp_path, few_articles())


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    for _ in range(4):
        build(tmp_path, few_articles(), "memory")
    live = Generations(tmp_path).current()
    kept = folders(tmp_path)
    assert live in kept
    assert len(kept) == 3  # the oldest goes with the next run
    before, now = roll_back(Generations(tmp_path))
    assert before == live
    assert now in kept
    roll_back(Generations(tmp_path))  # to the oldest, which no run has removed yet
    with pytest.raises(IndexMissing, match="no generation before"):
        roll_back(Generations(tmp_path))


def test_what_a_crash_left_is_removed_by_the_next_run(tmp_path: Path) -> None:
    build(tmp_path, few_articles(), "memory")
    left = tmp_path / "generations" / "20000101T000000-000000"
    left.mkdir()
    build(tmp_path, few_articles(), "memory")
    assert not left.exists()


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    second = Generations(tmp_path).lock("index update")
    who = f"index rebuild, process {os.getpid()} on {socket.gethostname()}, since 20"
    with generations.lock("index rebuild"), pytest.raises(IndexLocked, match=who):
        second.__enter__()
    with generations.lock("index update"):
        pass


def test_the_lock_of_a_dead_process_does_not_block(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from indexer.generations import Generations\n"
        "with Generations(Path(sys.argv[1])).lock('index rebuild'): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    build(tmp_path, few_articles(), "memory")


def test_a_damaged_generation_is_not_served_while_there_is_another(
    tmp_path: Path, engine: str, caplog: pytest.LogCaptureFixture
) -> None:
    build(tmp_path, few_articles()[:2], engine)
    build(tmp_path, few_articles(), engine)
    generations = Generations(tmp_path)
    folder = generations.path(generations.current())
    victim = max((folder / "engine").iterdir(), key=lambda file: file.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-10])
    assert Index.open(tmp_path).search().total == 2
    assert "serving generation" in caplog.text
    assert victim.name in check(generations)[1][0]
    assert victim.exists()


def test_a_damaged_index_without_another_says_so(tmp_path: Path) -> None:
    build(tmp_path, few_articles(), "memory")
    generations = Generations(tmp_path)
    (generations.path(generations.current()) / "manifest.json").write_text("{")
    with pytest.raises(IndexDamaged, match="manifest"):
        Index.open(tmp_path).search()


def test_an_index_of_another_version_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, few_articles(), "memory")
    monkeypatch.setattr("indexer.manifest.ANALYSER_VERSION", 999)
    with pytest.raises(IndexOutdated, match="Run: index rebuild"):
        Index.open(tmp_path).search()
    monkeypatch.undo()
    assert Index.open(tmp_path).search().total == 5


def test_readers_go_on_while_generations_are_swapped(tmp_path: Path, engine: str) -> None:
    build(tmp_path, many_articles(20), engine)
    index = Index.open(tmp_path)
    stop = threading.Event()
    problems: list[object] = []

    def read() -> None:
        while not stop.is_set():
            try:
                results = index.search("commun", size=50)
                if results.total != len(results.hits):
                    problems.append((results.total, len(results.hits)))
            except Exception as error:  # noqa: BLE001 - any failure is what is looked for
                problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for count in (30, 10, 40):
            build(tmp_path, many_articles(count), engine)
        Index.update(tmp_path, list(many_articles(25)))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert problems == []
    assert index.search("commun").total == 25
    index.close()
