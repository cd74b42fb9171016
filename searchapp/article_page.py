"""The article page: an article and the search it was found by → everything that `article.html` shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from indexer import Article, Chapter, Index, OutOfTime
from searchapp.article_parts import Citation, Turn
from searchapp.citation import BIBTEX, RIS, TYPES, Source, bibtex, sentence
from searchapp.found import day_of, listed
from searchapp.links import Links
from searchapp.metadata import json_ld, open_graph
from searchapp.neighbours import turn
from searchapp.pages import ArticlePage
from searchapp.parts import Face, Listed, Ref, Value
from searchapp.quotations import paragraphs
from searchapp.sentences import reason
from searchapp.state import SearchState
from searchapp.story_page import LONGEST

RELATED = 6
FEWEST_RELATED = 3
"""Related articles that are enough of them without those of the chronology beside."""

STORY = 8
WORDS_A_MINUTE = 230


def article_page(
    index: Index, article: Article, state: SearchState, links: Links, archive: str, *, lit: bool = True
) -> ArticlePage:
    """Return the page; the words of `state` are marked where `lit`, `archive` is the title of all."""
    words = state.words if lit else ""
    shown = index.highlight(article, words, spelling=not state.as_typed, synonyms=state.synonyms)
    read_also = _read_also(index, article, links)
    story = index.story(article.id, LONGEST)
    zone = index.zone
    chapters = _around(story, links, zone)
    canonical = links.canonical_article(article.id)
    return ArticlePage(
        article=article,
        day=day_of(article, zone),
        time=_time(article, zone),
        title=shown.title,
        lede=shown.lede,
        paragraphs=paragraphs(shown.paragraphs),
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
        related=_related(index, article, read_also, chapters, links),
        story=chapters,
        story_total=len(story),
        whole_story=links.story(article.id) if story else "",
        turn=_turn(index, article.id, state, links, lit=lit),
        citation=_citation(citable(index, article, links, archive), links),
        json_ld=json_ld(article, canonical, archive, links.canonical_home(), zone),
        open_graph=open_graph(article, canonical, archive, zone),
        canonical=canonical,
    )


def citable(index: Index, article: Article, links: Links, archive: str) -> Source:
    """Return an article as it is cited: by its short address, which stays."""
    code = index.code(article.id)
    return Source(article, day_of(article, index.zone), links.short(code), code, archive)


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


def _turn(index: Index, id: str, state: SearchState, links: Links, *, lit: bool) -> Turn | None:
    try:
        return turn(index, id, state, links, lit=lit)
    except OutOfTime:  # the article itself is there
        return None


def _section(article: Article, links: Links) -> Ref | None:
    if not article.section:
        return None
    return Ref(article.section, links.search(SearchState(sections=(article.section,))))


def _values(index: Index, facet: str, values: tuple[str, ...], links: Links) -> tuple[Value, ...]:
    counts = index.counts(facet, values)
    return tuple(Value(value, counts[value], links.profile(facet, value)) for value in values)


def _read_also(index: Index, article: Article, links: Links) -> tuple[Listed, ...]:
    zone = index.zone
    return tuple(
        listed(each.article, links, zone) if each.article else Listed(each.title)
        for each in index.read_also(article)
    )


def _related(
    index: Index,
    article: Article,
    read_also: tuple[Listed, ...],
    chapters: tuple[Listed, ...],
    links: Links,
) -> tuple[Listed, ...]:
    """Return related articles: none that the newsroom named, nor of the chronology if others are enough."""
    found = index.related(article.id, RELATED + len(read_also) + len(chapters))
    named, told = ({each.href for each in those} for those in (read_also, chapters))
    zone = index.zone
    suggested = [listed(each.article, links, zone, reason(each)) for each in found]
    rest = [each for each in suggested if each.href not in named]
    others = [each for each in rest if each.href not in told]
    return tuple(others if len(others) >= FEWEST_RELATED else rest)[:RELATED]


def _around(story: tuple[Chapter, ...], links: Links, zone: ZoneInfo) -> tuple[Listed, ...]:
    """Return the chapters next to that of the article, itself included."""
    place = next((place for place, each in enumerate(story) if each.current), 0)
    first = max(0, min(place - STORY // 2, len(story) - STORY))
    return tuple(
        replace(listed(each.article, links, zone), section="", current=each.current)
        for each in story[first : first + STORY]
    )


def _citation(source: Source, links: Links) -> Citation:
    id = source.article.id
    files = (("BibTeX", BIBTEX), ("RIS", RIS))
    return Citation(
        sentence=sentence(source),
        bibtex=bibtex(source),
        files=tuple(Face(name, TYPES[form], links.citation(id, form)) for name, form in files),
        short=Ref(source.address, links.short_path(source.code)),
    )
