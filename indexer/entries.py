"""Article → entry: which terms, values and bytes an engine gets."""

from __future__ import annotations

import json
from hashlib import blake2b
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.dates import PARIS
from indexer.engine import Entry, day_number
from indexer.french import GAP, Analyser, Terms, fold_key
from indexer.ranking import TITLE_WEIGHT

SCHEMA_VERSION = 2
"""Raised by one whenever fields or stored bytes change: an index of another version is refused."""


def entry_of(article: Article, analyser: Analyser, zone: ZoneInfo = PARIS) -> Entry:
    """Return an article as an engine takes it; `zone` is that of the days that are counted."""
    title = analyser.terms(article.title)
    texts = [analyser.terms(text) for text in (article.lede, article.body, article.caption) if text]
    tags = [analyser.terms(tag) for tag in article.tags]
    published = article.published
    return Entry(
        id=article.id,
        terms={
            "text": _joined([title.stems] * TITLE_WEIGHT + [part.stems for part in (*texts, *tags)]),
            "exact": _joined([part.exact for part in (title, *texts, *tags)]),
            "title": title.stems,
            "title_exact": title.exact,
            "tag_words": _joined([part.stems for part in tags]),
            "person_words": _joined([part.exact for part in _all(article.persons, analyser)]),
            "section_words": analyser.terms(article.section).stems,
            "author_words": analyser.terms(article.author).exact,
        },
        values=facet_values(article),
        published=int(published.timestamp()) if published else None,
        day=day_number(published.astimezone(zone).date()) if published else None,
        stored=json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":")).encode(),
    )


def facet_labels(article: Article) -> dict[str, dict[str, str]]:
    """Return for each facet field the keys of an article's values and how it spells them."""
    return {
        "tag": {key: tag for tag in reversed(article.tags) if (key := fold_key(tag))},
        "person": {key: name for name in reversed(article.persons) if (key := fold_key(name))},
        "section": {key: article.section} if (key := fold_key(article.section)) else {},
    }


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """Return for each facet field the keys of an article's values."""
    return {field: tuple(labels) for field, labels in facet_labels(article).items()}


def article_of(stored: bytes) -> Article:
    """Return the article that an entry holds."""
    return Article.from_dict(json.loads(stored))


def digest_of(article: Article) -> bytes:
    """Return 16 bytes that change when anything in the article does."""
    row = json.dumps(article.to_dict(), ensure_ascii=False, sort_keys=True)
    return blake2b(row.encode(), digest_size=16).digest()


def _joined(parts: list[list[str]]) -> list[str]:
    """Return the terms of all parts, with a gap between two that no phrase crosses."""
    terms: list[str] = []
    for part in parts:
        if terms and part:
            terms.append(GAP)
        terms += part
    return terms


def _all(texts: tuple[str, ...], analyser: Analyser) -> list[Terms]:
    return [analyser.terms(text) for text in texts]
