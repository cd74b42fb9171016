"""The article page: an article and the search it was found by → everything that `article.html` shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from indexer import Article, Index
from searchapp.found import day_of, listed
from searchapp.links import Links
from searchapp.pages import ArticlePage
from searchapp.parts import Listed, Ref, Value
from searchapp.sentences import reason
from searchapp.state import SearchState

RELATED = 6
STORY = 8
WORDS_A_MINUTE = 230


def article_page(
    index: Index, article: Article, state: SearchState, links: Links, *, lit: bool = True
) -> ArticlePage:
    """Return the page; the words of `state` are marked where `lit`."""
    words = state.words if lit else ""
    shown = index.highlight(article, words, spelling=not state.as_typed, synonyms=state.synonyms)
    read_also = _read_also(index, article, links)
    return ArticlePage(
        article=article,
        day=day_of(article, index.zone),
        time=_time(article, index.zone),
        title=shown.title,
        lede=shown.lede,
        paragraphs=shown.paragraphs,
        words=state.words,
        lit=shown.words,
        unlit=links.article(article.id, state, lit=False),
        back=links.search(state),
        from_search=not state.bare,
        section=_section(article, links),
        persons=_values(index, "person", article.persons, links),
        tags=_values(index, "tag", article.tags, links),
        minutes=max(1, round(len(f"{article.lede} {article.body}".split()) / WORDS_A_MINUTE)),
        origin=safe_address(article.url),
        read_also=read_also,
        related=_related(index, article, read_also, links),
        story=_story(index, article, links, index.zone),
        canonical=links.canonical_article(article.id),
    )


def safe_address(url: str) -> str:
    """Return the address where it is one of the web, http or https; else the empty text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _time(article: Article, zone: ZoneInfo) -> time | None:
    """Return the time of publication; a day alone is read as its first moment, which is no time."""
    at = article.published.astimezone(zone).time() if article.published else time.min
    return at if at != time.min else None


def _section(article: Article, links: Links) -> Ref | None:
    if not article.section:
        return None
    return Ref(article.section, links.search(SearchState(sections=(article.section,))))


def _values(index: Index, facet: str, values: tuple[str, ...], links: Links) -> tuple[Value, ...]:
    counts = index.counts(facet, values)
    return tuple(Value(value, counts[value], links.profile(facet, value)) for value in values)


def _read_also(index: Index, article: Article, links: Links) -> tuple[Listed, ...]:
    return tuple(
        listed(each.article, links, index.zone) if each.article else Listed(each.title)
        for each in index.read_also(article)
    )


def _related(
    index: Index, article: Article, read_also: tuple[Listed, ...], links: Links
) -> tuple[Listed, ...]:
    """Return related articles, without those that the newsroom already named."""
    found = index.related(article.id, RELATED + len(read_also))
    named = {each.href for each in read_also}
    suggested = [listed(each.article, links, index.zone, reason(each)) for each in found]
    return tuple(each for each in suggested if each.href not in named)[:RELATED]


def _story(index: Index, article: Article, links: Links, zone: ZoneInfo) -> tuple[Listed, ...]:
    return tuple(
        replace(listed(each.article, links, zone), section="", current=each.current)
        for each in index.story(article.id, STORY)
    )
