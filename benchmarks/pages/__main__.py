"""Weigh and time the pages of an index, and show them to a browser on a slow line.

    python -m benchmarks.pages [--index DIR] [--shots DIR] [--json]

Without `--index` the articles that ship are indexed. With `--shots` screenshots of each page are kept, in
three widths and both themes. Chromium is looked for on the path; without it only weights and times are told.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from benchmarks.http.servers import gunicorn
from benchmarks.pages.browser import Seen, complaints, seen, shoot
from benchmarks.pages.weights import Weight, weight_of
from indexer import Index
from indexer.corpus import Corpus
from searchapp import create_app

_CORPUS = Path(__file__).parents[2] / "corpus"
_FILES = ("search.css", "search.js")


@click.command()
@click.option("--index", "folder", type=click.Path(path_type=Path), help="An index; else the corpus.")
@click.option("--shots", type=click.Path(path_type=Path), help="Folder for screenshots.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(folder: Path | None, shots: Path | None, as_json: bool) -> None:
    """Print weights, server times, paints on a slow line and what axe finds, a page a row."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        index = folder or Path(temporary)
        if folder is None:
            Index.rebuild(index, Corpus([_CORPUS]))
        client = create_app({"MANCHETTE_INDEX_DIR": str(index), "MANCHETTE_RATE": ""}).test_client()
        pages = _pages(Index.open(index))
        weights = {name: weight_of(client, path) for name, path in {**pages, **_files()}.items()}
        looks: dict[str, Seen] = {}
        found: dict[str, int] = {}
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        if chromium:
            server = stack.enter_context(gunicorn(index, 2, 4))
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, path in pages.items():
                address = f"http://127.0.0.1:{server.ports[0]}{path}"
                looks[name] = seen(browser, address)
                found[name] = complaints(browser, address)
                if shots:
                    shots.mkdir(parents=True, exist_ok=True)
                    shoot(browser, address, name, shots)
            browser.close()
    if as_json:
        rows = {name: {**asdict(each), **_look(looks, found, name)} for name, each in weights.items()}
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print(_table(weights, looks, found))


def _pages(index: Index) -> dict[str, str]:
    """Return a page of each kind, with values that the index has."""
    results = index.search("", sort="newest", size=1)
    article = results.hits[0].article.id
    person, tag = (results.facets[facet][0] for facet in ("person", "tag"))
    return {
        "home": "/",
        "results": f"/?q={_word(tag.label)}&size=10",
        "nothing": "/?q=zorglub+atterrisage&du=2014&au=2014",
        "article": f"/article/{article}",
        "person": f"/personne/{person.label}",
        "tag": f"/tag/{tag.label}",
        "persons": "/personnes",
        "tags": "/tags",
        "values": f"/valeurs/tag?q={_word(tag.label)}",
        "help": "/aide",
        "accessibility": "/accessibilite",
        "api": "/api/",
    }


def _files() -> dict[str, str]:
    return {file: f"/assets/{file}" for file in _FILES}


def _word(label: str) -> str:
    return max(label.split(), key=len)


def _look(looks: dict[str, Seen], found: dict[str, int], name: str) -> dict[str, object]:
    return {"browser": asdict(looks[name]), "axe": found[name]} if name in looks else {}


def _table(weights: dict[str, Weight], looks: dict[str, Seen], found: dict[str, int]) -> str:
    lines = [
        "| page | kB | kB sent | server ms | first paint ms | largest paint ms | ready ms | shifts "
        "| requests | kB in all | elements | axe |",
        "| --- |" + " ---: |" * 11,
    ]
    for name, weight in weights.items():
        own = f"{weight.bytes / 1000:.1f} | {weight.sent / 1000:.1f} | {weight.milliseconds:.1f}"
        look = looks.get(name)
        more = " | " * 7 + " |"
        if look:
            times = f"{look.first:.0f} | {look.largest:.0f} | {look.ready:.0f} | {look.shifts:.3f}"
            more = f"{times} | {look.requests} | {look.bytes / 1000:.1f} | {look.nodes} | {found[name]}"
        lines.append(f"| {name} | {own} | {more} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
