"""Read, analyse and index French news, and search it."""

from indexer.article import Article
from indexer.errors import (
    EngineError,
    EngineUnavailable,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    ManchetteError,
    NothingIndexed,
    ReadError,
    SettingsError,
)
from indexer.highlight import HighlightedArticle
from indexer.index import Index
from indexer.notices import Kind, Notice
from indexer.progress import Progress, Report
from indexer.results import FacetValue, FoundArticle, Overview, ReadAlso, Related, Results

__all__ = [
    "Article",
    "EngineError",
    "EngineUnavailable",
    "FacetValue",
    "FoundArticle",
    "HighlightedArticle",
    "Index",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "Kind",
    "ManchetteError",
    "NothingIndexed",
    "Notice",
    "Overview",
    "Progress",
    "ReadAlso",
    "ReadError",
    "Related",
    "Report",
    "Results",
    "SettingsError",
]
