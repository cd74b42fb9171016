"""What the head of an article page tells programs: schema.org as JSON-LD, and OpenGraph."""

from __future__ import annotations

import json
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from indexer import Article
from searchapp.found import day_of

DESCRIPTION = 300
"""Characters of a description, more or less: whole words only."""

_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def json_ld(article: Article, address: str, archive: str, home: str, zone: ZoneInfo) -> Markup:
    """Return a NewsArticle of schema.org for a script element of the type application/ld+json.

    `address` and `home` are the whole URLs of the article and of the archive. What HTML could read as
    markup is escaped as JSON escapes it, so that no title ends the element.
    """
    person = [{"@type": "Person", "name": name} for name in article.persons]
    members: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": description(article),
        "datePublished": published(article, zone),
        "author": {"@type": "Person", "name": article.author} if article.author else None,
        "publisher": {"@type": "Organization", "name": article.source or archive},
        "articleSection": article.section,
        "keywords": list(article.tags),
        "mentions": person,
        "inLanguage": article.language,
        "wordCount": len(f"{article.lede} {article.body}".split()),
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "name": archive, "url": home},
        "mainEntityOfPage": address,
        "url": address,
    }
    text = json.dumps({name: value for name, value in members.items() if value}, ensure_ascii=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 (no character of markup is left)


def open_graph(article: Article, address: str, archive: str, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """Return the properties of OpenGraph (ogp.me) with their values, those without one left out."""
    pairs = (
        ("og:type", "article"),
        ("og:title", article.title),
        ("og:description", description(article)),
        ("og:url", address),
        ("og:site_name", archive),
        ("og:locale", _LOCALES.get(article.language, "")),
        ("article:published_time", published(article, zone)),
        ("article:author", article.author),
        ("article:section", article.section),
        *(("article:tag", tag) for tag in article.tags),
    )
    return tuple((name, value) for name, value in pairs if value)


def description(article: Article) -> str:
    """Return what an article is about: its standfirst, else the beginning of its text."""
    text = " ".join((article.lede or article.body).split())
    if len(text) <= DESCRIPTION:
        return text
    return f"{text[:DESCRIPTION].rpartition(' ')[0] or text[:DESCRIPTION]}…"


def published(article: Article, zone: ZoneInfo) -> str:
    """Return when an article was published: a day, with the time where that is known; else nothing."""
    day: date | None = day_of(article, zone)
    if day is None or article.published is None:
        return ""
    at = article.published.astimezone(zone)
    day_only = (at.hour, at.minute, at.second) == (0, 0, 0)
    return day.isoformat() if day_only else at.isoformat(timespec="seconds")
