"""Damage every file of an index in turn, in nine ways: what `index check` finds, and what is served then.

    python -m benchmarks.corruption [--engine whoosh] [--json]

The live generation has one before it. Damage is found where `index check` names it. It is served where the
answers are those of either generation, or an error that says what to do (a page: 503); it is not where a
process dies, an error is none of Manchette's, a file is gone, or answers are those of no generation. The
second round opens without comparing the checksums of small files, as it is with large ones: then answers
may be wrong where an engine does not notice, but no process may die. No data is needed.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from benchmarks.crashes import forks
from benchmarks.crashes.editions import answers, rows
from indexer import Article, Index, ManchetteError, manifest
from indexer.generations import Generations
from indexer.maintenance import check
from searchapp import create_app

PAGES = ("/?q=gr%C3%A8ve", "/", "/article/a00003", "/api/v1/search?q=climat", "/tag/nantes", "/?q=budgte")
_IDLE = frozenset({"lock", "lock.json"})


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes((content[at] ^ 0x10,)) + content[at + 1 :]


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "emptied": lambda content: content[:0],
    "cut to half": lambda content: content[: len(content) // 2],
    "cut by a byte": lambda content: content[:-1],
    "longer by a page": lambda content: content + bytes(4096),
    "zeroed": lambda content: bytes(len(content)),
    "first byte flipped": lambda content: _flipped(content, 0),
    "middle byte flipped": lambda content: _flipped(content, len(content) // 2),
    "last byte flipped": lambda content: _flipped(content, len(content) - 1),
    "ones from the middle": lambda content: content[: len(content) // 2] + b"\xff" * (-(-len(content) // 2)),
}
"""Done to the content of a file. An empty file can only grow."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Hold what was damaged how, whether `index check` found it, and what went wrong in serving."""

    file: str
    how: str
    found: bool
    wrong: tuple[str, ...]


def damages(folder: Path, engine: str, articles: int = 60, trusting: bool = False) -> Iterator[Damage]:
    """Yield what came of each damage to each file of an index that is made in `folder`.

    `trusting` opens without comparing checksums, as large files are opened.
    """
    start, work = folder / "start", folder / "work"
    forks.answer(partial(_build, start, engine, articles))
    states = [forks.answer(partial(answers, start))]
    work_before = Generations(start).before(Generations(start).current())
    states.append(forks.answer(partial(_answers_of, start, work_before, folder / "before")))
    for file in sorted(_files(start, Generations(start).current())):
        for how, damage in DAMAGES.items():
            content = (start / file).read_bytes()
            changed = damage(content) if content or how == "longer by a page" else content
            if changed == content:
                continue
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(start, work)
            (work / file).write_bytes(changed)
            there = _all(work)
            try:
                found, wrong = forks.answer(partial(_look, work, states, trusting))
            except RuntimeError as error:
                found, wrong = False, [str(error)]
            if gone := there - _all(work):
                wrong.append(f"gone: {sorted(gone)}")
            yield Damage(str(file), how, found, tuple(wrong))


def warm_up(folder: Path) -> None:
    """Import and compile once what the processes need that are forked; no engine with threads is opened."""
    _build(folder, "memory", 10)
    client = create_app({"MANCHETTE_INDEX_DIR": str(folder), "MANCHETTE_RATE": ""}).test_client()
    for page in PAGES:
        client.get(page)


def _build(directory: Path, engine: str, articles: int) -> None:
    for edition in "AB":
        made = (Article.from_dict(row) for row in rows(edition, articles))
        Index.rebuild(directory, made, engine=engine, jobs=1)


def _answers_of(directory: Path, name: str, copy: Path) -> list[Any]:
    shutil.copytree(directory, copy)
    Generations(copy).swap(name)
    return answers(copy)


def _files(directory: Path, live: str) -> Iterator[Path]:
    yield Path("current")
    for file in (directory / "generations" / live).rglob("*"):
        # What locks the writers of an engine has no content, and it is no part of what is served.
        if file.is_file() and file.stat().st_size:
            yield file.relative_to(directory)


def _all(directory: Path) -> set[str]:
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.name not in _IDLE}


def _look(directory: Path, states: list[Any], trusting: bool) -> tuple[bool, list[str]]:
    """Return whether the damage is found, and what is wrong with the answers; runs in its own process."""
    if trusting:
        manifest.READ_AT_OPENING = 0
    wrong: list[str] = []
    try:
        found = bool(check(Generations(directory))[1])
    except ManchetteError:
        found = True
    try:
        if answers(directory) not in states and not trusting:
            wrong.append("answers of no generation")
    except ManchetteError as error:
        if "index" not in str(error).lower():
            wrong.append(f"an error that does not say what to do: {error}")
    except Exception as error:  # noqa: BLE001 - what is looked for
        wrong.append(f"{type(error).__name__}: {error}")
    client = create_app({"MANCHETTE_INDEX_DIR": str(directory), "MANCHETTE_RATE": ""}).test_client()
    for page in PAGES:
        status = client.get(page).status_code
        if status not in ((200, 404, 503) if trusting else (200, 503)):
            wrong.append(f"{page}: {status}")
    return found, wrong


@click.command()
@click.option("--engine", "engines", multiple=True, default=("memory", "whoosh", "tantivy"))
@click.option("--articles", default=60)
@click.option("--json", "as_json", is_flag=True)
def main(engines: tuple[str, ...], articles: int, as_json: bool) -> None:
    """Print how many damaged files there were, were found, and were served well; 1 where not all were."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What is served instead is logged each time.
    logging.getLogger("manchette").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:  # once, before any process is forked
        warm_up(Path(name))
    result = []
    for engine in engines:
        for trusting in (False, True):
            counts: Counter[str] = Counter()
            with tempfile.TemporaryDirectory() as name:
                for damage in damages(Path(name), engine, articles, trusting):
                    counts += Counter(made=1, found=int(damage.found), served=int(not damage.wrong))
                    for line in (*damage.wrong, *(() if damage.found else ("not found",))):
                        sys.stderr.write(f"{engine}: {damage.file} {damage.how}: {line}\n")
            row = {"engine": engine, "opened": "sizes" if trusting else "sizes and checksums", **counts}
            result.append(row)
    if as_json:
        print(json.dumps(result, indent=1))
    else:
        print("| engine | compared at opening | made | found by check | served |")
        print("| --- | --- | ---: | ---: | ---: |")
        for row in result:
            print("|", " | ".join(str(row.get(key, 0)) for key in ("engine", "opened", *_COUNTS)), "|")
    sys.exit(any(row["made"] != row.get(key, 0) for row in result for key in _COUNTS))


_COUNTS = ("made", "found", "served")


if __name__ == "__main__":
    main()
