"""The story page: the articles on one event → everything that `story.html` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from indexer import Article, Chapter, Index
from searchapp import typography
from searchapp.article_parts import Episode, Episodes
from searchapp.found import day_of
from searchapp.links import Links
from searchapp.metadata import description
from searchapp.pages import StoryPage
from searchapp.parts import Ref, Value
from searchapp.typography import say

LONGEST = 60
"""Articles of a story; more are not looked at."""

_VALUES = 6


def story_page(index: Index, article: Article, chapters: tuple[Chapter, ...], links: Links) -> StoryPage:
    """Return the page of the story of an article, its chapters parted by month."""
    episodes = [_episode(index, chapter, links) for chapter in chapters]
    days = [each.day for each in episodes if each.day]
    articles = [chapter.article for chapter in chapters]
    return StoryPage(
        title=say("Chronologie : {title}", {"title": article.title}).unescape(),
        article=article,
        total=len(episodes),
        period=say(
            "du {first} au {last}",
            {"first": typography.long_day(days[0]), "last": typography.long_day(days[-1])},
        ),
        months=tuple(
            Episodes(typography.month(month), tuple(group))
            for month, group in groupby(episodes, key=lambda each: f"{each.day:%Y-%m}" if each.day else "")
        ),
        persons=_values("person", (each.persons for each in articles), links),
        tags=_values("tag", (each.tags for each in articles), links),
        back=Ref(article.title, links.article(article.id)),
        canonical=links.canonical_story(article.id),
    )


def _episode(index: Index, chapter: Chapter, links: Links) -> Episode:
    article = chapter.article
    return Episode(
        title=article.title,
        href=links.article(article.id),
        day=day_of(article, index.zone),
        text=description(article),
        section=article.section,
        source=article.source,
        language=article.language,
        current=chapter.current,
    )


def _values(facet: str, lists: Iterable[tuple[str, ...]], links: Links) -> tuple[Value, ...]:
    """Return the values that several articles of the story have, the most frequent first."""
    counts = Counter(value for values in lists for value in values)
    common = [(value, count) for value, count in counts.most_common(_VALUES) if count > 1]
    return tuple(Value(value, count, links.profile(facet, value)) for value, count in common)
