"""The engine that is always there: Whoosh keeps the postings, NumPy evaluates them."""

from indexer.engines.whoosh.engine import WhooshEngine, open_engine

__all__ = ["WhooshEngine", "open_engine"]
