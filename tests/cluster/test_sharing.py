"""One index built by four processes, each its share of the corpus, with a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from indexer import Index
from indexer.corpus import Corpus
from tests.cluster import rest

ROOT = Path(__file__).parents[2]
WORDS = "le la port navire grève budget maire vote école train neige marché village rivière".split()  # noqa: SIM905


def rows() -> Iterator[dict[str, Any]]:
    """Yield articles; one of 500 repeats another that stands so far before it that another share has it."""
    repeats: dict[int, dict[str, Any]] = {}
    for number in range(3_000):
        words = [WORDS[(number * step) % len(WORDS)] for step in range(1, 60)]
        person = ["Jeanne Moreau-Lefèvre", "Paul Girard"][number % 2]
        body = f"Le texte {number} : {' '.join(words)}. {person} et M. Girard ont parlé de la suite {number}."
        yield {
            "id": f"a{number}",
            "title": f"Dépêche {number} sur le {words[3]}",
            "body": body * 2,
            "tags": [words[5], words[7]],
            "date": f"20{10 + number % 10}-{1 + number % 12:02}-11",
        }
        if number % 500 == 7:
            repeat = {"id": f"b{number}", "title": f"Encore {number}", "body": body * 2}
            repeats[number + 150 + number % 7 * 60] = repeat
        if number in repeats:
            yield repeats[number]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one long file and a few short ones."""
    folder = tmp_path_factory.mktemp("corpus")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows()]
    lines.insert(1_000, '{"id": "broken", "title": ')
    folder.joinpath("long.jsonl").write_text("\n".join(lines[:2_500]), "utf-8")
    for first in range(2_500, len(lines), 100):
        folder.joinpath(f"short{first}.jsonl").write_text("\n".join(lines[first : first + 100]), "utf-8")
    return folder


def index(*arguments: object, fails: bool = False) -> str:
    """Run the command and return what it says."""
    done = _started(*arguments)
    out, err = done.communicate(timeout=200)
    assert (done.returncode != 0) == fails, err
    return err if fails else out


def _started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_shares_are_the_whole(corpus: Path) -> None:
    whole = [getattr(reading, "id", None) for reading in Corpus([corpus])]
    shares = [[getattr(each, "id", None) for each in Corpus([corpus]).share(n, 4)] for n in (1, 2, 3, 4)]
    assert all(shares)
    assert sorted(map(str, chain.from_iterable(shares))) == sorted(map(str, whole))


def test_four_processes_build_what_one_does(corpus: Path, tmp_path: Path, engine: str, prefix: str) -> None:
    common = ("rebuild", "--engine", engine, "--jobs", 1, "--json")
    homes = [tmp_path / f"machine{number}" for number in range(1, 5)]
    shares = [
        _started(*common, corpus, "--shard", f"{number}/4", "--index-dir", home)
        for number, home in enumerate(homes[:3], 1)
    ]
    for share in shares:
        out, err = share.communicate(timeout=200)
        assert share.returncode == 0, err
        assert not json.loads(out)["swapped"]
    home = homes[0]
    told = index(*common, "--finish", "--index-dir", home, fails=True)
    assert "--shard 4/4 is to be run" in told
    for _ in range(2):  # a share may be sent again
        index(*common, corpus, "--shard", "4/4", "--index-dir", homes[3])
    report = json.loads(index(*common, "--finish", "--index-dir", home))
    alone = Index.rebuild(tmp_path / "alone", Corpus([corpus]), engine="tantivy")
    assert report["articles"] == alone.articles == 3_006
    assert report["added"] == alone.added == 3_000
    assert len(report["problems"]) == len(alone.problems) == 1
    here, there = Index.open(home), Index.open(tmp_path / "alone")
    for words in ("", "grève", '"navire grève"', "moreau-lefèvre", "dépêche 77", "neige -train"):
        ours, theirs = here.search(words), there.search(words)
        assert (ours.total, ours.facets) == (theirs.total, theirs.facets), words
    pairs = [f"{letter}{number}" for number in range(7, 3_000, 500) for letter in "ab"]
    assert sum(here.article(id) is None for id in pairs) == 6
    for id in (*pairs, "a2999", "a1234"):
        assert here.article(id) == there.article(id)
        assert here.copies(id) == there.copies(id)
    assert len(rest.indices(f"{prefix}-2")) == 1
    assert Index.update(home, Corpus([corpus])).changed == 0
    here.close()
    there.close()


def test_a_build_that_is_given_up_leaves_nothing(
    corpus: Path, tmp_path: Path, engine: str, prefix: str
) -> None:
    common = ("rebuild", "--engine", engine, "--jobs", 1, "--index-dir", tmp_path)
    index(*common, corpus, "--shard", "1/2")
    told = index(*common, corpus, "--shard", "1/3", fails=True)
    assert "the others build with {'shares': 2}" in told
    assert len(rest.indices(f"{prefix}-2")) == 2
    index(*common, "--abandon")
    assert rest.indices(f"{prefix}-2") == []
    assert "nobody has begun a shared build" in index(*common, "--finish", fails=True)


def test_several_machines_need_a_cluster(tmp_path: Path, corpus: Path) -> None:
    told = index(
        "rebuild", corpus, "--engine", "whoosh", "--shard", "1/2", "--index-dir", tmp_path, fails=True
    )
    assert "several machines build for the engine opensearch, not for whoosh" in told
    assert "is no share" in index("rebuild", corpus, "--shard", "3/2", fails=True)
