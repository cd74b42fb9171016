"""What looking for duplicates and near copies costs a rebuild, in processor time, and what it finds.

    python -m benchmarks.copies --data DIR [--engine tantivy] [--every 4]

DIR holds `news/orangesum.jsonl.gz`. Processor time of one process: a machine may be busy with other things.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import click

from indexer import Index, preparing
from indexer.copies import CopiesWriter
from indexer.duplicates import Duplicates
from indexer.progress import Report
from indexer.readers import read
from indexer.signature import Signature


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", default="tantivy", show_default=True)
@click.option("--every", default=4, show_default=True, help="Take each so many-th article.")
def main(data: Path, engine: str, every: int) -> None:
    """Build an index with and without, in turn, and print both times."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    articles = list(islice(read([file]), 0, None, every))
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for looked in (False, True, True, False):
        with ExitStack() as stack:
            if not looked:
                stack.enter_context(_without())
            start = time.process_time()
            with tempfile.TemporaryDirectory() as folder:
                report = Index.rebuild(folder, articles, engine=engine, jobs=1)
            seconds[looked].append(time.process_time() - start)
        if looked:
            found: Report = report
    without, with_ = min(seconds[False]), min(seconds[True])
    print(f"{found.articles} articles, {engine}: {without:.1f} s without, {with_:.1f} s with copies", end="")
    cost = (with_ - without) / found.articles * 1e6
    print(f" ({(with_ / without - 1) * 100:+.1f} %, {cost:.0f} µs an article)")
    copies = found.copies
    print(f"{copies.duplicates} duplicates, {copies.copies} near copies of {copies.stories} stories")


@contextmanager
def _without() -> Iterator[None]:
    with (
        patch.object(preparing, "signature_of", lambda _: Signature(None, None, b"", b"")),
        patch.object(Duplicates, "first", lambda *_: None),
        patch.object(CopiesWriter, "link", lambda *_: None),
    ):
        yield


if __name__ == "__main__":
    main()
