"""The errors of Manchette, one small hierarchy; every message is fit for the reader of a terminal."""

from __future__ import annotations


class ManchetteError(Exception):
    """Be the root: whatever Manchette raises on purpose is one of these."""


class ReadError(ManchetteError):
    """Say that a file or a part of it could not be read as an article."""

    def __init__(self, path: str, reason: str, position: str = "") -> None:
        self.path = path
        self.reason = reason
        self.position = position
        where = f"{path}:{position}" if position else path
        super().__init__(f"{where}: {reason}")

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.path, self.reason, self.position)


class ArticleFailed(ManchetteError):
    """Say which article the program failed on: a mistake of ours, not of the article."""


class WorkerDied(ManchetteError):
    """Say that a process that took part in a build ended before its time, and what it was reading."""


class NoArticle(ReadError):
    """Say that a page was read and has no article in it: of a web archive, most have none."""


class BrokenIndex(ManchetteError):
    """Be the root of what can be wrong with an index as a whole."""


class IndexMissing(BrokenIndex):
    """Say that no index has been built where one was asked for."""


class IndexOutdated(BrokenIndex):
    """Say that an index was built by another version; the message names the command to run."""


class IndexLocked(BrokenIndex):
    """Say that another process is writing, and which."""


class IndexDamaged(BrokenIndex):
    """Say that files of an index are missing or changed."""


class IndexUnwritable(BrokenIndex):
    """Say that an index cannot be written: no space, no permission, no such folder."""


class NothingIndexed(BrokenIndex):
    """Say that a run found no article at all, so that nothing was swapped."""


class EngineError(ManchetteError):
    """Say that an engine failed to answer; never to be taken for « no results »."""


class OutOfTime(EngineError):
    """Say that the budget of a request was used up before it had its answer."""


class EngineUnavailable(EngineError):
    """Say that an engine is not installed, not reachable or not answering."""


class SettingsError(ManchetteError):
    """Say which setting is wrong, and where it was set."""
