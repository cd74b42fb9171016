"""Zip archives: each member is read as a file in a folder would be, without unpacking to the disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from indexer.errors import ReadError
from indexer.readers.sidecar import is_sidecar
from indexer.readers.source import Source, shown
from indexer.readers.unpacking import Budget, bare_name, counted

DIRECTORY = 64 * 2**20
"""A zip archive whose list of members has more bytes, half a million names, is refused: the library holds
all of it in memory."""

_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 66 * 2**10


def is_zip(path: Path) -> bool:
    """Tell whether a file is a zip archive and called so: documents of an office are archives, too."""
    if path.suffix.lower() not in (".zip", ""):
        return False
    with path.open("rb") as file:
        return file.read(4) in _SIGNS


def members(path: Path, id: str) -> Iterator[Source | ReadError]:
    """Yield the files of an archive in the order of their names, and an error for each that is refused.

    Raises ReadError where the archive as a whole cannot be read. A source is good until the next is asked
    for.
    """
    budget = Budget(shown(path), path.stat().st_size)
    if _directory_size(path) > DIRECTORY:
        raise ReadError(shown(path), "the archive has too many members")
    with _archive(path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: PurePosixPath(info.filename).parts):
            if not info.filename.endswith("/") and not _passed_over(info.filename):
                yield _member(path, id, archive, info, budget)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError(shown(path), f"the archive is damaged ({error})") from error
    with archive:
        yield archive


def _member(
    path: Path, id: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
) -> Source | ReadError:
    inside = PurePosixPath(info.filename.replace("\\", "/"))
    where = path / info.filename.lstrip("/")
    if not inside.parts or inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        return ReadError(shown(path), f"the member {info.filename!r} lies outside the archive: not read")
    if stat.S_ISLNK(info.external_attr >> 16):
        return ReadError(shown(where), "a link inside an archive: not followed")
    if info.flag_bits & 1:
        return ReadError(shown(where), "encrypted")
    if inside.suffix.lower() == ".zip":
        return ReadError(shown(where), "an archive inside an archive: not read")
    name = bare_name(inside.name)
    own = "/".join((id, *inside.parent.parts, PurePosixPath(name).stem or name))

    def raw() -> BinaryIO:
        return counted(cast(BinaryIO, archive.open(info)), budget)

    try:
        return Source.look(where, own, raw, budget)
    except ReadError as error:
        return error
    except (EOFError, OSError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        return ReadError(shown(where), f"the member is damaged ({error})")


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts or (name,)
    hidden = any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in parts)
    return hidden or parts[-1].upper().startswith(("README", "LICENSE")) or is_sidecar(name)


def _directory_size(path: Path) -> int:
    """Return the size of the list of members, as the end of the archive gives it; 0 where it gives none."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    if at64 >= 0:
        return int.from_bytes(tail[at64 + 40 : at64 + 48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
