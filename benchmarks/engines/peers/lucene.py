"""Lucene inside this process: a small class of Java does what its own documentation shows for facets."""

from __future__ import annotations

import subprocess
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.engines.answers import Answer, Counts, System
from benchmarks.engines.peers.protocol import Unavailable, days_of
from benchmarks.engines.questions import ALL_KINDS, Question
from benchmarks.engines.rows import Rows
from benchmarks.lucene.jar import LuceneMissing, java_and_jar
from indexer.query import And, Everything, Fuzzy, Or, Phrase, Prefix, Query, Term

_PROGRAM = Path(__file__).with_name("Facets.java")
_HEAP = "-Xmx2g"
_NEEDED = 21


class Lucene:
    """Lucene by jpype, facets from SortedSetDocValues."""

    name = "Lucene"
    kinds = ALL_KINDS
    notes = f"one thread, heap {_HEAP[4:]}, no cache of queries; an answer crosses to Python as one text"

    def version(self) -> str:
        """Return the version that is in the jar."""
        if not find_spec("jpype"):
            raise Unavailable("jpype1 is not installed: pip install 'manchette[bench]'")
        _, jar = _found()
        return jar.stem.removeprefix("lucene-")

    def prepare(self) -> None:
        """Start the machine, once a process."""
        import jpype

        if not jpype.isJVMStarted():
            java, jar = _found()
            machine = Path(java).resolve().parent.parent / "lib" / "server" / "libjvm.so"
            options = [_HEAP, "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector"]
            jpype.startJVM(
                str(machine),
                *options,
                "-Djava.util.logging.config.file=/dev/null",
                classpath=[str(jar), str(_compiled())],
                convertStrings=False,
            )

    def build(self, rows: Rows, corpus: Path, folder: Path) -> None:  # noqa: ARG002 - the peers' signature
        """Write an index with one thread."""
        writer = _class("Facets$Adder")(str(folder))
        for row in rows:
            tags, persons = "\t".join(row.tags), "\t".join(row.persons)
            writer.add(row.title, row.text, tags, persons, row.month or "-", row.day, row.published)
        writer.close()

    def open(self, folder: Path) -> dict[str, System]:
        """Open the index."""
        return {self.name: _Opened(_class("Facets")(str(folder)))}


class _Opened:
    def __init__(self, facets: Any) -> None:
        self._facets = facets

    def ask(self, question: Question) -> Answer:
        kind, terms, edits = _said(question.query)
        first, last = days_of(question) or (0, 0)
        titles, total, *counted = str(self._facets.ask(kind, terms, edits, first, last)).split("\x1e")
        tags, persons, months = map(_counts, counted)
        months = tuple(sorted(("" if month == "-" else month, count) for month, count in months))
        return Answer(tuple(titles.split("\x1f")) if titles else (), int(total), tags, persons, months)

    def comparable(self, question: Question, answer: Answer) -> Answer | None:  # noqa: ARG002
        return answer

    def close(self) -> None:
        self._facets.close()


def _counts(text: str) -> Counts:
    cells = text.split("\x1f") if text else []
    return tuple(zip(cells[::2], map(int, cells[1::2]), strict=True))


def _said(query: Query) -> tuple[str, str, int]:
    match query:
        case Term(_, text):
            return "term", text, 0
        case Prefix(_, text):
            return "prefix", text, 0
        case Fuzzy(_, text, edits):
            return "fuzzy", text, edits
        case Phrase(_, terms):
            return "phrase", " ".join(terms), 0
        case Or(parts):
            return "or", " ".join(_said(part)[1] for part in parts), 0
        case And(parts):
            return "and", " ".join(_said(part)[1] for part in parts), 0
        case Everything():
            return "everything", "", 0
        case _:
            raise ValueError(f"not asked of Lucene: {query}")


def _class(name: str) -> Any:
    import jpype

    return jpype.JClass(name)


@cache
def _found() -> tuple[str, Path]:
    try:
        java, jar = java_and_jar()
    except LuceneMissing as error:
        raise Unavailable(str(error)) from error
    if java.version < _NEEDED:
        raise Unavailable(f"{java.path} is Java {java.version}; this needs {_NEEDED} or newer")
    return java.path, jar


def _compiled() -> Path:
    """Return the folder of the compiled class, kept beside the jar."""
    java, jar = _found()
    digest = sha256(_PROGRAM.read_bytes() + jar.name.encode()).hexdigest()[:12]
    folder = jar.parent / f"facets-{digest}"
    if not folder.exists():
        draft = folder.with_suffix(".draft")
        compiler = Path(java).resolve().with_name("javac")
        command = [str(compiler), "-cp", str(jar), "-d", str(draft), str(_PROGRAM)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            raise Unavailable(f"there is no {compiler}: a JDK is needed") from error
        if done.returncode:
            raise Unavailable(f"javac failed: {done.stderr.strip()[-500:]}")
        draft.rename(folder)
    return folder
