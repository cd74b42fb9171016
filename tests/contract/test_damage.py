"""What every engine says where its files are missing, cut short or overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine import Engine
from indexer.errors import EngineError
from indexer.query import Everything, Facet, OneOf, Phrase, Prefix, Search, Sort, Term
from tests.contract.engine_names import Open
from tests.contract.small_articles import entry, write


def _empty(file: Path) -> None:
    _replace(file, b"")


def _halve(file: Path) -> None:
    content = file.read_bytes()
    _replace(file, content[: len(content) // 2])


def _cut_the_last_byte(file: Path) -> None:
    _replace(file, file.read_bytes()[:-1])


def _fill_with_rubbish(file: Path) -> None:
    _replace(file, b"\xff\x00 rubbish \n" * (file.stat().st_size // 12 + 1))


def _replace(file: Path, content: bytes) -> None:
    """Write a new file: cutting short one that is mapped to memory would kill the process."""
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [_empty, _halve, _cut_the_last_byte, _fill_with_rubbish, Path.unlink])
def test_a_damaged_folder_is_never_an_empty_index(
    open_engine: Open, directory: Path, damage: Callable[[Path], None]
) -> None:
    engine = open_engine(directory)
    write(engine, *(entry(str(n), f"a w{n} b", f"tag {n}") for n in range(30)))
    write(engine, entry("30", "a b", "tag 30"))
    expected = _everything_asked(engine)
    engine.close()
    files = sorted(file.relative_to(directory) for file in directory.rglob("*") if file.stat().st_size)
    errors = 0
    for number, file in enumerate(files):
        copy = directory.with_name(f"damaged{number}")
        shutil.copytree(directory, copy)
        damage(copy / file)
        if not any(copy.iterdir()):
            continue
        try:
            with closing(open_engine(copy)) as broken:
                answers = _everything_asked(broken)
        except EngineError:
            errors += 1
        else:
            assert answers == expected, file
    assert errors or len(files) == 1


def _everything_asked(engine: Engine) -> list[object]:
    facets = (Facet("tag", None), Facet("month"))
    queries = (Everything(), Term("text", "a"), Phrase("text", ("w1", "b")), Prefix("text", "w"))
    pages = [engine.search(Search(query, limit=100, facets=facets)) for query in queries]
    pages.append(engine.search(Search(Everything(), (OneOf("tag", ("tag 3",)),), Sort.NEWEST)))
    return [
        [{hit.id: hit.stored for hit in page.hits} for page in pages],
        [(page.total, page.facets) for page in pages],
        [engine.get(str(n)) for n in range(32)],
        engine.complete("text", "w", 100),
        engine.frequencies("text", ["a", "w1"]),
    ]
