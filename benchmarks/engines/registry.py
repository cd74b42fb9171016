"""The engines that are measured, by name."""

from __future__ import annotations

from benchmarks.engines.ours import Ours
from benchmarks.engines.peers.bm25s import Bm25s
from benchmarks.engines.peers.lucene import Lucene
from benchmarks.engines.peers.protocol import Peer
from benchmarks.engines.peers.sqlite import Sqlite
from benchmarks.engines.peers.whoosh_facets import WhooshFacets
from benchmarks.engines.peers.xapian import Xapian

OURS: dict[str, Ours] = {name: Ours(name) for name in ("tantivy", "whoosh", "memory")}

PEERS: dict[str, Peer] = {
    "lucene": Lucene(),
    "sqlite": Sqlite(),
    "xapian": Xapian(),
    "whoosh-facets": WhooshFacets(),
    "bm25s": Bm25s(),
}

ENGINES: dict[str, Peer] = {**OURS, **PEERS}

MOST = {"memory": 1_000}
"""The largest size that an engine is asked for: `memory` is a specification, not meant to be fast."""
