"""Generations: an index is built beside the live one and swapped in by one atomic rename.

    var/index/current               the name of the live generation
    var/index/lock, lock.json       held by the one writer; who that is
    var/index/generations/NAME/     manifest.json, catalogue.sqlite, copies.sqlite, engine/

The generation before the live one is kept for `index rollback`; all others are removed by the next writer.
A run that is killed leaves its own unfinished folder and `lock.json` behind, and nothing else.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexDamaged, IndexLocked, IndexMissing
from indexer.failures import writing
from indexer.manifest import NAME as MANIFEST
from indexer.manifest import is_whole, previous_of

_STAMP = "%Y%m%dT%H%M%S"
_NAMED = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")
_ADVICE = "Run: index rollback, or index rebuild"
_ASKED = 5
"""How often, 50 ms apart, a holder of the lock is asked for that has not said yet who it is."""

_log = logging.getLogger("manchette")


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
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise IndexDamaged(f"{self._current}: {error.strerror}") from error
        return status.st_mtime_ns, status.st_ino

    def current(self) -> str:
        """Return the name of the live generation; raise IndexMissing, or IndexDamaged where it says none."""
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing(f"{self.directory}: no index here. Run: index rebuild CORPUS") from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self._current}: cannot be read ({error}). {_ADVICE}") from error
        if not _NAMED.fullmatch(name):
            raise IndexDamaged(f"{self._current}: names no generation. {_ADVICE}")
        return name

    def is_pointer_whole(self) -> bool:
        """Tell whether the file that names the live generation is just as it was written."""
        return self._current.read_bytes() == f"{self.current()}\n".encode()

    def path(self, name: str) -> Path:
        """Return the folder of a generation."""
        return self._folder / name

    @contextmanager
    def lock(self, command: str, *, sweep: bool = True) -> Iterator[None]:
        """Be the one writer; raise IndexLocked at once where there is another, naming it.

        What the disk refuses meanwhile is raised as IndexUnwritable. `sweep` removes older generations.
        """
        with writing(self.directory):
            self.directory.mkdir(parents=True, exist_ok=True)
            holder = self.directory / "lock.json"
            lock = FileLock(self.directory / "lock", timeout=0)
            try:
                lock.acquire()
            except Timeout:
                raise IndexLocked(_held(holder)) from None
            try:
                since = datetime.now(UTC).isoformat(timespec="seconds")
                note = {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": since}
                holder.write_text(json.dumps(note), encoding="utf-8")
                _log.info("%s begins", command, extra={"command": command, "directory": str(self.directory)})
                if sweep:
                    self._sweep()
                yield
            finally:
                try:
                    holder.unlink(missing_ok=True)
                finally:
                    lock.release()

    def new(self) -> str:
        """Make an empty folder for a generation and return its name, which sorts after all others.

        The clock may have gone back since the last one was built.
        """
        now = datetime.now(UTC).replace(microsecond=0)
        last = max((made for name in self._names() if (made := _made(name))), default=None)
        if last and now <= last:
            now = last + timedelta(seconds=1)
        name = f"{now.strftime(_STAMP)}-{secrets.token_hex(3)}"
        with self.making(name):
            (self.path(name) / "engine").mkdir(parents=True)
        return name

    def clone(self, name: str) -> str:
        """Make a copy of a generation and return its name; the engine's files are linked, not copied.

        An engine never writes into a file that is there, so that the original stays as it is.
        """
        copy = self.new()
        source, target = self.path(name), self.path(copy)
        with self.making(copy):
            shutil.copytree(source / "engine", target / "engine", copy_function=_link, dirs_exist_ok=True)
            for file in source.glob("*.sqlite"):
                shutil.copy2(file, target / file.name)
        return copy

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Give the folder of a generation, and remove it where its making fails before it is live."""
        try:
            yield self.path(name)
        except BaseException:
            self.drop(name)
            raise

    def swap(self, name: str) -> None:
        """Let a complete generation go live."""
        _sync(self.path(name))
        _sync_folder(self._folder)
        aside = self.path(name) / "current"  # there a crash leaves it among what the next writer removes
        with aside.open("w", encoding="utf-8") as out:
            out.write(name + "\n")
            out.flush()
            os.fsync(out.fileno())
        aside.replace(self._current)
        try:
            _sync_folder(self.directory)
        except OSError as error:  # it is live by now: to raise would say that it is not
            _log.warning("%s: after a power cut the generation before may be live (%s)", self._current, error)
        _log.info("generation %s is live", name, extra={"generation": name})

    def drop(self, name: str) -> None:
        """Remove a generation, unless it is live."""
        try:
            live = self.current() == name
        except (IndexMissing, IndexDamaged):
            live = False
        if not live:
            _remove(self.path(name))

    def others(self, name: str) -> list[str]:
        """Return the names of the other complete generations, the newest first."""
        return [other for other in self._names() if other != name and (self.path(other) / MANIFEST).is_file()]

    def before(self, name: str) -> str:
        """Return the name of the generation before this one; the empty text where none is kept."""
        try:
            previous = previous_of(self.path(name))
        except IndexDamaged:
            return next(iter(self.others(name)), "")
        return previous if previous and self.path(previous).is_dir() else ""

    def last_whole(self) -> str:
        """Return the generation that one could go back to from a new one; the empty text where there is none.

        That is the live one, or where that is damaged the newest of the others.
        """
        try:
            live = self.current()
        except (IndexMissing, IndexDamaged):
            live = ""
        candidates = [live, *self.others(live)] if live else self.others("")
        return next((name for name in candidates if is_whole(self.path(name))), "")

    def _names(self) -> list[str]:
        """Return the names of all generations, complete or not, the newest first."""
        try:
            return sorted((folder.name for folder in self._folder.iterdir()), reverse=True)
        except OSError:  # there is no folder yet, or it cannot be read: then none of them can
            return []

    def _sweep(self) -> None:
        """Remove what no reader needs: older generations, and those that a crash left unfinished."""
        keep = self._kept()
        for name in self._names():
            if name not in keep:
                _remove(self.path(name))
                _log.info("generation %s is removed", name, extra={"generation": name})

    def _kept(self) -> set[str]:
        """Return the live generation and the one before; all complete ones where the live one is damaged."""
        try:
            live = self.current()
        except (IndexMissing, IndexDamaged):
            return set(self.others(""))
        if is_whole(self.path(live)):
            return {live, self.before(live)}
        return {live, *self.others(live)}


def _made(name: str) -> datetime | None:
    """Return when a generation of this name was made; None for one that is named otherwise."""
    try:
        return datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _held(holder: Path) -> str:
    """Say who writes; who has just begun may not have said so yet, so it is asked again a few times."""
    who = "another process"
    for _ in range(_ASKED):
        try:
            note = json.loads(holder.read_text(encoding="utf-8"))
            who = (
                f"{note['command']}, process {note['pid']} on {note['host']}, since {note['since']}; "
                "wait until it is done, or stop it"
            )
            break
        except (OSError, ValueError, LookupError, TypeError):
            time.sleep(0.05)
    return f"{holder.parent}: being written by {who}"


def _remove(folder: Path) -> None:
    """Remove a folder; say what could not be removed, which the next writer tries again."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        _log.warning("%s cannot be removed (%s)", folder, error)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _sync(folder: Path) -> None:
    """Wait until all files below a folder, and their names, are on disk."""
    for file in folder.rglob("*"):
        if file.is_dir():
            _sync_folder(file)
        else:
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
