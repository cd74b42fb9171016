"""What one system (an engine of ours, or Lucene) reaches on one test set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks import lucene
from benchmarks.relevance.measures import DEPTH, Scores, mean, score
from benchmarks.relevance.ranking import built, percentile, rank
from benchmarks.relevance.sets import Query, TestSet
from benchmarks.relevance.spellings import SPELLINGS, respelled

ALL = "all"


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the means over the queries of a kind, and how many they are."""

    queries: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Respelled:
    """Hold nDCG@10 of the same queries as they are and spelled otherwise."""

    queries: int
    clean: float
    changed: float

    @property
    def ratio(self) -> float:
        """Return what is kept of the clean spelling."""
        return self.changed / self.clean if self.clean else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the figures of a system: by kind and in `all`, by spelling, and the times of a search in ms."""

    system: str
    kinds: Mapping[str, Group]
    spellings: Mapping[str, Respelled]
    p50: float
    p95: float


def evaluate_engine(test_set: TestSet, engine: str) -> Evaluation:
    """Index the set with an engine and search for all its queries."""
    with built(test_set.articles, engine) as index:
        clean = rank(index, test_set.queries)
        changed = {name: rank(index, respelled(test_set.queries, name)).hits for name in SPELLINGS}
    p50, p95 = percentile(clean.times, 0.5), percentile(clean.times, 0.95)
    return _evaluation(engine, test_set, clean.hits, changed, p50, p95)


def evaluate_lucene(test_set: TestSet) -> list[Evaluation]:
    """Index the set with Lucene and search for all its queries, title and text joined and apart."""
    spelled = {"": test_set.queries} | {name: respelled(test_set.queries, name) for name in SPELLINGS}
    documents = (
        (article.id, article.title, _text(article.lede, article.body)) for article in test_set.articles
    )
    queries = ((f"{name}/{query.id}", query.text) for name, some in spelled.items() for query in some)
    run = lucene.rank(documents, queries, DEPTH)
    evaluations = []
    for variant, ranked in (("one field", run.one_field), ("two fields", run.two_fields)):
        hits = {
            name: {query.id: ranked.hits.get(f"{name}/{query.id}", []) for query in some}
            for name, some in spelled.items()
        }
        clean = hits.pop("")
        system = f"Lucene {run.version}, {variant}"
        evaluations.append(_evaluation(system, test_set, clean, hits, ranked.p50, ranked.p95))
    return evaluations


def _evaluation(
    system: str,
    test_set: TestSet,
    clean: Mapping[str, Sequence[str]],
    changed: Mapping[str, Mapping[str, Sequence[str]]],
    p50: float,
    p95: float,
) -> Evaluation:
    scores = score(test_set.judged, clean)
    spellings = {}
    for name, hits in changed.items():
        before = mean(scores[id] for id in hits).ndcg10
        after = mean(score(test_set.judged, hits).values()).ndcg10
        spellings[name] = Respelled(len(hits), before, after)
    return Evaluation(system, _by_kind(test_set.queries, scores), spellings, p50, p95)


def _by_kind(queries: Sequence[Query], scores: Mapping[str, Scores]) -> dict[str, Group]:
    kinds = dict.fromkeys(kind for query in queries for kind in query.kinds)
    groups = {kind: [scores[query.id] for query in queries if kind in query.kinds] for kind in kinds}
    groups[ALL] = list(scores.values())
    return {kind: Group(len(rows), mean(rows)) for kind, rows in groups.items()}


def _text(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
