"""What the contract of engines does not reach: many segments, wide numbers, locks, full disks."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.distance import distance
from indexer.engine import Entry
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import WhooshEngine, open_engine, segment_writer, segments
from indexer.engines.whoosh.lexicon import Lexicon
from indexer.engines.whoosh.postings import Inverter, unpack
from indexer.errors import EngineError
from indexer.query import Facet, Or, Phrase, Prefix, Search, Term

WORDS = [first + second for first in "abcé" for second in ("", "x", "yz")]


def entry(random: random.Random, number: int) -> Entry:
    words = random.choices(WORDS, k=random.randrange(20))
    return Entry(f"id {number}", {"text": words, "title": words[:2]}, {"tag": random.choices("uvw", k=2)})


@pytest.mark.parametrize("tokens", [10, 100, 1000])
def test_many_segments_answer_like_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tokens: int
) -> None:
    monkeypatch.setattr(segment_writer, "SEGMENT_TOKENS", tokens)
    chance = random.Random(tokens)
    ours, theirs = WhooshEngine(tmp_path), MemoryEngine()
    searches = [
        Search(
            Or((Term("text", "a"), Phrase("text", ("bx", "a")), Prefix("title", "é")), least),
            limit=99,
            facets=(Facet("tag"),),
        )
        for least in (1, 2)
    ]
    for _ in range(12):
        changes = [(chance.random() < 0.7, chance.randrange(50)) for _ in range(chance.choice([1, 5, 60]))]
        entries = [entry(chance, number) if add else f"id {number}" for add, number in changes]
        for engine in (ours, theirs):
            with engine.update() as writer:
                for change in entries:
                    writer.delete(change) if isinstance(change, str) else writer.add(change)
        for search in searches:
            one, other = ours.search(search), theirs.search(search)
            assert (one.total, one.facets) == (other.total, other.facets)
            assert {hit.id: pytest.approx(hit.score) for hit in one.hits} == {
                hit.id: hit.score for hit in other.hits
            }
        assert ours.complete("text", "", 99) == theirs.complete("text", "", 99)
        assert ours.frequencies("text", WORDS) == theirs.frequencies("text", WORDS)


def test_small_updates_leave_few_segments(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    for number in range(40):
        with engine.update() as writer:
            writer.add(Entry(str(number), {"text": ["a", "b"]}))
    assert len(list(tmp_path.glob("*.trm"))) < 8
    assert engine.search(Search(Term("text", "b"))).total == 40


def test_wide_numbers_come_back() -> None:
    inverter = Inverter()
    texts = {0: ["a"] * 300, 9: ["b"] * 70_000 + ["a"], 100_000: ["a", "b", "a"]}
    for doc, terms in texts.items():
        inverter.add(doc, terms)
    packed = {term.text: term for term in inverter.packed(np.arange(100_001))}
    for word in "ab":
        term = packed[word.encode()]
        postings = unpack(memoryview(term.data), term.docs, with_positions=True)
        places = {doc: [n for n, other in enumerate(terms) if other == word] for doc, terms in texts.items()}
        expected = {doc: found for doc, found in places.items() if found}
        assert postings.docs.tolist() == list(expected)
        assert postings.freqs.tolist() == [len(found) for found in expected.values()]
        assert postings.positions.tolist() == [place for found in expected.values() for place in found]


@pytest.mark.parametrize("edits", [1, 2])
def test_near_words_are_those_of_the_specification(edits: int) -> None:
    chance = random.Random(edits)
    words = sorted({"".join(chance.choices("abé😀", k=chance.randrange(8))) for _ in range(600)})
    lexicon = Lexicon(words)
    for text in words[::20]:
        near = [word for word in words if distance(text, word, edits) <= edits]
        assert sorted(lexicon.near(text, edits)) == near


def test_a_second_writer_gets_an_error_at_once(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    other = (
        "import sys; from pathlib import Path; from indexer.engines.whoosh import open_engine\n"
        "with open_engine(Path(sys.argv[1])).update(): print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-W", "ignore", "-c", other, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(EngineError, match="being written by another process"), engine.update():
            pass
    with engine.update() as writer:
        writer.add(Entry("1", {"text": ["a"]}))
    assert engine.info().articles == 1


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(tmp_path)
    with engine.update() as writer:
        writer.add(Entry("1", {"text": ["a"]}))
    files = sorted(tmp_path.iterdir())

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(segments.TOC, "write", fail)
    with pytest.raises(EngineError, match="no space left"), engine.update() as writer:
        writer.add(Entry("2", {"text": ["a"]}))
    assert sorted(tmp_path.iterdir()) == files
    assert open_engine(tmp_path).search(Search(Term("text", "a"))).total == 1
