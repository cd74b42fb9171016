"""Profiles: what the articles that have one person or one tag are about, and when they came."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.article import Article
from indexer.catalogue import Label
from indexer.engine import Count, Hit
from indexer.entries import article_of
from indexer.french import Analyser, fold_key
from indexer.query import MONTH, Boost, Everything, Facet, Favour, OneOf, Or, Phrase, Search, Sort
from indexer.results import FacetValue, Profile
from indexer.snapshot import Snapshot

TOGETHER = 10
"""How many persons and how many tags are named that the articles have as well."""

_TITLE = 3.0
"""The weight of the name in a title: an article is more about whom it names there."""


def profile_of(facet: str, value: str, snapshot: Snapshot, analyser: Analyser, limit: int) -> Profile | None:
    """Return the profile of a person, a tag or a section; None where no article has it."""
    known = snapshot.catalogue.label(facet, fold_key(value))
    if known is None:
        return None
    held = (OneOf(facet, (known.key,)),)
    facets = (*(Facet(field, TOGETHER + 1, within=True) for field in ("person", "tag")), Facet(MONTH, None))
    page = snapshot.search(Search(Everything(), held, Sort.NEWEST, limit=limit, facets=facets))
    name = tuple(token.exact for token in analyser.tokens(known.label))
    named = Or((Phrase("exact", name), Boost(Phrase("title_exact", name), _TITLE)))
    about = snapshot.engine.search(Search(Favour(Everything(), named), held, limit=2 * limit))
    newest = {hit.id for hit in page.hits}
    return Profile(
        facet=facet,
        label=known.label,
        spellings=_spellings(known, snapshot),
        total=page.total,
        months=tuple(FacetValue(each.value, each.value, each.count) for each in page.facets[MONTH].counts),
        persons=_together("person", page.facets["person"].counts, known, snapshot),
        tags=_together("tag", page.facets["tag"].counts, known, snapshot),
        newest=tuple(map(_article, page.hits)),
        relevant=tuple(_article(hit) for hit in about.hits if hit.id not in newest)[:limit],
    )


def _article(hit: Hit) -> Article:
    return article_of(hit.stored)


def _spellings(known: Label, snapshot: Snapshot) -> tuple[str, ...]:
    """Return how else the articles spell it, the most frequent first."""
    return tuple(text for text in snapshot.catalogue.spellings(known.field, known.key) if text != known.label)


def _together(
    field: str, counts: Iterable[Count], known: Label, snapshot: Snapshot
) -> tuple[FacetValue, ...]:
    """Return the values that the articles have as well, but for the value itself."""
    found = []
    for count in counts:
        label = snapshot.catalogue.label(field, count.value)
        text = label.label if label else count.value
        if fold_key(text) != fold_key(known.label):
            found.append(FacetValue(text, text, count.count))
    return tuple(found[:TOGETHER])
