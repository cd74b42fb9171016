"""Measure the extraction of persons: precision, recall, F1 and articles a second.

    python -m benchmarks.persons --data DIR [--mode names] [--errors] [--joining]

DIR holds `persons/dev.jsonl`: one article a line with `title`, `body`, `persons` and the lists `optional` and
`surname_only`, whose names count neither as right nor as wrong. `--joining` indexes `news/orangesum.jsonl.gz`
instead, and prints how many names are joined by which rule and what that adds to the build.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer import Article, Index
from indexer.french import fold_key
from indexer.persons import PersonExtractor, open_extractor
from indexer.readers import read


@dataclass(slots=True)
class Score:
    """Count what was found, against what a reader found."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of the found names that are right."""
        return self.right / (self.right + len(self.wrong) or 1)

    @property
    def recall(self) -> float:
        """Return the share of the wanted names that were found."""
        return self.right / (self.right + len(self.missed) or 1)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the extraction of persons.")
    parser.add_argument("--data", type=Path, required=True, help="folder with persons/dev.jsonl")
    parser.add_argument("--mode", default="names", choices=["names", "ner", "tags", "off"])
    parser.add_argument("--errors", action="store_true", help="list what was wrong and what was missed")
    parser.add_argument("--joining", action="store_true", help="measure the joining of spellings instead")
    options = parser.parse_args()
    if options.joining:
        joining(options.data / "news" / "orangesum.jsonl.gz", options.mode)
        return
    path = options.data / "persons" / "dev.jsonl"
    if not path.is_file():
        sys.exit(f"no data: {path} is missing")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    extractor = open_extractor(options.mode)
    score = evaluate(extractor, rows)
    print(
        f"{len(rows)} articles: precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
    )
    print(f"{speed(extractor, rows):,.0f} articles/s")
    if options.errors:
        print(
            "\n".join(
                [*(f"wrong   {name}" for name in score.wrong), *(f"missed  {name}" for name in score.missed)]
            )
        )


def evaluate(extractor: PersonExtractor, rows: list[dict[str, object]]) -> Score:
    """Return micro-averaged counts over the articles."""
    score = Score()
    for row in rows:
        found = {fold_key(name): name for name in extractor.persons(_article(row))}
        wanted = {fold_key(name): name for name in _names(row, "persons")}
        neutral = {fold_key(name) for part in ("optional", "surname_only") for name in _names(row, part)}
        score.right += len(found.keys() & wanted.keys())
        score.wrong += [f"{found[key]}  ({row['id']})" for key in found.keys() - wanted.keys() - neutral]
        score.missed += [f"{wanted[key]}  ({row['id']})" for key in wanted.keys() - found.keys()]
    return score


def speed(extractor: PersonExtractor, rows: list[dict[str, object]], seconds: float = 3.0) -> float:
    """Return articles a second of processor time, the first pass left out."""
    articles = [_article(row) for row in rows]
    start = time.process_time()
    done = 0
    while time.process_time() - start < seconds:
        for article in articles:
            extractor.persons(article)
        done += len(articles)
    return done / (time.process_time() - start)


def joining(corpus: Path, mode: str) -> None:
    """Print how many names of a corpus are joined by which rule, and the time that takes."""
    if not corpus.is_file():
        sys.exit(f"no data: {corpus} is missing")
    began: dict[str, float] = {}
    start = time.process_time()
    with TemporaryDirectory() as folder:
        listener = lambda progress: began.setdefault(progress.stage, time.process_time())  # noqa: E731
        report = Index.rebuild(folder, read([corpus]), progress=listener, persons=mode)
        index = Index.open(folder)
        persons = index.persons(limit=sys.maxsize)
        index.close()
    rules = Counter(other.rule for person in persons for other in person.spellings)
    seconds = began["checking"] - began["joining"]
    whole = began["checking"] - start
    print(
        f"{report.articles:,} articles in {whole:.1f} s of processor time, of which joining {seconds:.1f} s"
    )
    print(f"{len(persons):,} persons; {rules.total():,} other spellings joined: {dict(rules.most_common())}")


def _article(row: dict[str, object]) -> Article:
    return Article(id=str(row["id"]), title=str(row["title"]), body=str(row["body"]))


def _names(row: dict[str, object], part: str) -> list[str]:
    names = row.get(part, [])
    return [str(name) for name in names] if isinstance(names, list) else []


if __name__ == "__main__":
    main()
