"""Measure the related articles against the links of a newsroom, and what a call takes.

    python -m benchmarks.related --data DIR [--engine tantivy] [--every 10] [--whole] [--json]

DIR holds `news/orangesum.jsonl.gz` and `related/dev.tsv` (article, article linked from it). Indexed and
counted are articles from 2020-04-15 on, where the links are dense; links reach at most 21 days.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from benchmarks.relevance.ranking import built, percentile
from benchmarks.relevance.sets import DataMissing, existing, news
from indexer import Article

FIRST = date(2020, 4, 15)
APART = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold recall, averaged over the articles that have links, and the times of a call in ms."""

    engine: str
    indexed: int
    articles: int
    recall5: float
    recall10: float
    p50: float
    p95: float


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), show_default=True)
@click.option("--every", default=1, help="Take each so many-th article only.")
@click.option("--whole", is_flag=True, help="Index the older articles too: for times on a larger index.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def main(data: Path, engines: tuple[str, ...], every: int, whole: bool, as_json: bool) -> None:
    """Print recall@5, recall@10, p50 and p95 of each engine."""
    try:
        rows = [measure(data, engine, every, whole) for engine in engines]
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print(json.dumps(list(map(asdict, rows))))
        return
    print("| engine | indexed | articles | recall@5 | recall@10 | p50 ms | p95 ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        recalls = f"{row.recall5:.4f} | {row.recall10:.4f}"
        print(
            f"| {row.engine} | {row.indexed} | {row.articles} | {recalls} | {row.p50:.1f} | {row.p95:.1f} |"
        )


def measure(data: Path, engine: str, every: int = 1, whole: bool = False) -> Figures:
    """Return the figures of an engine over each `every`-th article that has links. Raises DataMissing."""
    everything = list(news(data))
    recent = {article.id: article for article in everything if (day := _day(article)) and day >= FIRST}
    links = _links(existing(data / "related" / "dev.tsv"), recent)
    sample = sorted(links)[::every]
    recalls5, recalls10, times = [], [], []
    articles = everything if whole else list(recent.values())
    with built(articles, engine) as index:
        for id in sample:
            start = time.perf_counter()
            found = [related.article.id for related in index.related(id, 10)]
            times.append((time.perf_counter() - start) * 1000)
            recalls5.append(len(links[id] & set(found[:5])) / len(links[id]))
            recalls10.append(len(links[id] & set(found)) / len(links[id]))
    n = len(sample) or 1
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return Figures(engine, len(articles), len(sample), sum(recalls5) / n, sum(recalls10) / n, p50, p95)


def _links(path: Path, articles: dict[str, Article]) -> dict[str, set[str]]:
    links: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        source, target = line.split("\t")
        if source in articles and target in articles and source != target:
            distance = _published(articles[source]) - _published(articles[target])
            if abs(distance) <= APART:
                links.setdefault(source, set()).add(target)
    return links


def _day(article: Article) -> date | None:
    return article.published.date() if article.published else None


def _published(article: Article) -> datetime:
    assert article.published
    return article.published


if __name__ == "__main__":
    main()
