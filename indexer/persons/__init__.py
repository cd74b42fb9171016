"""Persons: an article → the full names of the people it is about, and which of them are one person."""

from indexer.persons.extractor import PersonExtractor, open_extractor
from indexer.persons.joins import Join, Named, Near, find_joins, find_near
from indexer.persons.known import KnownPersons

__all__ = [
    "Join",
    "KnownPersons",
    "Named",
    "Near",
    "PersonExtractor",
    "find_joins",
    "find_near",
    "open_extractor",
]
