"""Examples for the document: requests that find something in the index that is served."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Index, within_budget


@dataclass(frozen=True, slots=True)
class Examples:
    """Hold what the examples ask for: the id of an article, words and a tag that articles have."""

    article: str = "2015/cop21"
    words: str = "climat"
    tag: str = "climat"

    @classmethod
    def of(cls, index: Index) -> Examples:
        """Return examples from an index: its newest article and its most frequent tag."""
        with within_budget(None):  # nobody typed anything
            results = index.search(size=1, facet_size=1)
        article = results.hits[0].article.id if results.hits else cls().article
        tag = next((value.label for value in results.facets["tag"]), cls().tag)
        return cls(article, tag, tag)
