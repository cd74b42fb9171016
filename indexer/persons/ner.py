"""The model of the extra `[ner]`: spaCy decides on the names that rules leave open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from indexer.errors import EngineUnavailable

MODEL = "fr_core_news_sm"
_UNUSED = ("morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")


def load() -> None:
    """Load the model; raises EngineUnavailable where spaCy or the model is not installed."""
    _model()


def version() -> str:
    """Return what an answer depends on beside its question: the versions of the model and of spaCy."""
    meta = _model().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']} {import_module('spacy').__version__}"


def says_person(sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each sentence whether the model takes what stands at its span for a person."""
    return [
        any(
            entity.label_ == "PER" and entity.start_char <= start and end <= entity.end_char
            for entity in document.ents
        )
        for document, (start, end) in zip(_model().pipe(sentences), spans, strict=True)
    ]


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        return import_module("spacy").load(MODEL, exclude=_UNUSED)
    except (ImportError, OSError) as error:
        raise EngineUnavailable(
            f"persons by model: spaCy or {MODEL} is not installed: pip install 'manchette[ner]'"
        ) from error
