"""The engine for one machine and millions of articles: Tantivy, with facets as ordinals."""

from indexer.engines.tantivy.engine import TantivyEngine, open_engine

__all__ = ["TantivyEngine", "open_engine"]
