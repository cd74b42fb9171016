"""Measure the reader of HTML pages on pages with known title, day and text, beside trafilatura alone.

    python -m benchmarks.html_pages --data DIR [--json]

DIR holds `html/` with the sets `orangesum_sample`, `fundus`, `readability` and `trafilatura`. A title is
right where it has the same letters and digits, a date where it is the same day. The text is compared as
a bag of words (F1), a standfirst or « Lire aussi » that we keep apart counted as text where the gold does; of
the set `trafilatura` only segments are known, so that its figure is the share of those that are found and of
those that must not be.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lxml.html

from indexer.article import Article
from indexer.readers import read

SETS = ("orangesum_sample", "fundus", "readability", "trafilatura")


@dataclass(frozen=True, slots=True)
class Gold:
    """Hold what is known of a page; an empty title or day is not known."""

    page: Path
    title: str
    day: str
    text: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a reader made of a page."""

    title: str = ""
    day: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Hold the marks of one page, None where nothing is known to compare with."""

    page: str
    title: bool | None
    day: bool | None
    text: float
    reason: str


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the reader of HTML pages.")
    parser.add_argument("--data", type=Path, required=True, help="folder with html/")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = options.data / "html"
    if not folder.is_dir():
        sys.exit(f"no data: {folder} is missing")
    results = {name: _measure(name, folder / name) for name in SETS if (folder / name).is_dir()}
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1, default=lambda score: _row(score)))
        return
    for name, systems in results.items():
        for system, (scores, rate) in systems.items():
            print(_line(name, system, scores, rate))
    for name, systems in results.items():
        _print_failures(name, systems)


def _measure(name: str, folder: Path) -> dict[str, tuple[list[Score], float]]:
    golds = [gold for gold in _GOLDS[name](folder) if gold.page.is_file()]
    systems: dict[str, Callable[[Path], Answer]] = {"manchette": ours, "trafilatura": theirs}
    measured = {}
    for system, answer in systems.items():
        answer(golds[0].page)  # imports and caches
        start = time.perf_counter()
        answers = [answer(gold.page) for gold in golds]
        rate = len(golds) / (time.perf_counter() - start)
        measured[system] = ([score(*pair) for pair in zip(golds, answers, strict=True)], rate)
    return measured


def ours(page: Path) -> Answer:
    """Return the page as the reader reads it."""
    item = next(iter(read([page])))
    if not isinstance(item, Article):
        return Answer(reason=item.reason)
    day = item.published.date().isoformat() if item.published else ""
    return Answer(item.title, day, item.body, (item.lede, *item.read_also))


def theirs(page: Path) -> Answer:
    """Return the page as trafilatura alone reads it."""
    from trafilatura import bare_extraction

    document = bare_extraction(page.read_bytes(), include_comments=False, with_metadata=True)
    if document is None or isinstance(document, dict):
        return Answer(reason="nothing found")
    return Answer(document.title or "", (document.date or "")[:10], document.text or "")


def score(gold: Gold, answer: Answer) -> Score:
    """Compare what was read with what is known."""
    answer = replace(answer, text="\n".join((answer.text, *_parts(gold, answer))))
    title = _letters(answer.title) == _letters(gold.title) if gold.title else None
    day = answer.day == gold.day if gold.day else None
    text = f1(gold.text, answer.text) if gold.text else _segments(gold, answer)
    reasons = [answer.reason] if answer.reason else []
    if title is False:
        reasons.append(f"title {answer.title!r}, not {gold.title!r}")
    if day is False:
        reasons.append(f"day {answer.day or 'none'}, not {gold.day}")
    if text < 0.95:
        reasons.append(f"text {text:.3f}: {_difference(gold, answer)}")
    return Score(gold.page.name, title, day, text, "; ".join(reasons))


def _parts(gold: Gold, answer: Answer) -> list[str]:
    """Return what was put into other fields and belongs to the text in this gold: some leave the lede out."""
    text = _letters(gold.text) if gold.text else None
    return [part for part in answer.parts[: None if text else 1] if text is None or _letters(part) in text]


def f1(wanted: str, found: str) -> float:
    """Return the harmonic mean of precision and recall of the words, as often as they occur."""
    right, left = Counter(_words(wanted)), Counter(_words(found))
    return 2 * (right & left).total() / ((right.total() + left.total()) or 1)


def _segments(gold: Gold, answer: Answer) -> float:
    text = _letters(answer.text)
    hits = [_letters(part) in text for part in gold.wanted]
    hits += [_letters(part) not in text for part in gold.unwanted]
    return sum(hits) / len(hits)


def _difference(gold: Gold, answer: Answer) -> str:
    if not gold.text:
        text = _letters(answer.text)
        lost = [part for part in gold.wanted if _letters(part) not in text]
        return f"lost {lost}, too much {[part for part in gold.unwanted if _letters(part) in text]}"
    right, left = Counter(_words(gold.text)), Counter(_words(answer.text))
    return f"{(right - left).total()} words lost, {(left - right).total()} too many, of {right.total()}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _letters(text: str) -> str:
    return "".join(_words(text))


def _orangesum(folder: Path) -> Iterator[Gold]:
    for row in _json(folder / "gold.json"):
        parse = row["authors_parse"]
        text = f"{parse['heading']}\n{parse['article']}"
        yield Gold(folder / row["file"], html.unescape(row["ours"]["title"]), row["ours"]["date"][:10], text)


def _fundus(folder: Path) -> Iterator[Gold]:
    known = {path.stem: _json(path) for path in (folder / "gold").glob("*.json")}
    for page in sorted(folder.glob("*.html")):
        site, _, crawled = page.stem.partition("_")
        day = crawled.replace("_", "-")
        near = min(known[site].values(), key=lambda row: abs(_number(row["publishing_date"]) - _number(day)))
        body = near["body"]
        parts = [*body["summary"]]
        for section in body["sections"]:
            parts += [*section["headline"], *section["paragraphs"]]
        yield Gold(page, near["title"], near["publishing_date"][:10], "\n".join(parts))


def _number(day: str) -> int:
    return int(day[:10].replace("-", ""))


def _readability(folder: Path) -> Iterator[Gold]:
    for page in sorted(folder.glob("*/source.html")):
        meta = _json(page.with_name("expected-metadata.json"))
        expected = lxml.html.document_fromstring(page.with_name("expected.html").read_text(encoding="utf-8"))
        text = " ".join(expected.itertext())
        yield Gold(page, meta["title"], (meta["publishedTime"] or "")[:10], text)


def _trafilatura(folder: Path) -> Iterator[Gold]:
    for row in _json(folder / "gold_segments.json").values():
        yield Gold(
            folder / row["file"],
            row.get("title") or "",
            row.get("date") or "",
            wanted=tuple(row["with"]),
            unwanted=tuple(row["without"]),
        )


_GOLDS: dict[str, Callable[[Path], Iterator[Gold]]] = {
    "orangesum_sample": _orangesum,
    "fundus": _fundus,
    "readability": _readability,
    "trafilatura": _trafilatura,
}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _line(name: str, system: str, scores: Sequence[Score], rate: float) -> str:
    text = sum(score.text for score in scores) / len(scores)
    return (
        f"{name:17} {system:12} {len(scores):3} pages  title {_share([s.title for s in scores])}"
        f"  day {_share([s.day for s in scores])}  text {text:.4f}  {rate:5.1f} pages/s"
    )


def _share(marks: Sequence[bool | None]) -> str:
    known = [mark for mark in marks if mark is not None]
    return f"{sum(known) / len(known):.3f} of {len(known):3}" if known else "—"


def _print_failures(name: str, systems: dict[str, tuple[list[Score], float]]) -> None:
    print(f"\n{name}")
    for own, other in zip(systems["manchette"][0], systems["trafilatura"][0], strict=True):
        if own.reason:
            print(f"  {own.page}: {own.reason} (trafilatura: text {other.text:.3f})")


def _row(score: Score) -> dict[str, object]:
    return {"page": score.page, "title": score.title, "day": score.day, "text": score.text}


if __name__ == "__main__":
    main()
