"""Generations: an index is built beside the live one and swapped in by one atomic rename.

    var/index/current               the name of the live generation
    var/index/lock, lock.json       held by the one writer; who that is
    var/index/generations/NAME/     manifest.json, catalogue.sqlite, copies.sqlite, engine/

The generation before the live one is kept for `index rollback`; all others are removed by the next writer.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexLocked, IndexMissing
from indexer.manifest import NAME as MANIFEST


class Generations:
    """Keep the generations of one index folder."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._current = directory / "current"
        self._folder = directory / "generations"

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever another generation goes live; None where there is none."""
        try:
            status = self._current.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino

    def current(self) -> str:
        """Return the name of the live generation, or raise IndexMissing."""
        try:
            return self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise IndexMissing(f"{self.directory}: no index here. Run: index rebuild CORPUS") from None

    def path(self, name: str) -> Path:
        """Return the folder of a generation."""
        return self._folder / name

    @contextmanager
    def lock(self, command: str) -> Iterator[None]:
        """Be the one writer; raise IndexLocked at once where there is another, naming it."""
        self.directory.mkdir(parents=True, exist_ok=True)
        holder = self.directory / "lock.json"
        lock = FileLock(self.directory / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise IndexLocked(_held(holder)) from None
        try:
            since = datetime.now(UTC).isoformat(timespec="seconds")
            note = {"pid": os.getpid(), "command": command, "since": since}
            holder.write_text(json.dumps(note), encoding="utf-8")
            self._sweep()
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def new(self) -> str:
        """Make an empty folder for a generation and return its name."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        name = f"{stamp}-{secrets.token_hex(3)}"
        (self.path(name) / "engine").mkdir(parents=True)
        return name

    def clone(self, name: str) -> str:
        """Make a copy of a generation and return its name; the engine's files are linked, not copied.

        An engine never writes into a file that is there, so that the original stays as it is.
        """
        copy = self.new()
        source, target = self.path(name), self.path(copy)
        shutil.copytree(source / "engine", target / "engine", copy_function=_link, dirs_exist_ok=True)
        for file in source.glob("*.sqlite"):
            shutil.copy2(file, target / file.name)
        return copy

    def swap(self, name: str) -> None:
        """Let a complete generation go live."""
        _sync(self.path(name))
        aside = self.directory / "current.new"
        with aside.open("w", encoding="utf-8") as out:
            out.write(name + "\n")
            out.flush()
            os.fsync(out.fileno())
        aside.replace(self._current)
        _sync_folder(self.directory)

    def drop(self, name: str) -> None:
        """Remove a generation."""
        shutil.rmtree(self.path(name), ignore_errors=True)

    def others(self, name: str) -> list[str]:
        """Return the names of the other complete generations, the newest first."""
        folders = [folder for folder in self._folder.iterdir() if (folder / MANIFEST).is_file()]
        return sorted((folder.name for folder in folders if folder.name != name), reverse=True)

    def before(self, name: str) -> str:
        """Return the name of the generation before this one; the empty text where none is kept."""
        try:
            manifest = json.loads((self.path(name) / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return next(iter(self.others(name)), "")
        previous: str = manifest.get("previous", "")
        return previous if previous and self.path(previous).is_dir() else ""

    def _sweep(self) -> None:
        """Remove what no reader needs: older generations, and those that a crash left unfinished."""
        if not self._folder.is_dir():
            return
        keep: set[str] = set()
        if self._current.exists():
            live = self.current()
            if not (self.path(live) / MANIFEST).is_file():
                return  # damaged: nothing is removed that might still be of use
            keep = {live, self.before(live)}
        for folder in self._folder.iterdir():
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)


def _held(holder: Path) -> str:
    try:
        note = json.loads(holder.read_text(encoding="utf-8"))
        who = f"{note['command']}, process {note['pid']}, since {note['since']}"
    except (OSError, ValueError, KeyError):
        who = "another process"
    return f"{holder.parent}: being written by {who}"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _sync(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
