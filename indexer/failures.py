"""Failures: what a disk refuses or gives back damaged, as the errors of Manchette."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexDamaged, IndexUnwritable


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turn what keeps a run from writing an index into IndexUnwritable; nothing was swapped in by then."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritable(f"{directory}: {_reason(error)}; the index is as it was") from error


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Turn what is wrong with a file of an index into IndexDamaged, which names it."""
    try:
        yield
    except (OSError, ValueError, TypeError, LookupError, sqlite3.Error) as error:
        reason = f"{type(error).__name__}: {_reason(error)}"
        raise IndexDamaged(f"{file} is damaged ({reason}). Run: index check") from error


def _reason(error: Exception) -> str:
    """Say what went wrong, without the number of the system and with both files of a move."""
    if isinstance(error, shutil.Error):  # of a copied folder: a list of what failed
        _, file, reason = error.args[0][0]
        return f"{reason} ({file})"
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    files = [str(name) for name in (error.filename, error.filename2) if name is not None]
    return f"{error.strerror} ({', '.join(files)})" if files else error.strerror
