"""Trust: whether files may be read that Whoosh pickled, since what is unpickled can run anything."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from indexer.errors import EngineError


def check_trusted(folder: Path) -> None:
    """Raise EngineError where a folder or a file in it is another user's, or anybody may write there.

    Trusted are the user of this process and root. Windows has neither owners of this kind nor such modes.
    """
    if not hasattr(os, "geteuid") or not folder.is_dir():
        return
    for path in (folder, *folder.iterdir()):
        status = path.stat()
        if status.st_uid not in {os.geteuid(), 0}:
            raise EngineError(
                f"{path} belongs to user {status.st_uid}: an index of Whoosh is read only where it is "
                "root's or that of the user who reads it, since its files can run code. Change the owner, or "
                "build the index with tantivy"
            )
        if status.st_mode & stat.S_IWOTH:
            raise EngineError(
                f"{path} can be written by anybody, and an index of Whoosh can run code: chmod o-w {path}"
            )
