"""The model of the extra `[ner]`: spaCy decides on the names that rules leave open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

MODEL = "fr_core_news_sm"
_UNUSED = ("morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")


def load() -> None:
    """Load the model; raises EngineUnavailable where spaCy or the model is not installed."""
    _model()


def says_person(sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each sentence whether the model takes what stands at its span for a person."""
    documents = _model().pipe(sentences)
    return [
        any(
            entity.label_ == "PER" and entity.start_char <= start and end <= entity.end_char
            for entity in document.ents
        )
        for document, (start, end) in zip(documents, spans, strict=True)
    ]


@lru_cache(maxsize=1)
def _model() -> Language:
    try:
        import spacy

        return spacy.load(MODEL, exclude=_UNUSED)
    except (ImportError, OSError) as error:
        raise EngineUnavailable(
            f"persons = ner needs spaCy and {MODEL}: pip install 'manchette[ner]' ({error})"
        ) from error
