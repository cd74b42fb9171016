"""Persons: an article → the full names of the people it is about."""

from indexer.persons.extractor import PersonExtractor, open_extractor

__all__ = ["PersonExtractor", "open_extractor"]
