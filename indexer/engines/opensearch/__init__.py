"""The engine for many machines: an OpenSearch cluster that is there already."""

from indexer.engines.opensearch.engine import OpenSearchEngine, open_engine
from indexer.engines.opensearch.shared import SharedBuild, open_shared
from indexer.engines.opensearch.upkeep import go_live, writing

__all__ = ["OpenSearchEngine", "SharedBuild", "go_live", "open_engine", "open_shared", "writing"]
