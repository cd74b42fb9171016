"""The articles that ship: read without a doubt, and found as a reader expects, on each engine."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import Article, Index, ReadError
from indexer.readers import read
from tests.conftest import ENGINES

CORPUS = Path(__file__).parent.parent.parent / "corpus"
EXPECTED = tomllib.loads(Path(__file__).with_name("expectations.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = list(read([CORPUS]))
    assert not [reading for reading in found if isinstance(reading, ReadError)]
    return [reading for reading in found if isinstance(reading, Article)]


@pytest.fixture(scope="module", params=ENGINES)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    directory = tmp_path_factory.mktemp("corpus")
    report = Index.rebuild(directory, read([CORPUS]), engine=request.param, strict=True)
    assert report.warnings == ()
    index = Index.open(directory)
    yield index
    index.close()


def test_every_article_is_whole(articles: list[Article]) -> None:
    assert len(articles) >= 150
    assert sum(article.published is None for article in articles) >= 5
    titles = Counter(article.title for article in articles)
    assert max(titles.values()) == 1
    for article in articles:
        assert article.warnings == (), article.id
        words = len(f"{article.lede} {article.body}".split())
        assert 120 <= words <= 420, (article.id, words)
        assert article.title, article.id
        assert article.lede, article.id
        assert article.section, article.id
        assert 4 <= len(article.tags) <= 7, article.id
        assert article.body.count("\n\n") >= 1, article.id
        for furniture in ("Règles de conduite", "URL courte", "Ecoutez", "Lire aussi", "Mentions légales"):
            assert furniture not in article.body + article.lede + article.title, article.id


def test_dates_span_ten_years_and_formats_are_three(articles: list[Article]) -> None:
    years = {article.published.year for article in articles if article.published}
    assert years == set(range(2012, 2024))
    kinds = Counter(article.id.split("/")[0] for article in articles)
    assert kinds["pages"] >= 90
    assert kinds["html"] >= 40
    assert len(articles) - kinds["pages"] - kinds["html"] >= 20


def test_persons_and_tags_recur(corpus: Index) -> None:
    results = corpus.search(size=0, facet_size=500)
    assert sum(value.count >= 3 for value in results.facets["person"]) >= 40
    assert sum(value.count >= 3 for value in results.facets["tag"]) >= 40
    assert results.facets["person"][0].label == "Emmanuel Macron"
    assert sum(value.count for value in results.facets["date"]) == results.total


def test_read_also_leads_to_articles(corpus: Index, articles: list[Article]) -> None:
    titles = [link for article in articles for link in corpus.read_also(article)]
    assert len(titles) > 100
    assert [link.title for link in titles if link.article is None] == []


@pytest.mark.parametrize("case", EXPECTED["search"], ids=[case["words"] for case in EXPECTED["search"]])
def test_searches(corpus: Index, case: dict[str, Any]) -> None:
    results = corpus.search(case["words"], facet_size=50)
    assert results.hits[0].article.id == case["first"]
    for facet in ("tag", "person", "section"):
        counts = {value.value: value.count for value in results.facets[facet]}
        expected = case.get(facet, {})
        assert {value: counts.get(value) for value in expected} == expected


@pytest.mark.parametrize("case", EXPECTED["related"], ids=[case["id"] for case in EXPECTED["related"]])
def test_related_articles(corpus: Index, case: dict[str, Any]) -> None:
    related = corpus.related(case["id"])
    assert 1 <= len(related) <= 6
    assert set(case["near"]) <= {item.article.id for item in related}
    assert all(item.reason for item in related)
