"""Text that was taken out of a page without its structure: a headline, and the lines that are sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from indexer.article import Article
from indexer.dates import date_in_url
from indexer.errors import ReadError
from indexer.french import fold
from indexer.readers.encoding import decode
from indexer.readers.furniture import is_furniture
from indexer.readers.source import Source
from indexer.readers.tags import one_line

_SENTENCE = re.compile(r".{40,}[.!?…][»\"”’)\s]*$")
_HEADLINE = re.compile(r".{12,250}$")
_SITE = re.compile(r"\s+[|–—-]\s+(?P<site>[^|–—]{1,40})$")
_LEAST = 2


def read(source: Source) -> Iterator[Article | ReadError]:
    """Yield the article; raises NoArticle where fewer than two lines are sentences."""
    text, warning = decode(source.whole())
    lines = [line for line in map(one_line, text.splitlines()) if line and not is_furniture(line)]
    title = next((line for line in lines if _HEADLINE.match(line)), "")
    title = _without_site(title, source.url)
    body = [line for line in dict.fromkeys(lines) if _SENTENCE.match(line) and line != title]
    if not title or len(body) < _LEAST:
        raise source.no_article("no headline and sentences in the text")
    yield Article(
        id=source.id,
        title=title,
        body="\n\n".join(body),
        published=date_in_url(source.address),
        url=source.url,
        warnings=(warning,) if warning else (),
    )


def _without_site(title: str, url: str) -> str:
    """Take the site's name off: the first line of such texts is the title of the window."""
    found = _SITE.search(title)
    if found and _letters(found["site"]) in _letters(urlsplit(url).netloc):
        return title[: found.start()]
    return title


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
