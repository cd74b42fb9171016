"""The sitemap of all articles (sitemaps.org 0.9): an index, and parts of a fixed size."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from indexer import Index, Listed
from searchapp.links import Links

TYPE = "application/xml"

PART = 10_000
"""URLs in a part; 50,000 are allowed, but a part is held in memory while it is sent."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def parts(index: Index) -> int:
    """Return how many parts there are; 1 where there is no article."""
    return max(1, -(-index.info().articles // PART))


def sitemap(index: Index, links: Links) -> str:
    """Return the index of the parts."""
    entries = "".join(
        f"<sitemap><loc>{escape(links.sitemap(part))}</loc></sitemap>\n"
        for part in range(1, parts(index) + 1)
    )
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'


def sitemap_part(index: Index, part: int, links: Links) -> Iterator[str]:
    """Yield a part, counted from 1: the page of each article and when it was published."""
    return _pieces(index.listed((part - 1) * PART, PART), index.zone, links)


def _pieces(listed: tuple[Listed, ...], zone: ZoneInfo, links: Links) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n'
    for article in listed:
        yield _entry(article, zone, links)
    yield "</urlset>\n"


def _entry(article: Listed, zone: ZoneInfo, links: Links) -> str:
    address = escape(links.canonical_article(article.id))
    if article.published is None:
        return f"<url><loc>{address}</loc></url>\n"
    at = article.published.astimezone(zone)
    # Midnight stands for a day of which the time is not known.
    day_only = (at.hour, at.minute, at.second) == (0, 0, 0)
    stamp = at.date().isoformat() if day_only else at.isoformat(timespec="seconds")
    return f"<url><loc>{address}</loc><lastmod>{stamp}</lastmod></url>\n"
