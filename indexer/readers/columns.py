"""Headers of tables and keys of JSON rows → fields of an article, in French and in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache

from indexer.article import Article

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "guid", "uid"),
    "title": ("title", "titre", "headline", "manchette"),
    "lede": ("lede", "chapo", "chapô", "chapeau", "standfirst", "résumé", "summary", "description"),
    "body": ("body", "texte", "text", "corps", "contenu", "content", "article"),
    "published": (
        *("published", "date", "date de publication", "publié le", "parution", "date de parution"),
        *("publication date", "published at", "published on", "date published", "pubdate"),
    ),
    "section": ("section", "rubrique", "catégorie", "category"),
    "tags": ("tags", "mots-clés", "mots-clefs", "keywords", "étiquettes", "thèmes", "sujets", "subjects"),
    "persons": ("persons", "personnes", "people", "personnalités"),
    "author": ("author", "auteur", "authors", "auteurs", "byline", "signature"),
    "source": ("source", "journal", "média", "publisher"),
    "url": ("url", "lien", "link", "adresse", "permalink"),
    "caption": ("caption", "légende"),
    "credit": ("credit", "crédit", "crédit photo"),
    "read_also": ("read_also", "lire aussi", "à lire aussi", "related"),
    "language": ("language", "langue", "lang"),
    "warnings": ("warnings",),
}
"""The names known of each field; case, accents, spaces, hyphens and underscores make no difference."""

LISTS = frozenset({"tags", "persons", "read_also", "warnings"})
FIELDS = frozenset(field.name for field in fields(Article))


def field_of(header: str, columns: Mapping[str, str]) -> str | None:
    """Return the field that a header means, empty for none on purpose, None where nobody knows it."""
    key = _key(header)
    if columns:
        own = next((field for name, field in columns.items() if _key(name) == key), None)
        if own is not None:
            return own
    return _KNOWN.get(key)


@lru_cache(maxsize=1_000)  # each row of a file has the same headers again
def _key(header: str) -> str:
    marks = unicodedata.normalize("NFKD", header.casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in marks if not unicodedata.combining(char)))


_KNOWN = {_key(name): field for field, names in NAMES.items() for name in names}
