"""Compare what is read of files in agency formats with what a loose search finds in the same files.

    python -m benchmarks.formats --data DIR

DIR holds `formats/`: NewsML-G2, NITF, NewsML 1.2 and ninjs. For each file with a text item the table says
whether the title is one of its headlines, the date and the language one of those stated, how well lede and
body agree with the paragraphs (F1 of words), and which share of the names of subjects, keywords and persons
was kept. The search knows no structure: it takes every element and key of a name. Exits with 1 where a file
fails.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

from benchmarks.html_pages import f1
from indexer.article import Article
from indexer.dates import parse_date
from indexer.readers import read

_HEADLINES = ("hl1", "headline", "HeadLine", "headlines", "title")
_DATES = re.compile(r"created|issue|DateAndTime|DateLineDate|versionCreated", re.IGNORECASE)
_NAMES = ("subject", "subjects", "people", "person", "keywords", "organisation", "organisations")
_ENOUGH = 0.95


@dataclass(slots=True)
class Loose:
    """Hold what a search finds in a file."""

    headlines: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    text: str = ""
    names: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare what is read of agency formats with their files.")
    parser.add_argument("--data", type=Path, required=True, help="folder with formats/")
    folder: Path = parser.parse_args().data / "formats"
    if not folder.is_dir():
        sys.exit(f"no data: {folder} is missing")
    print(f"{'file':60} title day  lang text  names  notes")
    failed = read_count = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".xml", ".json") or "schema" in path.name:
            continue
        items = list(read([path]))
        articles = [item for item in items if isinstance(item, Article)]
        loose = _xml(path) if path.suffix == ".xml" else _json(path)
        name = str(path.relative_to(folder))[-58:]
        if not articles:
            print(f"{name:60} — {str(items[0]).partition(': ')[2]}")
            continue
        read_count += 1
        marks = _marks(articles[0], loose)
        failed += not all(marks[:3]) or min(marks[3:]) < _ENOUGH
        signs = "  ".join("yes" if mark is True else "NO " for mark in marks[:3])
        notes = "; ".join(articles[0].warnings)
        print(f"{name:60} {signs}  {marks[3]:.3f} {marks[4]:.3f}  {notes}")
    print(f"\n{read_count} files with a text, {read_count - failed} read as they are")
    sys.exit(1 if failed else 0)


def _marks(article: Article, loose: Loose) -> tuple[bool, bool, bool, float, float]:
    day = article.published.isoformat() if article.published else ""
    kept = " ".join((*article.tags, *article.persons, article.section))
    whole = f"{article.lede}\n{article.body}"
    # The search takes bodies and abstracts: a lede that stands elsewhere is none of them.
    text = max(f1(loose.text, whole), f1(loose.text, article.body)) if loose.text else float(not article.body)
    return (
        _plain(article.title) in map(_plain, loose.headlines),
        day in loose.days if loose.days else not day,
        article.language in loose.languages if loose.languages else True,
        text,
        sum(name in kept for name in loose.names) / len(loose.names) if loose.names else 1.0,
    )


def _xml(path: Path) -> Loose:
    loose = Loose()
    root = lxml.etree.parse(path, lxml.etree.XMLParser(resolve_entities=False)).getroot()
    for element in root.iter("{*}*"):
        tag = lxml.etree.QName(element).localname
        content = _plain("".join(element.itertext()))
        parents = {lxml.etree.QName(parent).localname for parent in element.iterancestors()}
        if tag in _HEADLINES:
            loose.headlines.append(content)
        if _DATES.search(tag):
            loose.days |= _days(content or element.get("norm", ""))
        if tag in ("language", "Language"):
            loose.languages.add((element.get("tag") or element.get("FormalName"))[:2].lower())
        first = element.getparent() is not None and element.getparent().find("{*}name") is element
        if tag == "name" and first and "subject" in parents and not {"broader", "sameAs"} & parents:
            loose.names.append(content)
        if tag == "Property" and "keyword" in element.get("FormalName", "").lower():
            loose.names.append(_plain(element.get("Value", "")))
    if not loose.languages and (lang := root.get("{http://www.w3.org/XML/1998/namespace}lang")):
        loose.languages.add(lang[:2].lower())
    loose.text = "\n".join(_paragraphs(root))
    return loose


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the text of the bodies and abstracts, without the components that are headlines and addresses."""
    for body in root.iter("{*}body.content", "{*}abstract", "{http://www.w3.org/1999/xhtml}body"):
        component = next(body.iterancestors("NewsComponent"), None)
        role = (
            "" if component is None else "".join(r.get("FormalName", "") for r in component.findall("Role"))
        )
        if role in ("", "Body", "SubHeadLine"):
            yield " ".join(body.itertext())


def _json(path: Path) -> Loose:
    loaded = json.loads(path.read_text(encoding="utf-8"))
    row = loaded[0] if isinstance(loaded, list) else loaded
    loose = Loose()
    bodies = []
    for key, value in row.items():
        if key in _HEADLINES:
            loose.headlines += [value] if isinstance(value, str) else [item["value"] for item in value]
        elif _DATES.search(key):
            loose.days |= _days(value)
        elif key == "language":
            loose.languages.add(value[:2].lower())
        elif key in _NAMES:
            loose.names += [item if isinstance(item, str) else item.get("name", "") for item in value]
        elif key.startswith("body_"):
            bodies.append(value)
        elif key == "bodies":
            plain = [item["value"] for item in value if item.get("role") == "text"]
            bodies += plain or [item["value"] for item in value]
        elif key.startswith("descriptions"):
            bodies += [] if bodies else [" ".join(item["value"] for item in value)]
    loose.text = _without_markup(max(bodies, key=len, default=""))
    return loose


def _without_markup(text: str) -> str:
    text = re.sub(r"^.*?<body\.content>|</body\.content>.*$", "", text, flags=re.DOTALL)
    return " ".join(lxml.html.fromstring(f"<div>{text}</div>").itertext()) if "<" in text else text


def _days(text: str) -> set[str]:
    day = parse_date(text)
    return {day.isoformat()} if day else set()


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
