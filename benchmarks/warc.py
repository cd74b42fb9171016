"""Make a web archive of news pages, read it and index it: pages a second, peak memory.

    python -m benchmarks.warc --data DIR [--pages 5000] [--engine tantivy]

DIR holds `news/orangesum.jsonl.gz`, whose texts are put into pages with the menus, scripts and footers of a
site. Each archive (WARC, a gzip member a record, and WET) is read in a process of its own, so that the peak
of its memory is its own; those seconds are of the processor, since a machine may be busy with other things.
Then each is indexed with one and with two processes, by the clock.
"""

from __future__ import annotations

import gzip
import html
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from benchmarks.memory import peak_memory, peak_of_this
from indexer import Index
from indexer.article import Article
from indexer.corpus import Corpus
from indexer.readers import read

MENU = "".join(f'<li><a href="/rubrique-{n}">Rubrique {n}</a></li>' for n in range(40))
SCRIPT = "var page = {}; " * 400
FOOT = "".join(f'<p><a href="/mentions-{n}">Mentions {n}</a></p>' for n in range(20))


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--pages", default=5000, show_default=True)
@click.option("--engine", default="tantivy", show_default=True)
@click.option("--one", type=click.Path(path_type=Path), hidden=True)
def main(data: Path, pages: int, engine: str, one: Path | None) -> None:
    """Print what reading each archive takes."""
    if one:
        print(json.dumps(_measure(one)))
        return
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    with tempfile.TemporaryDirectory() as folder:
        for name, record in (("pages.warc.gz", _response), ("pages.warc.wet.gz", _conversion)):
            path = Path(folder, name)
            with path.open("wb") as out:
                for article in _articles(file, pages):
                    out.write(gzip.compress(record(article), 6))
            command = [sys.executable, "-m", "benchmarks.warc", "--data", str(data), "--one", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            row = json.loads(done.stdout.splitlines()[-1])
            rate = row["articles"] / row["seconds"]
            print(
                f"{name}, {path.stat().st_size / 2**20:.0f} MB: {row['articles']} articles of {pages} pages, "
                f"{row['others']} other items, {row['seconds']:.1f} s of processor ({rate:.0f}/s), "
                f"peak {row['peak']:.0f} MB"
            )
            for jobs in (1, 2):
                _rebuild(path, engine, jobs)


def _rebuild(path: Path, engine: str, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder, peak_memory() as peak:
        report = Index.rebuild(folder, Corpus([path]), engine=engine, jobs=jobs)
    processes = "1 process" if jobs == 1 else f"{jobs} processes"
    rate = report.articles / report.seconds
    print(
        f"  rebuild, {engine}, {processes}: {rate:.0f} articles/s, peak of all {peak.megabytes or 0:.0f} MB"
    )


def _measure(path: Path) -> dict[str, float]:
    start = time.process_time()
    articles = others = 0
    for item in read([path]):
        if isinstance(item, Article):
            articles += 1
        else:
            others += 1
    seconds = time.process_time() - start
    return {"articles": articles, "others": others, "seconds": seconds, "peak": peak_of_this()}


def _articles(file: Path, count: int) -> Iterator[Article]:
    whole = (item for item in read([file]) if isinstance(item, Article) and len(item.body) > 300)
    return islice(whole, count)


def _response(article: Article) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in article.body.split("\n\n"))
    title = html.escape(article.title)
    page = (
        f'<!doctype html><html lang="fr"><head><title>{title}</title><script>{SCRIPT}</script></head><body>'
        f"<nav><ul>{MENU}</ul></nav><article><h1>{title}</h1>{paragraphs}</article><footer>{FOOT}</footer>"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    return _record("response", "application/http; msgtype=response", article, block)


def _conversion(article: Article) -> bytes:
    menu = "\n".join(f"Rubrique {n}" for n in range(40))
    lines = article.body.replace("\n\n", "\n")
    return _record("conversion", "text/plain", article, f"{article.title}\n{menu}\n{lines}\n".encode())


def _record(kind: str, content_type: str, article: Article, block: bytes) -> bytes:
    url = article.url or f"https://presse.example/{article.id}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


if __name__ == "__main__":
    main()
