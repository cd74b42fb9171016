"""What can go wrong with a cluster: no answer is ever taken for « no results », and no article is lost."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer import Article, Index
from indexer.errors import EngineError, EngineUnavailable, ManchetteError
from indexer.manifest import Manifest
from searchapp import create_app
from tests.cluster import rest
from tests.cluster.launcher import Cluster
from tests.conftest import few_articles, many_articles

ADDRESS = rest.URL.partition("/?")[0]
WORDS = ["commun", "nouvelle", *(f"mot{n}" for n in range(7)), '"mot commun"', "numéro 12", ""]


@pytest.fixture
def nodes() -> Iterator[Cluster]:
    """Give the nodes of the cluster, to be killed; all of them are there again afterwards."""
    folder = os.environ.get("OPENSEARCH_CLUSTER")
    if not folder:
        pytest.skip("the nodes are not ours to kill: run `make test-cluster`")
    cluster = Cluster.of(Path(folder))
    yield cluster
    for number in range(cluster.nodes):
        if not cluster.alive(number):
            cluster.restart(number, wait=False)
    cluster.wait(cluster.nodes)


def answers(index: Index) -> dict[str, int]:
    """Return the totals of a few searches."""
    return {words: index.search(words).total for words in WORDS}


def search_often(index: Index, expected: dict[str, int], searches: int, threads: int = 4) -> tuple[int, int]:
    """Search by several threads; return how many got an error and how many a wrong answer."""

    def some(first: int) -> tuple[int, int]:
        failed = wrong = 0
        for number in range(first, searches, threads):
            words = WORDS[number % len(WORDS)]
            try:
                wrong += index.search(words, page=1 + number % 3).total != expected[words]
            except ManchetteError as error:
                print(f"failed: {error}")
                failed += 1
        return failed, wrong

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(some, range(threads)))
    return sum(failed for failed, _ in done), sum(wrong for _, wrong in done)


# A node gone


def test_a_node_killed_during_2000_searches_fails_none(tmp_path: Path, engine: str, nodes: Cluster) -> None:
    Index.rebuild(tmp_path, many_articles(400), engine=engine, persons="off")
    index = Index.open(tmp_path)
    expected = answers(index)
    killer = threading.Timer(2, nodes.kill, [1])
    killer.start()
    started = time.monotonic()
    failed, wrong = search_often(index, expected, 2_000)
    killer.join()
    print(
        f"2,000 searches in {time.monotonic() - started:.0f} s, a node killed: {failed} failed, {wrong} wrong"
    )
    assert not nodes.alive(1)
    assert (failed, wrong) == (0, 0)
    index.close()


def test_a_node_killed_during_a_rebuild_loses_no_article(tmp_path: Path, engine: str, nodes: Cluster) -> None:
    came_back = threading.Timer(3, nodes.restart, [2], {"wait": False})

    def articles() -> Iterator[Article]:
        for number, article in enumerate(many_articles(4_000)):
            if number == 2_500:
                nodes.kill(2)
                came_back.start()
            yield article

    report = Index.rebuild(tmp_path, articles(), engine=engine, persons="off")
    came_back.join()
    index = Index.open(tmp_path)
    print(f"rebuild of {report.articles} articles, a node killed and back: {index.search('').total} found")
    assert index.search("commun").total == index.search("").total == report.articles == 4_000
    assert all(index.article(f"a{number:05}") for number in range(0, 4_000, 97))
    index.close()


def test_a_node_that_does_not_come_back_leaves_the_live_index(
    tmp_path: Path, engine: str, nodes: Cluster, prefix: str
) -> None:
    engine = engine.replace("patience=60", "patience=2").replace("shards=2", "shards=3")
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    live = rest.ask("GET", f"/_alias/{prefix}")

    def articles() -> Iterator[Article]:
        for number, article in enumerate(many_articles(1_500)):
            if number == 1_000:
                nodes.kill(1)
            yield article

    with pytest.raises(EngineError):
        Index.rebuild(tmp_path, articles(), engine=engine, persons="off")
    index = Index.open(tmp_path)
    assert index.search("").total == 5
    assert rest.ask("GET", f"/_alias/{prefix}") == live
    index.close()


def test_a_node_killed_during_the_swap_leaves_one_whole_index(
    tmp_path: Path, engine: str, nodes: Cluster
) -> None:
    engine = engine.replace("patience=60", "patience=5")
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    stages = []

    def listen(progress: object) -> None:
        stage = progress.stage  # type: ignore[attr-defined]
        if stage == "checking" and "checking" not in stages:
            nodes.kill(0)
        stages.append(stage)

    try:
        Index.rebuild(tmp_path, many_articles(50), engine=engine, persons="off", progress=listen)
        expected = 50
    except ManchetteError:
        expected = 5
    index = Index.open(tmp_path)
    assert index.search("").total == expected
    index.close()


def test_a_red_index_is_an_error_and_no_part_of_the_results(
    tmp_path: Path, engine: str, nodes: Cluster
) -> None:
    engine = engine.replace("replicas=1", "replicas=0").replace("shards=2", "shards=3")
    Index.rebuild(tmp_path, many_articles(30), engine=engine, persons="off")
    index = Index.open(tmp_path)
    nodes.kill(2)
    for call in (lambda: index.search("commun"), lambda: index.search(""), lambda: index.complete("nouv")):
        with pytest.raises(EngineUnavailable):
            call()
    page = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path)}).test_client().get("/?q=commun")
    assert page.status_code == 503
    nodes.restart(2)
    assert index.search("commun").total == 30
    index.close()


def test_who_waits_for_a_node_finds_it_there(nodes: Cluster) -> None:
    for number in range(nodes.nodes):
        nodes.kill(number)
        nodes.restart(number)
        assert rest.ask("GET", "/_cluster/health", node=number)["number_of_nodes"] == nodes.nodes


def test_a_node_that_stands_still_is_passed_by(tmp_path: Path, engine: str, nodes: Cluster) -> None:
    Index.rebuild(tmp_path, many_articles(50), engine=f"{engine}&timeout=2", persons="off")
    index = Index.open(tmp_path)
    expected = answers(index)
    nodes.pause(1)
    try:
        failed, wrong = search_often(index, expected, 24)
    finally:
        nodes.resume(1)
    print(f"24 searches, a node standing still: {failed} failed, {wrong} wrong")
    assert wrong == 0
    assert failed < 24
    nodes.wait(nodes.nodes)
    assert search_often(index, expected, 24) == (0, 0)
    index.close()


# Swaps


def test_swaps_under_load_fail_no_request(tmp_path: Path, engine: str) -> None:
    Index.rebuild(tmp_path, many_articles(200), engine=engine, persons="off")
    client = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path)}).test_client
    over = threading.Event()

    def ask() -> list[int]:
        own, statuses = client(), []
        while not over.is_set() and len(statuses) < 5_000:
            statuses.append(own.get(f"/?q={WORDS[len(statuses) % len(WORDS)]}").status_code)
        return statuses

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(ask) for _ in range(2)]
        for count in (150, 200, 250):
            Index.rebuild(tmp_path, many_articles(count), engine=engine, persons="off")
        Index.update(tmp_path, many_articles(240))
        over.set()
        statuses = [status for reader in readers for status in reader.result()]
    print(f"{len(statuses)} pages during 4 swaps: {sum(status != 200 for status in statuses)} failed")
    assert len(statuses) > 20
    assert set(statuses) == {200}


# A cluster that takes nothing


def _blocked(prefix: str, blocked: bool) -> None:
    for name in rest.indices(f"{prefix}-2"):
        settings = {"index.blocks.read_only_allow_delete": True if blocked else None}
        rest.ask("PUT", f"/{name}/_settings", settings)


def test_a_full_disk_that_is_cleared_loses_no_article(tmp_path: Path, engine: str, prefix: str) -> None:
    def articles() -> Iterator[Article]:
        for number, article in enumerate(many_articles(1_500)):
            if number == 600:
                _blocked(prefix, True)
                threading.Timer(2, _blocked, [prefix, False]).start()
            yield article

    assert Index.rebuild(tmp_path, articles(), engine=engine, persons="off").articles == 1_500
    index = Index.open(tmp_path)
    assert index.search("commun").total == 1_500
    index.close()


def test_a_disk_that_stays_full_is_told_of(tmp_path: Path, engine: str, prefix: str) -> None:
    def articles() -> Iterator[Article]:
        for number, article in enumerate(many_articles(1_500)):
            if number == 600:
                _blocked(prefix, True)
            yield article

    with pytest.raises(EngineUnavailable, match=r"has not taken \d+ articles for 2 s: .*block"):
        Index.rebuild(tmp_path, articles(), engine=engine.replace("=60", "=2"), persons="off")
    assert rest.indices(f"{prefix}-2") == []


# What is no cluster


def test_a_cluster_out_of_reach_is_an_error(tmp_path: Path, engine: str) -> None:
    Index.rebuild(tmp_path, few_articles(), engine=engine)
    folder = next(tmp_path.glob("generations/*"))
    manifest = Manifest.load(folder)
    replace(manifest, engine=manifest.engine.replace(rest.URL, "http://127.0.0.1:9")).save(folder)
    index = Index.open(tmp_path)
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        index.search("grève")
    page = create_app({"MANCHETTE_INDEX_DIR": str(tmp_path)}).test_client().get("/?q=grève")
    assert page.status_code == 503
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        Index.rebuild(tmp_path, few_articles(), engine="opensearch+http://127.0.0.1:9/x")
    index.close()


def test_another_server_is_refused(tmp_path: Path) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"version": {"number": "8.13.0"}, "tagline": "You Know, for Search"}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"opensearch+http://127.0.0.1:{server.server_port}/x"
        with pytest.raises(EngineUnavailable, match=r"no OpenSearch 8\.13\.0; OpenSearch 2\.0 or newer"):
            Index.rebuild(tmp_path, few_articles(), engine=address)
    finally:
        server.shutdown()
        server.server_close()
