"""Print how well searches rank on judged sets, Lucene's French analyser beside them.

python -m benchmarks.relevance --data DIR [--engine tantivy] [--set piaf] [--no-lucene] [--every 4] [--json]
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.lucene import LuceneMissing
from benchmarks.relevance.evaluation import Evaluation, evaluate_engine, evaluate_lucene
from benchmarks.relevance.sets import DataMissing, TestSet, load


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option("--engine", "engines", multiple=True, default=("tantivy", "whoosh"), show_default=True)
@click.option("--set", "names", multiple=True, default=("piaf", "news-dev"), show_default=True)
@click.option("--lucene/--no-lucene", "with_lucene", default=True, help="Rank with Lucene too.")
@click.option("--every", default=1, help="Take each so many-th query only.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def main(
    data: Path, engines: tuple[str, ...], names: tuple[str, ...], with_lucene: bool, every: int, as_json: bool
) -> None:
    """Print nDCG@10, recall@20 and MRR by kind of query, a table a set."""
    found: dict[str, list[Evaluation]] = {}
    missing = 0
    for name in names:
        try:
            test_set = load(data, name, every)
        except DataMissing as error:
            click.echo(str(error), err=True)
            missing += 1
            continue
        found[name] = [evaluate_engine(test_set, engine) for engine in engines]
        found[name] += _lucene(test_set) if with_lucene else []
        if not as_json:
            _show(test_set, found[name])
    if as_json:
        print(json.dumps({name: list(map(asdict, rows)) for name, rows in found.items()}, ensure_ascii=False))
    if missing:
        raise SystemExit(1)


def _lucene(test_set: TestSet) -> list[Evaluation]:
    try:
        return evaluate_lucene(test_set)
    except LuceneMissing as error:
        click.echo(f"without Lucene: {error}", err=True)
        return []


def _show(test_set: TestSet, evaluations: list[Evaluation]) -> None:
    print(f"\n## {test_set.name}: {len(test_set.articles)} documents, {len(test_set.queries)} queries\n")
    print(
        "| system | kind | queries | nDCG@10 | recall@20 | MRR |\n| --- | --- | ---: | ---: | ---: | ---: |"
    )
    for row in evaluations:
        for kind, group in row.kinds.items():
            scores = group.scores
            figures = f"{scores.ndcg10:.4f} | {scores.recall20:.4f} | {scores.mrr:.4f}"
            print(f"| {row.system} | {kind} | {group.queries} | {figures} |")
    print("\n| system | spelling | queries changed | nDCG@10 clean | changed | ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for row in evaluations:
        for name, pair in row.spellings.items():
            figures = f"{pair.clean:.4f} | {pair.changed:.4f} | {pair.ratio:.3f}"
            print(f"| {row.system} | {name} | {pair.queries} | {figures} |")
    print("\n| system | p50 ms | p95 ms |\n| --- | ---: | ---: |")
    for row in evaluations:
        print(f"| {row.system} | {row.p50:.2f} | {row.p95:.2f} |")


if __name__ == "__main__":
    main()
