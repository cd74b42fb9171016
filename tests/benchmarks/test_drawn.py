"""Searches drawn from an index: all different, the same each time, each one found."""

from __future__ import annotations

from pathlib import Path

from benchmarks.drawn import draw
from indexer import Index
from indexer.corpus import Corpus

CORPUS = Path(__file__).parents[2] / "corpus"


def test_searches_are_drawn_from_the_articles(tmp_path: Path) -> None:
    Index.rebuild(tmp_path, Corpus([CORPUS]), engine="tantivy", jobs=1)
    index = Index.open(tmp_path)
    searches = draw(index, 40)
    assert len(set(searches)) == 40
    assert searches == draw(index, 40)
    assert all(search.ask(index).total for search in searches)
    assert any(search.tags for search in searches)
    assert any(search.persons for search in searches)
    assert any(search.month for search in searches)
    index.close()
