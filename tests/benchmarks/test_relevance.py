"""Relevance: the measures by hand, the sets, the spellings, and the command."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.lucene import LuceneMissing, jar
from benchmarks.relevance import DataMissing, Query, Scores, load, mean, respelled, score
from benchmarks.relevance.__main__ import main
from benchmarks.relevance.ranking import percentile
from tests.benchmarks.tiny import make_data


def test_the_measures_are_those_computed_by_hand() -> None:
    judged = {"q": {"x": 2, "y": 1, "z": 0}}
    found = score(judged, {"q": ["z", "x", "unjudged"]})["q"]
    best = 2 / log2(2) + 1 / log2(3)
    assert found.ndcg10 == pytest.approx((2 / log2(3)) / best)
    assert found.recall20 == 0.5
    assert found.mrr == 0.5


def test_a_query_without_hits_counts_as_zero() -> None:
    scores = score({"q": {"x": 1}, "r": {"x": 1}}, {"q": [], "r": ["x"]})
    assert scores["q"] == Scores()
    assert mean(scores.values()) == Scores(0.5, 0.5, 0.5)


def test_the_order_of_the_hits_is_kept() -> None:
    judged = {"q": {"a": 1}}
    assert score(judged, {"q": ["z", "a"]})["q"].mrr == score(judged, {"q": ["b", "a"]})["q"].mrr == 0.5


def test_a_hit_after_the_tenth_adds_to_recall_only() -> None:
    found = score({"q": {"x": 1}}, {"q": [*map(str, range(10)), "x"]})["q"]
    assert (found.ndcg10, found.recall20) == (0.0, 1.0)


def test_queries_without_a_relevant_document_are_left_out(tmp_path: Path) -> None:
    test_set = load(make_data(tmp_path), "tiny")
    assert [query.id for query in test_set.queries] == ["q1", "q2"]
    assert test_set.queries[1].kinds == ("topical", "phrase")


def test_documents_may_be_named_in_the_news(tmp_path: Path) -> None:
    data = make_data(tmp_path)
    assert [article.id for article in load(data, "piaf").articles] == ["a", "b", "c"]
    assert [query.id for query in load(data, "piaf", every=2).queries] == ["q1"]


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"queries\.jsonl is missing"):
        load(tmp_path, "tiny")


@pytest.mark.parametrize(("text", "bare"), [("l’Éric œuvré", "l’Eric oeuvre"), ("ÇA gêne", "CA gene")])
def test_accents_go_and_capitals_stay(text: str, bare: str) -> None:
    assert respelled([Query("q", text)], "accentless") == [Query("q", bare)]


def test_a_typo_is_one_slip_and_always_the_same() -> None:
    queries = [Query(str(number), "l'hydroxychloroquine au Mali") for number in range(50)]
    once = respelled(queries, "typo")
    assert once == respelled(queries, "typo")
    assert len({query.text for query in once}) > 10
    for query in once:
        assert query.text.startswith("l'h")
        assert query.text.endswith(" au Mali")
        assert abs(len(query.text) - len(queries[0].text)) <= 1


def test_queries_that_a_spelling_leaves_as_they_are_do_not_count() -> None:
    assert respelled([Query("q", "PMA vote")], "typo") == []
    assert respelled([Query("q", "PMA vote")], "accentless") == []


def test_percentiles_are_of_calls_made() -> None:
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0, 4.0], 0.95) == 4.0
    assert percentile([], 0.5) == 0.0


@pytest.mark.parametrize("engine", ["memory", "tantivy", "whoosh"])
def test_the_command_searches_a_real_index(tmp_path: Path, engine: str) -> None:
    options = ["--data", str(make_data(tmp_path)), "--set", "tiny", "--engine", engine, "--no-lucene"]
    done = CliRunner().invoke(main, [*options, "--json"])
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)["tiny"][0]
    assert row["system"] == engine
    assert row["kinds"]["all"]["queries"] == 2
    assert row["kinds"]["all"]["scores"]["recall20"] == 1.0
    assert row["spellings"]["accentless"] == {"queries": 1, "clean": 1.0, "changed": 1.0}


def test_the_command_prints_tables(tmp_path: Path) -> None:
    options = ["--data", str(make_data(tmp_path)), "--set", "tiny", "--engine", "memory", "--no-lucene"]
    done = CliRunner().invoke(main, options)
    assert "## tiny: 4 documents, 2 queries" in done.stdout
    assert "| memory | phrase | 1 |" in done.stdout


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(tmp_path), "--set", "tiny", "--no-lucene"])
    assert done.exit_code == 1
    assert "queries.jsonl is missing" in done.stderr


def test_without_java_the_command_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jar, "_places", list)
    options = ["--data", str(make_data(tmp_path)), "--set", "tiny", "--engine", "memory"]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 0
    assert "without Lucene: no Java on this machine" in done.stderr
    assert "| memory | all | 2 |" in done.stdout


def test_an_old_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jar, "_places", lambda: [Path("java")])
    monkeypatch.setattr(jar, "_java", lambda _path: jar.Java("java", 8))
    with pytest.raises(LuceneMissing, match="Java 8; Lucene needs 11 or newer"):
        jar.java_and_jar()
