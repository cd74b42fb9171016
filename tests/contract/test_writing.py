"""What every engine keeps of what is written, and what a search sees of it meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from indexer.engine import Count, Engine, Entry, Writer
from indexer.errors import EngineError
from indexer.query import Everything, Facet, OneOf, Or, Phrase, Prefix, Search, Sort, Term
from tests.contract.engine_names import Open
from tests.contract.small_articles import entry, ids, tags, write


def test_rebuild_replaces_all(engine: Engine) -> None:
    write(engine, entry("1", "a b", "old"), entry("2", "a"))
    with engine.rebuild() as writer:
        writer.add(entry("2", "c", "new"))
        writer.add(entry("3", "a", "new"))
    assert ids(engine) == {"2", "3"}
    assert ids(engine, Term("text", "a")) == {"3"}
    assert ids(engine, Term("text", "b")) == set()
    assert tags(engine) == {"new": 2}
    assert engine.frequencies("text", ["a", "b", "c"]) == {"a": 1, "b": 0, "c": 1}
    many = engine.frequencies("text", ["a", "b", "c", *map(str, range(10_000))])
    assert {term: number for term, number in many.items() if number} == {"a": 1, "c": 1}
    assert engine.info().articles == 2


def test_rebuild_with_nothing_leaves_nothing(engine: Engine) -> None:
    write(engine, entry("1"))
    with engine.rebuild():
        pass
    assert ids(engine) == set()
    assert engine.info().articles == 0


def test_update_adds_replaces_and_deletes(engine: Engine) -> None:
    write(engine, entry("1", "a b", "x"), entry("2", "a c", "y"), entry("3", "a", "z"))
    with engine.update() as writer:
        writer.add(entry("4", "d", "x", None))
        writer.add(entry("2", "e", "w"))
        writer.delete("3")
        writer.delete("nobody")
    assert ids(engine) == {"1", "2", "4"}
    assert ids(engine, Term("text", "c")) == set()
    assert ids(engine, Prefix("text", "e")) == {"2"}
    assert tags(engine) == {"x": 2, "w": 1}
    assert engine.frequencies("text", ["a", "c", "e"]) == {"a": 1, "c": 0, "e": 1}
    assert engine.complete("text", "") == ["a", "b", "d", "e"]
    assert engine.get("3") is None
    found = engine.get("2")
    assert found is not None
    assert found.stored == b"e"
    assert engine.info().articles == 3


def test_update_with_nothing_changes_nothing(engine: Engine) -> None:
    write(engine, entry("1"))
    with engine.update():
        pass
    assert ids(engine) == {"1"}


@pytest.mark.parametrize("open_writer", [lambda engine: engine.rebuild(), lambda engine: engine.update()])
def test_the_last_of_several_changes_to_an_article_counts(
    engine: Engine, open_writer: Callable[[Engine], object]
) -> None:
    write(engine, entry("old", "o"))
    with open_writer(engine) as writer:  # type: ignore[attr-defined]
        writer.add(entry("twice", "a"))
        writer.add(entry("twice", "b"))
        writer.add(entry("gone", "a"))
        writer.delete("gone")
        writer.add(entry("back", "a"))
        writer.delete("back")
        writer.add(entry("back", "c"))
        writer.add(entry("old", "n"))
        writer.delete("old")
        writer.add(entry("old", "p"))
    assert ids(engine) == {"twice", "back", "old"}
    assert ids(engine, Term("text", "a")) == set()
    assert ids(engine, Or((Term("text", "b"), Term("text", "c"), Term("text", "p")))) == {
        "twice",
        "back",
        "old",
    }
    assert engine.frequencies("text", ["a", "b", "o", "n"]) == {"a": 0, "b": 1, "o": 0, "n": 0}
    assert engine.info().articles == 3


class Stop(Exception):
    """Stop a writer."""


def _write_and_stop(writer: Writer, stop: type[BaseException] = Stop) -> None:
    writer.add(entry("1", "changed", "v"))
    writer.delete("2")
    writer.add(entry("3", "new", "u"))
    raise stop


def test_an_exception_in_a_writer_changes_nothing(engine: Engine, open_engine: Open, directory: Path) -> None:
    write(engine, entry("1", "a b"), entry("2", "a"))
    with pytest.raises(Stop), engine.rebuild() as writer:
        _write_and_stop(writer)
    with pytest.raises(Stop), engine.update() as writer:
        _write_and_stop(writer)
    for each in (engine, open_engine(directory)):
        assert ids(each) == {"1", "2"}
        assert ids(each, Term("text", "changed")) == set()
        assert tags(each) == {"t": 2}
        assert each.info().articles == 2
    write(engine, entry("3", "a", "s"))
    assert ids(engine) == {"1", "2", "3"}
    assert tags(engine) == {"t": 2, "s": 1}


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, GeneratorExit, SystemExit])
def test_an_interruption_of_a_writer_changes_nothing(
    engine: Engine, interruption: type[BaseException]
) -> None:
    write(engine, entry("1"))
    with pytest.raises(interruption), engine.update() as writer:
        _write_and_stop(writer, interruption)
    assert ids(engine, Term("text", "a")) == {"1"}
    write(engine, entry("4"))
    assert ids(engine) == {"1", "4"}


def test_a_search_sees_the_old_state_while_a_writer_is_open(engine: Engine) -> None:
    write(engine, entry("1", "a"), entry("2", "a"))
    with engine.update() as writer:
        writer.add(entry("1", "b", "new"))
        writer.delete("2")
        writer.add(entry("3", "a"))
        assert ids(engine) == {"1", "2"}
        assert ids(engine, Term("text", "b")) == set()
        assert tags(engine) == {"t": 2}
    assert ids(engine) == {"1", "3"}
    with engine.rebuild() as writer:
        writer.add(entry("4"))
        assert ids(engine) == {"1", "3"}
    assert ids(engine) == {"4"}


def test_articles_are_there_after_reopening(engine: Engine, open_engine: Open, directory: Path) -> None:
    write(engine, entry("1", "a b", "x", None), entry("2", "a c", "y"), entry("3"))
    with engine.update() as writer:
        writer.delete("3")
        writer.add(entry("4", "b", "z"))
    engine.close()
    again = open_engine(directory)
    assert ids(again) == {"1", "2", "4"}
    assert ids(again, Phrase("text", ("a", "c"))) == {"2"}
    assert tags(again) == {"x": 1, "y": 1, "z": 1}
    assert again.frequencies("text", ["a", "b"]) == {"a": 2, "b": 2}
    write(again, entry("5", "b", "x"))
    assert tags(again) == {"x": 2, "y": 1, "z": 1}
    again.close()


def test_many_updates_in_a_row(engine: Engine) -> None:
    expected: dict[str, str] = {}
    for n in range(25):
        tag = f"tag {n % 7}"
        with engine.update() as writer:
            for id in (str(n), str(n // 2)):
                writer.add(entry(id, f"w{n} w", tag))
                expected[id] = tag
            writer.delete(str(n // 3 - 1))
            expected.pop(str(n // 3 - 1), None)
    assert ids(engine) == set(expected)
    assert engine.frequencies("text", ["w"]) == {"w": len(expected)}
    wanted: dict[str, int] = {}
    for tag in expected.values():
        wanted[tag] = wanted.get(tag, 0) + 1
    assert tags(engine) == wanted


def test_a_copy_by_hard_links_lives_its_own_life(engine: Engine, open_engine: Open, directory: Path) -> None:
    write(engine, entry("1", "a", "x"), entry("2", "b", "y"))
    engine.close()
    before = {file: file.read_bytes() for file in sorted(directory.rglob("*")) if file.is_file()}
    copy = directory.with_name("copy")
    shutil.copytree(directory, copy, copy_function=os.link)
    updated = open_engine(copy)
    with updated.update() as writer:
        writer.delete("1")
        writer.add(entry("3", "c", "z"))
    assert tags(updated) == {"y": 1, "z": 1}
    with updated.rebuild() as writer:
        writer.add(entry("9", "d", "w"))
    updated.close()
    assert {file: file.read_bytes() for file in before} == before
    original = open_engine(directory)
    assert ids(original) == {"1", "2"}
    assert tags(original) == {"x": 1, "y": 1}
    original.close()


def test_facets_of_many_values_are_exact(engine: Engine) -> None:
    for first in range(0, 1200, 400):
        write(engine, *(_many_valued(n) for n in range(first, first + 400)))
    page = engine.search(Search(Term("text", "a"), limit=1, facets=(Facet("tag", 3), Facet("person", 2))))
    assert page.total == 1200
    assert page.facets["tag"].distinct == 1200 + 40
    assert page.facets["tag"].counts == tuple(Count(f"v{n:02}", 30) for n in range(3))
    assert page.facets["person"].distinct == 600
    assert page.facets["person"].counts == (Count("p0", 2), Count("p1", 2))


def _many_valued(n: int) -> Entry:
    values = {"tag": (f"own {n}", f"v{n % 40:02}", f"own {n}"), "person": (f"p{n % 600}",)}
    return Entry(str(n), {"text": ["a"]}, values, n, 20180101)


def test_threads_search_at_once(engine: Engine) -> None:
    write(engine, *(entry(str(n), f"a w{n % 10}", f"t{n % 3}") for n in range(60)))
    together = Barrier(8)

    def search_often(number: int) -> None:
        together.wait(30)
        for n in range(15):
            word = f"w{(number + n) % 10}"
            search = Search(Term("text", word), sort=list(Sort)[n % 3], facets=(Facet("tag"),))
            page = engine.search(search)
            assert page.total == 6
            assert {hit.stored.decode() for hit in page.hits} == {f"a {word}"}
            assert sum(count.count for count in page.facets["tag"].counts) == 6
            assert engine.get(str(n)) is not None
            assert engine.frequencies("text", [word]) == {word: 6}
            assert engine.complete("text", word) == [word]

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(search_often, number) for number in range(8)]:
            done.result(timeout=60)


def test_threads_search_while_another_writes(engine: Engine) -> None:
    write(engine, *(entry(str(n), "a", "t0") for n in range(20)))
    together = Barrier(4)

    def search_often() -> None:
        together.wait(30)
        for _ in range(30):
            page = engine.search(Search(Term("text", "a"), limit=100, facets=(Facet("tag"), Facet("month"))))
            assert page.total == len(page.hits) == 20
            assert [count.count for count in page.facets["tag"].counts] == [20]
            assert [count.count for count in page.facets["month"].counts] == [20]

    with ThreadPoolExecutor(3) as pool:
        searches = [pool.submit(search_often) for _ in range(3)]
        together.wait(30)
        for round in range(1, 6):
            write(engine, *(entry(str(n), "a", f"t{round}") for n in range(20)))
        for search in searches:
            search.result(timeout=60)


CALLS: list[Callable[[Engine], object]] = [
    lambda engine: engine.search(Search(Everything())),
    lambda engine: engine.search(Search(Term("text", "a"), (OneOf("tag", ("t",)),))),
    lambda engine: engine.get("1"),
    lambda engine: engine.complete("text", "a"),
    lambda engine: engine.frequencies("text", ["a"]),
    lambda engine: engine.info(),
    lambda engine: write(engine, entry("2")),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_closed_engine_answers_nothing(
    open_engine: Open, directory: Path, call: Callable[[Engine], object]
) -> None:
    engine = open_engine(directory)
    write(engine, entry("1"))
    engine.close()
    engine.close()
    with pytest.raises(EngineError):
        call(engine)
    again = open_engine(directory)
    assert ids(again) == {"1"}
    again.close()
