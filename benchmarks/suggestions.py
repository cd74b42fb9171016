"""Time suggestions while a reader types, on a large index.

    python -m benchmarks.suggestions --data DIR [--articles 100000] [--engine tantivy] [--index DIR]

The corpus is `news/orangesum.jsonl.gz`, and again with other ids, the paragraphs and titles of two
articles mixed, until there are as many articles as asked for. Texts are drawn from tags, persons, words
and titles, and typed letter by letter from the second to the tenth. `--index` keeps the index in a
folder, and takes one that is there.
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import click

from indexer import Article, Index, ManchetteError
from indexer.readers import read

FIRST, LAST = 2, 10
KINDS = ("tag", "person", "word", "title")
_SEED = 20
_STEP = 7_919
"""How far apart in the file two articles lie that are mixed: a prime."""


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--articles", default=100_000, show_default=True, help="Size of the index.")
@click.option("--prefixes", default=1_000, show_default=True, help="How many prefixes are timed.")
@click.option("--engine", default="tantivy", show_default=True)
@click.option("--index", "folder", type=click.Path(path_type=Path), help="Folder to keep the index in.")
def main(data: Path, articles: int, prefixes: int, engine: str, folder: Path | None) -> None:
    """Print p50 and p95 of `Index.complete` by length and by kind of what is typed."""
    file = data / "news" / "orangesum.jsonl.gz"
    if not file.exists():
        raise click.ClickException(f"{file} is missing: nothing was measured")
    with tempfile.TemporaryDirectory() as temporary:
        index = Index.open(folder or temporary)
        if not _is_there(index):
            build(Path(index.directory), file, articles, engine)
        _show(index, _measure(index, _typed(index), prefixes))
        index.close()


def mixed(rows: list[dict[str, object]], articles: int) -> Iterator[dict[str, object]]:
    """Yield the articles, then each again mixed with others, until there are as many as asked for."""
    for number in range(articles):
        turn, place = divmod(number, len(rows))
        row = rows[place]
        if turn == 0:
            yield row
            continue
        other = rows[(place + turn * _STEP) % len(rows)]
        first, second = str(row["title"]).split(), str(other["title"]).split()
        ours, theirs = str(row["body"]).split("\n\n"), str(other["body"]).split("\n\n")
        yield {
            **row,
            "id": f"{row['id']}-{turn}",
            "title": " ".join(first[: len(first) // 2] + second[len(second) // 2 :]),
            "body": "\n\n".join(ours[::2] + theirs[1::2]),
        }


def _is_there(index: Index) -> bool:
    try:
        return index.info().articles > 0
    except ManchetteError:
        return False


def build(folder: Path, file: Path, articles: int, engine: str) -> None:
    """Build an index of so many articles, those of the file and mixed ones."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "corpus.jsonl"
        with corpus.open("w", encoding="utf-8") as out:
            for row in mixed(rows, articles):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        Index.rebuild(folder, read([corpus]), engine=engine, persons="names")


def _typed(index: Index) -> Iterator[tuple[str, str]]:
    """Yield without end kinds and texts to type: of articles spread over the archive, each kind in turn."""
    rng = random.Random(_SEED)
    months = index.search(size=0).facets["date"]
    for kind in cycle(KINDS):
        month = rng.choice(months).value
        hits = index.search(f"date:{month}", size=50).hits if month else ()
        texts = [text for hit in hits for text in _texts(hit.article, kind)]
        if texts:
            yield kind, rng.choice(texts)


def _texts(article: Article, kind: str) -> list[str]:
    match kind:
        case "tag":
            return list(article.tags)
        case "person":
            return list(article.persons)
        case "word":
            return [word for word in article.body.split() if word.isalpha() and len(word) > FIRST]
        case _:
            return [article.title]


def _measure(index: Index, typed: Iterator[tuple[str, str]], prefixes: int) -> list[tuple[str, int, float]]:
    times = []
    for kind, prefix in islice(_prefixes(typed), prefixes):
        start = time.perf_counter()
        index.complete(prefix)
        times.append((kind, len(prefix), (time.perf_counter() - start) * 1000))
    return times


def _prefixes(typed: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for kind, text in typed:
        for length in range(FIRST, min(LAST, len(text)) + 1):
            yield kind, text[:length]


def _show(index: Index, times: list[tuple[str, int, float]]) -> None:
    info = index.info()
    print(f"{info.articles} articles, {info.engine}, {len(times)} prefixes\n")
    print("| typed | prefixes | p50 ms | p95 ms | most ms |\n| --- | ---: | ---: | ---: | ---: |")
    groups = {
        **{f"{length} letters": [ms for _, size, ms in times if size == length] for length in range(2, 11)},
        **{kind: [ms for other, _, ms in times if other == kind] for kind in KINDS},
        "all": [ms for _, _, ms in times],
    }
    for name, values in groups.items():
        if values:
            p50, p95 = statistics.median(values), sorted(values)[max(0, int(len(values) * 0.95) - 1)]
            print(f"| {name} | {len(values)} | {p50:.1f} | {p95:.1f} | {max(values):.1f} |")


if __name__ == "__main__":
    main()
