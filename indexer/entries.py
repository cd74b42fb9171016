"""Article → entry: which terms, values and bytes an engine gets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.dates import PARIS
from indexer.engine import Entry, JoinedTerms, day_number
from indexer.errors import IndexDamaged
from indexer.french import GAP, Analyser, fold_key
from indexer.ranking import TITLE_WEIGHT
from indexer.storedjson import from_stored, to_sorted, to_stored

SCHEMA_VERSION = 4
"""Raised by one whenever fields or stored bytes change: an index of another version is refused."""


def entry_of(article: Article, analyser: Analyser, zone: ZoneInfo = PARIS) -> Entry:
    """Return an article as an engine takes it; `zone` is that of the days that are counted."""
    terms = analyser.term_texts
    title = terms(article.title)
    texts = [terms(text) for text in (article.lede, article.body, article.caption) if text]
    tags = [terms(tag) for tag in article.tags]
    return Entry(
        id=article.id,
        terms={
            "text": _parted([title.stems] * TITLE_WEIGHT + [part.stems for part in (*texts, *tags)]),
            "exact": _parted([part.exact for part in (title, *texts, *tags)]),
            "title": JoinedTerms(title.stems),
            "title_exact": JoinedTerms(title.exact),
            "tag_words": _parted([part.stems for part in tags]),
            "person_words": _parted([terms(person).exact for person in article.persons]),
            "section_words": JoinedTerms(terms(article.section).stems),
            "author_words": JoinedTerms(terms(article.author).exact),
        },
        values=facet_values(article),
        published=seconds(article),
        day=day_of(article, zone),
        stored=to_stored(article.to_dict()),
    )


def seconds(article: Article) -> int | None:
    """Return the date of an article as seconds since 1970; None where it has none."""
    return int(article.published.timestamp()) if article.published else None


def day_of(article: Article, zone: ZoneInfo) -> int | None:
    """Return the day of an article in a zone as a number, 20181118; None where it has no date."""
    return day_number(article.published.astimezone(zone).date()) if article.published else None


def facet_labels(article: Article) -> dict[str, dict[str, str]]:
    """Return for each facet field the keys of an article's values and how it spells them."""
    return {
        "tag": {key: tag for tag in reversed(article.tags) if (key := _key(tag))},
        "person": {key: name for name in reversed(article.persons) if (key := _key(name))},
        "section": {key: article.section} if (key := _key(article.section)) else {},
    }


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """Return for each facet field the keys of an article's values."""
    return {field: tuple(labels) for field, labels in facet_labels(article).items()}


def article_of(stored: bytes) -> Article:
    """Return the article that an entry holds; raise IndexDamaged where it holds none."""
    try:
        return Article.from_stored(from_stored(stored))
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise IndexDamaged(f"a stored article cannot be read ({error}). Run: index check") from error


def digest_of(article: Article, more: str = "") -> bytes:
    """Return 16 bytes that change when anything in the article does, or in what more is known of it."""
    return blake2b(to_sorted(article.to_dict()) + more.encode(), digest_size=16).digest()


def _parted(texts: Iterable[str]) -> JoinedTerms:
    """Return the terms of all parts, with a gap between two that no phrase crosses."""
    return JoinedTerms(f" {GAP} ".join(filter(None, texts)))


_key = lru_cache(maxsize=50_000)(fold_key)
