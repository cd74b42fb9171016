"""An index of Whoosh is read only where nobody else can have written it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer import Article, EngineError, Index

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no owners here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Index.rebuild(tmp_path, [Article(id="a", title="Un accord")], engine="whoosh", persons="off")
    return next((tmp_path / "generations").iterdir()) / "engine"


def refused(folder: Path) -> None:
    index = Index.open(folder.parents[2])
    with pytest.raises(EngineError, match="run code"):
        index.search("accord")


def test_a_folder_that_anybody_may_write_to_is_refused(folder: Path) -> None:
    folder.chmod(0o777)
    refused(folder)
    folder.chmod(0o755)
    assert Index.open(folder.parents[2]).search("accord").total == 1


def test_a_file_that_anybody_may_write_to_is_refused(folder: Path) -> None:
    next(folder.glob("*.toc")).chmod(0o666)
    refused(folder)


def test_the_files_of_another_user_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(next(folder.glob("*.toc")), 12345, -1)
    else:
        other = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: other)
    refused(folder)
