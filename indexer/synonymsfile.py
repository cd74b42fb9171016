"""The file of synonyms of an index, read again when the operator has changed it."""

from __future__ import annotations

import logging
from pathlib import Path

from indexer.errors import SettingsError
from indexer.french import Analyser
from indexer.synonyms import Synonyms

_log = logging.getLogger("manchette")


class SynonymsFile:
    """Keep the synonyms of a file, or those that ship where there is none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._synonyms: Synonyms | None = None

    def current(self, analyser: Analyser) -> Synonyms:
        """Return the synonyms as the file has them now.

        A file that was good and is no longer keeps what it had, and the error is logged. Raises
        SettingsError for one that never was.
        """
        stamp = self.stamp()
        if self._synonyms is None or stamp != self._stamp:
            try:
                self._synonyms = Synonyms.load(self._path, analyser)
            except SettingsError as error:
                if self._synonyms is None:
                    raise
                _log.error("%s; the synonyms stay as they were", error)
            self._stamp = stamp
        return self._synonyms

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever the file does; None where there is none."""
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size
