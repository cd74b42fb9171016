"""One article as JSON, those related to it, and its story."""

from __future__ import annotations

from indexer import Article, Chapter, Related, chapter_row, related_row
from searchapp.links import Links
from searchapp.sentences import plain_reason


def article_body(article: Article, links: Links) -> dict[str, object]:
    """Return an article with all its fields and its links."""
    more = {"related": links.api_related(article.id), "story": links.api_story(article.id)}
    return {**article.to_dict(), "links": {**article_links(article, links), **more}}


def related_body(related: tuple[Related, ...], links: Links) -> list[dict[str, object]]:
    """Return related articles, each with its reason in words and in parts."""
    return [
        {**related_row(each), "reason": plain_reason(each), "links": article_links(each.article, links)}
        for each in related
    ]


def story_body(story: tuple[Chapter, ...], links: Links) -> list[dict[str, object]]:
    """Return the articles of a story in the order of their dates; an empty list where there is none."""
    return [{**chapter_row(each), "links": article_links(each.article, links)} for each in story]


def article_links(article: Article, links: Links) -> dict[str, str]:
    """Return where an article is, for programs and for readers."""
    return {"self": links.api_article(article.id), "html": links.article(article.id)}
