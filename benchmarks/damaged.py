"""Make a folder of sixty damaged files beside three good ones, and index it: what is said, what is kept.

    python -m benchmarks.damaged [--into FOLDER]

No data is needed. `tests/readers/test_damaged_files.py` reads the same files.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from indexer.cli import main as index

SENTENCE = "Les quais du port sont rouverts depuis lundi, après deux mois de travaux pour la ville. "
PAGE = f"La ville rouvre les quais de son port\n\n{SENTENCE}\n\n{SENTENCE}{SENTENCE}\n\nTags:\nport, quais\n"
HTML = f"<!doctype html><html lang=fr><title>Le port rouvre ses quais</title><p>{SENTENCE * 5}</p>"
LINE = json.dumps({"title": "Le port rouvre", "body": SENTENCE * 4})
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
NOISE = random.Random(3)
SUFFIXES = ("html", "txt", "jsonl", "xhtml")


def damaged_files() -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of sixty files, none of which is good; the same each time."""
    NOISE.seed(3)
    for suffix in SUFFIXES:
        yield f"empty.{suffix}", b""
        yield f"spaces.{suffix}", b" \n\t\n" * 50
        yield f"picture.{suffix}", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
        yield f"document.{suffix}", b"%PDF-1.7\n" + bytes(range(256)) * 20
        yield f"program.{suffix}", b"\x7fELF" + bytes(4096)
        yield f"noughts.{suffix}", bytes(10_000)
        yield f"cut.{suffix}.gz", gzip.compress(f"{HTML}{NOISE.randbytes(4000).hex()}".encode())[:2000]
        yield f"noise.{suffix}.bz2", b"BZh9" + NOISE.randbytes(2000)
        yield f"noise.{suffix}.xz", b"\xfd7zXZ\x00" + NOISE.randbytes(2000)
        yield f"bomb.{suffix}.gz", gzip.compress(b" " * 66 * 2**20)
    yield "bomb.html.bz2", bz2.compress(b" " * 66 * 2**20)
    yield "bomb.txt.xz", lzma.compress(b" " * 66 * 2**20)
    yield "thrice.html.gz", gzip.compress(gzip.compress(gzip.compress(HTML.encode())))
    yield "menu.html", b"<html><title>Accueil</title><a href=/>Accueil</a><a href=/sport>Sport</a>"
    yield "untitled.html", f"<html><p>{SENTENCE * 5}".encode()
    yield "nested.html", b"<html><title>Un titre assez long</title>" + b"<div>" * 10_000
    yield "laughs.xhtml", f"<!DOCTYPE html [<!ENTITY l0 'ha'>{LAUGHS}]><html><p>&l9;</p></html>".encode()
    yield "line.jsonl", b'{"id": "x", "title": \n{"id":'
    yield "deep.jsonl", b'{"id": "d", "title": ' + b"[" * 100_000
    yield "list.jsonl", b'{"id": 3}\n[1, 2]\n'
    yield "types.jsonl", b'{"id": "t", "title": ["a"], "published": 3}\n'
    yield "style.css", b"p { color: red }"
    yield "outside.zip", _zip({"../../outside.txt": PAGE, "/etc/outside.txt": PAGE})
    yield "bomb.zip", _zip({"bomb.html": " " * 66 * 2**20})
    yield "zip.zip", _zip({"inner.zip": "PK"})
    yield "cut.zip", _zip({"a.txt": PAGE * 50})[:-60]
    yield "sums.zip", _zip({"a.txt": PAGE * 50}).replace(b"quais", b"quois", 1)
    yield "cut.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n")[:-10]
    yield "noise.warc", b"WARC/1.0\r\n" + NOISE.randbytes(4000)
    yield "length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n"


def make(folder: Path) -> int:
    """Write the damaged files and three good ones into a folder; return how many are damaged."""
    count = 0
    for count, (name, data) in enumerate(damaged_files(), 1):  # noqa: B007 - the last number is returned
        folder.joinpath(name).write_bytes(data)
    folder.joinpath("good-1.txt").write_text(PAGE, encoding="utf-8")
    folder.joinpath("good-2.html").write_text(HTML, encoding="utf-8")
    folder.joinpath("good-3.jsonl").write_text(LINE + "\n", encoding="utf-8")
    return count


@click.command()
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Keep the files here.")
def main(into: Path | None) -> None:
    """Make the files, run `index rebuild --report` over them, and say what came of it."""
    with tempfile.TemporaryDirectory() as name:
        corpus = into or Path(name, "corpus")
        corpus.mkdir(parents=True, exist_ok=True)
        print(f"{make(corpus)} damaged files and 3 good ones")
        report = Path(name, "report.jsonl")
        args = ["rebuild", str(corpus), "--index-dir", str(Path(name, "index")), "--report", str(report)]
        index(args, standalone_mode=False)
        rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
        print(f"\n{len(rows)} lines in the report; by kind and reason:")
        _show(rows, lambda row: f"{row['kind']}: {row['reason'].partition(' (')[0]}")


def _show(rows: list[dict[str, str]], key: Callable[[dict[str, str]], str]) -> None:
    counts: dict[str, int] = {}
    for row in rows:
        counts[key(row)] = counts.get(key(row), 0) + 1
    for reason, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{count:>4}  {reason}")


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            # Stored as it is, so that a letter can be changed behind the checksum's back.
            small = len(text) < 2**20
            archive.writestr(name, text, zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    main()
