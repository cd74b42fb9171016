"""Measure how well searches rank on judged sets: nDCG@10, recall@20, MRR, Lucene's French analyser beside."""

from benchmarks.relevance.measures import Scores, mean, score
from benchmarks.relevance.ranking import Ranking, rank
from benchmarks.relevance.sets import DataMissing, Query, TestSet, load
from benchmarks.relevance.spellings import SPELLINGS, respelled

__all__ = [
    "SPELLINGS",
    "DataMissing",
    "Query",
    "Ranking",
    "Scores",
    "TestSet",
    "load",
    "mean",
    "rank",
    "respelled",
    "score",
]
