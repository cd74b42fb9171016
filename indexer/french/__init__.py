"""French: text → terms with their places."""

from indexer.french.analyser import ANALYSER_VERSION, GAP, Analyser, Chunk, Terms, Token
from indexer.french.dictionary import is_french
from indexer.french.fold import fold, fold_key
from indexer.french.heads import Heads
from indexer.french.stem import stem
from indexer.french.stopwords import stop_words

__all__ = [
    "ANALYSER_VERSION",
    "GAP",
    "Analyser",
    "Chunk",
    "Heads",
    "Terms",
    "Token",
    "fold",
    "fold_key",
    "is_french",
    "stem",
    "stop_words",
]
