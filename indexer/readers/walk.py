"""Paths given → files to read, folders walked in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReadError
from indexer.readers.sidecar import is_sidecar
from indexer.readers.source import shown
from indexer.readers.unpacking import bare_name

DEEPEST = 100
"""Folders are read so deep: by mistake or on purpose a tree may be deeper than a program can go."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a file to read and the id of the article in it."""

    path: Path
    id: str


def walk(path: Path) -> Iterator[Found | ReadError]:
    """Yield the file itself, or the files of a folder, part by part of their relative path in order.

    Hidden files, README and LICENSE files, sidecars, and links to folders that are read anyway are passed
    over; what cannot be a file to read is an error.
    """
    if path.is_dir():
        yield from _folder(path, (), [path.resolve()])
    elif path.exists():
        yield _file(path, ())
    else:
        yield ReadError(shown(path), "there is no such file or folder")


def _folder(folder: Path, parts: tuple[str, ...], roots: list[Path]) -> Iterator[Found | ReadError]:
    if len(parts) > DEEPEST:
        yield ReadError(shown(folder), f"folders more than {DEEPEST} deep are not read")
        return
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names only: a Path for each costs memory
    except OSError as error:
        yield ReadError(shown(folder), f"the folder cannot be read ({error.strerror})")
        return
    for name in names:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink() or _leads_out(path, roots):
                yield from _folder(path, (*parts, name), roots)
        elif not name.upper().startswith(("README", "LICENSE")) and not is_sidecar(name):
            yield _file(path, parts)


def _leads_out(link: Path, roots: list[Path]) -> bool:
    """Tell whether a linked folder is outside all that is being read, and remember it."""
    target = link.resolve()
    if any(target.is_relative_to(root) or root.is_relative_to(target) for root in roots):
        return False
    roots.append(target)
    return True


def _file(path: Path, parts: tuple[str, ...]) -> Found | ReadError:
    if path.is_file():
        return Found(path, "/".join((*parts, _stem(path.name))))
    if path.is_symlink() and not path.exists():
        return ReadError(shown(path), "the link leads nowhere")
    return ReadError(shown(path), "neither a file nor a folder")


def _stem(name: str) -> str:
    return Path(bare_name(name)).stem or name
