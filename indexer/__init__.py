"""Read, analyse and index French news, and search it."""

from indexer.article import Article
from indexer.cli_mounts import Place, host_command
from indexer.copies import Copies
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
from indexer.french import fold_key
from indexer.highlight import HighlightedArticle
from indexer.index import Index
from indexer.jsonform import chapter_row, hit_row, notice_row, related_row, results_row
from indexer.notices import Kind, Notice
from indexer.periods import Period, parse_period
from indexer.progress import Counted, Progress, Remark, Report
from indexer.results import (
    Chapter,
    FacetValue,
    FacetValues,
    FoundArticle,
    Listed,
    Overview,
    Profile,
    ReadAlso,
    Reason,
    Related,
    Results,
    Spelling,
    Suggestion,
)
from indexer.settings import Settings
from indexer.visible import Visible

__all__ = [
    "Article",
    "Chapter",
    "Copies",
    "Counted",
    "EngineError",
    "EngineUnavailable",
    "FacetValue",
    "FacetValues",
    "FoundArticle",
    "HighlightedArticle",
    "Index",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "Kind",
    "Listed",
    "ManchetteError",
    "NothingIndexed",
    "Notice",
    "Overview",
    "Period",
    "Place",
    "Profile",
    "Progress",
    "ReadAlso",
    "ReadError",
    "Reason",
    "Related",
    "Remark",
    "Report",
    "Results",
    "Settings",
    "SettingsError",
    "Spelling",
    "Suggestion",
    "Visible",
    "chapter_row",
    "fold_key",
    "hit_row",
    "host_command",
    "notice_row",
    "parse_period",
    "related_row",
    "results_row",
]
