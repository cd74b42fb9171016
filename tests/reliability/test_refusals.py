"""What an operator meets: a full disk, no permission, no folder, a clock that went back."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.generations import Generations
from tests.reliability.commands import index, nothing_left, refused, total, without_overrides
from tests.reliability.conftest import TOTALS

COMMANDS = ("rebuild", "update")


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Mount a small file system in memory; give False, and say so, where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        sys.__stderr__.write("\nnothing can be mounted here: files are limited instead of the disk\n")  # type: ignore[union-attr]
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def limited(bytes: int) -> Callable[[], None]:
    """Return what lets a process write no file longer than this."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, bytes))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("free", [0, 40, 120])
def test_a_full_disk(tmp_path: Path, corpora: dict[str, Path], engine: str, command: str, free: int) -> None:
    with small_disk(tmp_path / "disk", 6_000) as mounted:
        directory = tmp_path / "disk" / "index"
        made = index("rebuild", corpora["A"], "--index-dir", directory, "--engine", engine, "--quiet")
        assert made.returncode == 0, made.stderr
        filler = tmp_path / "disk" / "filler"
        if mounted:
            left = os.statvfs(directory)
            filler.write_bytes(bytes(max(0, left.f_bavail * left.f_frsize - free * 1024)))
        before = None if mounted else limited(free * 128)
        done = index(command, corpora["B"], "--index-dir", directory, "--jobs", "1", "--quiet", before=before)
        refused(done, str(directory) if mounted and not free else "")
        assert any(
            word in done.stderr for word in ("No space left", "File too large", "disk is full", "os error 2")
        ), done.stderr
        nothing_left(directory)
        assert total(directory) == TOTALS["A"]
        filler.unlink(missing_ok=True)
        done = index(command, corpora["B"], "--index-dir", directory, "--quiet")
        assert done.returncode == 0, done.stderr
        assert total(directory) == TOTALS["B"]


@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_may_not_grow(directory: Path, corpora: dict[str, Path], command: str) -> None:
    done = index(command, corpora["B"], "--index-dir", directory, "--quiet", before=limited(9_000))
    refused(done, "index")
    nothing_left(directory)
    assert total(directory) == TOTALS["A"]


@pytest.mark.parametrize("command", [*COMMANDS, "rollback"])
def test_a_folder_that_may_not_be_written(directory: Path, corpora: dict[str, Path], command: str) -> None:
    folders = [directory, *(path for path in directory.rglob("*") if path.is_dir())]
    files = [path for path in directory.rglob("*") if path.is_file()]
    for path in (*folders, *files):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        corpus = [] if command == "rollback" else [corpora["B"]]
        done = index(command, *corpus, "--index-dir", directory, before=without_overrides)
        refused(done, "Permission denied")
        assert total(directory, without_overrides) == TOTALS["A"]
    finally:
        for path in folders:
            path.chmod(0o755)
    nothing_left(directory)


def test_a_file_system_that_is_read_only(tmp_path: Path, corpora: dict[str, Path], engine: str) -> None:
    with small_disk(tmp_path / "disk", 6_000) as mounted:
        directory = tmp_path / "disk" / "index"
        made = index("rebuild", corpora["A"], "--index-dir", directory, "--engine", engine, "--quiet")
        assert made.returncode == 0, made.stderr
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
            refused(index("rebuild", corpora["B"], "--index-dir", directory), "Read-only file system")
        assert total(directory) == TOTALS["A"]


def test_a_folder_that_may_not_be_read(directory: Path) -> None:
    generations = directory / "generations"
    generations.chmod(0)
    try:
        done = index("search", "grève", "--index-dir", directory, before=without_overrides)
        refused(done, "Permission denied")
    finally:
        generations.chmod(0o755)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_below_a_file(tmp_path: Path, corpora: dict[str, Path], command: str) -> None:
    done = index(command, corpora["B"], "--index-dir", corpora["A"] / "index")
    refused(done, "Not a directory")


def test_a_folder_that_is_not_there(tmp_path: Path, corpora: dict[str, Path]) -> None:
    missing = tmp_path / "deep" / "index"
    for command in (
        ["update", corpora["A"]],
        ["search", "grève"],
        ["check"],
        ["rollback"],
        ["diff"],
        ["info"],
    ):
        refused(index(*command, "--index-dir", missing), "no index here. Run: index rebuild CORPUS")
    assert index("rebuild", corpora["A"], "--index-dir", missing, "-q").returncode == 0
    assert total(missing) == TOTALS["A"]


def test_generations_that_went_away(directory: Path, corpora: dict[str, Path]) -> None:
    shutil.rmtree(directory / "generations")
    refused(index("search", "grève", "--index-dir", directory), "manifest cannot be read")
    refused(index("update", corpora["B"], "--index-dir", directory), "index rebuild")
    assert index("rebuild", corpora["B"], "--index-dir", directory, "-q").returncode == 0
    assert total(directory) == TOTALS["B"]


def test_a_clock_that_went_back(directory: Path, corpora: dict[str, Path], engine: str) -> None:
    generations = Generations(directory)
    late = "20991231T235959-abcdef"  # built while the clock was wrong
    generations.path(generations.current()).rename(generations.path(late))
    generations.swap(late)
    for edition in "BAB":
        for command in COMMANDS:
            done = index(command, corpora[edition], "--index-dir", directory, "-q")
            assert done.returncode == 0, done.stderr
            assert total(directory) == TOTALS[edition]
            assert generations.others("")[0] == generations.current() > late
    assert index("rollback", "--index-dir", directory).returncode == 0
    assert generations.current() > late
    assert index("check", "--index-dir", directory).returncode == 0
