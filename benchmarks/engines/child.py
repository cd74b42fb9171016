"""The child: build one index, or open one, in a process that has done nothing else.

python -m benchmarks.engines.child build NAME FOLDER ROWS CORPUS TOLD
python -m benchmarks.engines.child cold NAME FOLDER QUESTION
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.engines.building import Built
from benchmarks.engines.questions import Question
from benchmarks.engines.registry import ENGINES
from benchmarks.engines.rows import Rows
from benchmarks.memory import peak_memory, peak_of_this


def main(arguments: list[str]) -> None:
    match arguments:
        case ["build", name, folder, rows, corpus, told]:
            print(json.dumps(asdict(_build(name, Path(folder), Rows(Path(rows), Path(told)), Path(corpus)))))
        case ["cold", name, folder, question]:
            print(json.dumps(_cold(name, Path(folder), pickle.loads(Path(question).read_bytes()))))
        case _:
            raise SystemExit(__doc__)


def _build(name: str, folder: Path, rows: Rows, corpus: Path) -> Built:
    engine = ENGINES[name]
    with peak_memory() as peak:
        engine.prepare()
        start = time.perf_counter()
        engine.build(rows, corpus, folder)
        seconds = time.perf_counter() - start
    disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    return Built(seconds, max(peak.megabytes or 0.0, peak_of_this()), disk)


def _cold(name: str, folder: Path, question: Question) -> float:
    engine = ENGINES[name]
    engine.prepare()
    start = time.perf_counter()
    systems = engine.open(folder)
    next(iter(systems.values())).ask(question)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
