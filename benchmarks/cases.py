"""Run the conformance cases on each engine: searching French, the query language, highlighting.

    python -m benchmarks.cases --data DIR [--engine tantivy] [--json]

DIR holds `cases/` with `search_cases.jsonl`, `parser_cases.jsonl` and `highlight_cases.jsonl`. The command
fails where a case of the level `must` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.relevance.ranking import built
from benchmarks.relevance.sets import DataMissing, existing, rows_of
from indexer import Article, Index

_KEYS = {
    "id": "id", "title": "title", "body": "body", "tags": "tags", "date": "published",
    "author": "author", "section": "section",
}  # fmt: skip
_QUOTES = {"&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'", "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold how a case ended; `got` says what came instead where it failed."""

    kind: str
    id: str
    level: str
    query: str
    passed: bool
    got: str


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the data.")
@click.option(
    "--engine", "engines", multiple=True, default=("tantivy", "whoosh", "memory"), show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def main(data: Path, engines: tuple[str, ...], as_json: bool) -> None:
    """Print how many cases pass by kind and level, and those that fail."""
    try:
        found = {engine: list(run(data, engine)) for engine in engines}
    except DataMissing as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print(
            json.dumps({engine: list(map(asdict, rows)) for engine, rows in found.items()}, ensure_ascii=True)
        )
    else:
        for engine, rows in found.items():
            _show(engine, rows)
    if any(row.level == "must" and not row.passed for rows in found.values() for row in rows):
        raise SystemExit(1)


def run(data: Path, engine: str) -> Iterator[Outcome]:
    """Yield the outcome of each case on an engine. Raises DataMissing."""
    files = {
        kind: existing(data / "cases" / f"{kind}_cases.jsonl") for kind in ("search", "parser", "highlight")
    }
    for case in rows_of(files["search"]):
        with built(_articles(case["docs"]), engine) as index:
            yield _searched("search", index, case)
    with ExitStack() as stack:
        indexes: dict[str, Index] = {}
        for case in rows_of(files["parser"]):
            docs = json.dumps(case["docs"])
            if docs not in indexes:
                indexes[docs] = stack.enter_context(built(_articles(case["docs"]), engine))
            yield _searched("parser", indexes[docs], case)
    for case in rows_of(files["highlight"]):
        article = Article(id="a", title="Brève", body=case["text"])
        with built([article], engine) as index:
            yield _highlighted(index, article, case)


def share(outcomes: Iterable[Outcome], level: str) -> float:
    """Return the share of the cases of a level that pass."""
    rows = [row.passed for row in outcomes if row.level == level]
    return sum(rows) / (len(rows) or 1)


def _articles(docs: Iterable[Mapping[str, Any]]) -> list[Article]:
    return [
        Article.from_dict({_KEYS[key]: value for key, value in doc.items() if key in _KEYS}) for doc in docs
    ]


def _searched(kind: str, index: Index, case: Mapping[str, Any]) -> Outcome:
    try:
        ids = [hit.article.id for hit in index.search(case["query"], size=50).hits]
    except Exception as error:  # noqa: BLE001  that nothing is raised is what the case asks
        return _outcome(kind, case, False, repr(error))
    order = [id for id in case.get("order") or () if id in ids]
    passed = (
        set(case["match"]) <= set(ids)
        and not set(case["not_match"]) & set(ids)
        and (not case.get("exact_set") or set(ids) == set(case["match"]))
        and [id for id in ids if id in order] == order
    )
    wanted = {key: case[key] for key in ("match", "not_match", "order", "exact_set") if case.get(key)}
    return _outcome(kind, case, passed, f"got {ids}, wanted {wanted}")


def _highlighted(index: Index, article: Article, case: Mapping[str, Any]) -> Outcome:
    marked = "\n\n".join(index.highlight(article, case["query"]).paragraphs)
    for entity, letter in _QUOTES.items():
        marked = marked.replace(entity, letter)
    return _outcome("highlight", case, marked in (case["expected"], *case["accept"]), marked)


def _outcome(kind: str, case: Mapping[str, Any], passed: bool, got: str) -> Outcome:
    return Outcome(kind, case["id"], case["level"], case["query"], passed, "" if passed else got)


def _show(engine: str, outcomes: list[Outcome]) -> None:
    print(f"\n## {engine}\n\n| kind | level | passed | all |\n| --- | --- | ---: | ---: |")
    for kind, level in dict.fromkeys((row.kind, row.level) for row in outcomes):
        rows = [row.passed for row in outcomes if (row.kind, row.level) == (kind, level)]
        print(f"| {kind} | {level} | {sum(rows)} | {len(rows)} |")
    print()
    for row in outcomes:
        if not row.passed:
            # Some cases hold what no terminal can print, a lone surrogate among them.
            print(f"failed {row.level} {row.id} {ascii(row.query)[:80]}: {row.got!a}")


if __name__ == "__main__":
    main()
