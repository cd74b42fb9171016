"""Lucene's French analyser as a line to compare with: a jar, a Java of the machine, one small program."""

from benchmarks.lucene.baseline import LuceneRun, Ranked, rank
from benchmarks.lucene.jar import LuceneMissing

__all__ = ["LuceneMissing", "LuceneRun", "Ranked", "rank"]
