"""An index whose engine is a cluster: built, updated, swapped, rolled back, cleared away, locked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import Article, Index
from indexer.errors import EngineError, IndexLocked, ManchetteError
from indexer.generations import Generations
from indexer.maintenance import roll_back
from tests.cluster import rest
from tests.conftest import few_articles, many_articles


def live(prefix: str) -> list[str]:
    """Return the index that has the alias."""
    return sorted(rest.ask("GET", f"/_alias/{prefix}"))


def test_answers_are_those_of_another_engine(tmp_path: Path, engine: str, prefix: str) -> None:
    Index.rebuild(tmp_path / "cluster", few_articles(), engine=engine)
    Index.rebuild(tmp_path / "memory", few_articles(), engine="memory")
    here, there = Index.open(tmp_path / "cluster"), Index.open(tmp_path / "memory")
    for words in ("", "grève sncf", "theresa may", '"première ministre"', "cheminot", "bréxit", "argen*"):
        ours, theirs = here.search(words), there.search(words)
        assert {hit.article.id for hit in ours.hits} == {hit.article.id for hit in theirs.hits}, words
        assert (ours.total, ours.facets) == (theirs.total, theirs.facets), words
    assert here.article("brexit") == there.article("brexit")
    assert here.complete("grè") == there.complete("grè")
    near, other = here.related("g20"), there.related("g20")
    assert {item.article.id for item in near} == {item.article.id for item in other}
    info = here.info()
    assert (info.articles, info.engine) == (5, engine)
    assert live(prefix) == rest.indices(f"{prefix}-")
    here.close()
    there.close()


def test_an_update_leaves_the_index_before_as_it_is(tmp_path: Path, engine: str, prefix: str) -> None:
    articles = few_articles()
    Index.rebuild(tmp_path, articles, engine=engine)
    index = Index.open(tmp_path)
    first = live(prefix)
    changed = [replace(articles[0], title="Grève terminée à la SNCF"), *articles[2:]]
    report = Index.update(tmp_path, changed)
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 1, 1, 3)
    assert index.search("terminée").total == 1
    assert index.article("greve-ecole") is None
    assert live(prefix) != first
    assert sorted([*live(prefix), *first]) == rest.indices(f"{prefix}-")
    again = Index.update(tmp_path, changed)
    assert not again.swapped
    roll_back(Generations(tmp_path))
    assert live(prefix) == first
    assert index.search("terminée").total == 0
    assert index.article("greve-ecole") == articles[1]
    index.close()


def test_only_the_live_index_and_the_one_before_are_kept(tmp_path: Path, engine: str, prefix: str) -> None:
    for _ in range(3):
        before = live(prefix) if rest.indices(f"{prefix}-") else []
        Index.rebuild(tmp_path, few_articles(), engine=engine)
    abandoned = f"{prefix}-20200101t000000-abcdef"
    rest.ask("PUT", f"/{abandoned}")
    rest.ask("PUT", f"/{prefix}-of-another-program")
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    assert abandoned not in rest.indices(prefix)
    assert f"{prefix}-of-another-program" in rest.indices(prefix)
    assert len(rest.indices(f"{prefix}-2")) == 2
    assert not set(before) & set(rest.indices(prefix))


def test_a_build_that_fails_changes_nothing(tmp_path: Path, engine: str, prefix: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    first = live(prefix)

    def breaking() -> Iterator[Article]:
        yield from few_articles()[:2]
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        Index.rebuild(tmp_path, breaking(), engine=engine)
    assert live(prefix) == first == rest.indices(f"{prefix}-")
    index = Index.open(tmp_path)
    assert index.search("").total == 5
    index.close()


def test_a_second_writer_on_another_machine_is_told_at_once(tmp_path: Path, engine: str) -> None:
    program = (
        "import sys\n"
        "from indexer.engines import writing\n"
        "with writing(sys.argv[1], 'index rebuild'): print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, engine], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked, match=f"index rebuild, process {other.pid} on "):
            Index.rebuild(tmp_path, few_articles(), engine=engine)
    Index.rebuild(tmp_path, few_articles(), engine=engine)


def test_the_lock_of_a_dead_writer_is_inherited(tmp_path: Path, engine: str, prefix: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    note = {"host": "gone", "process": 1, "command": "index update", "since": "2020", "token": "x", "beat": 0}
    rest.ask("PUT", f"/manchette-locks/_doc/{prefix}", note)
    assert Index.update(tmp_path, few_articles()[1:]).removed == 1


def test_a_writer_whose_lock_was_taken_swaps_nothing(tmp_path: Path, engine: str, prefix: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    first = live(prefix)

    def robbed() -> Iterator[Article]:
        yield from few_articles()
        rest.unlock(prefix)
        note = {
            "host": "far",
            "process": 1,
            "command": "index update",
            "since": "now",
            "token": "x",
            "beat": 9e9,
        }
        rest.ask("PUT", f"/manchette-locks/_doc/{prefix}", note)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.engines.opensearch.lock.BEAT", 0.01)
        with pytest.raises(IndexLocked, match="another writer took it"):
            Index.rebuild(tmp_path, robbed(), engine=engine)
    assert live(prefix) == first


def test_far_pages_repeat_and_lose_nothing(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.engines.opensearch import reading

    Index.rebuild(tmp_path, many_articles(120), engine=engine, persons="off")
    index = Index.open(tmp_path)
    for sort in ("relevance", "newest", "oldest"):
        near = [hit.article.id for hit in index.search("commun", sort=sort, size=120).hits]
        with monkeypatch.context() as patch:
            patch.setattr(reading, "WINDOW", 25)
            pages = [index.search("commun", sort=sort, page=page, size=10) for page in range(1, 14)]
        assert [hit.article.id for page in pages for hit in page.hits] == near
        assert {page.total for page in pages} == {120}
    index.close()


def test_an_article_that_the_cluster_refuses_is_named(tmp_path: Path, engine: str, prefix: str) -> None:
    articles = [*few_articles(), replace(few_articles()[0], id="long", body="x", tags=("é" * 40_000,))]
    with pytest.raises(EngineError, match="refused 1 articles, the first: long: "):
        Index.rebuild(tmp_path, articles, engine=engine)
    assert rest.indices(f"{prefix}-") == []


def test_an_index_that_was_removed_is_no_empty_index(tmp_path: Path, engine: str, prefix: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    rest.clear(f"{prefix}-")
    index = Index.open(tmp_path)
    calls: list[Callable[[], object]] = [
        lambda: index.search("grève"),
        lambda: index.article("brexit"),
        lambda: index.complete("grève"),
    ]
    for call in calls:
        with pytest.raises(ManchetteError, match=r"has lost an index|\[.*no such index"):
            call()
    index.close()
