"""The date that a page shows its readers and states nowhere else."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from indexer.datewords import parse_french_date
from indexer.readers.html_tree import line

_LONGEST = 70
_ELSEWHERE = frozenset(
    {"aside", "nav", "footer", "a", "script", "style", "noscript", "option", "button", "title"}
)
_COMMENTS = re.compile(r"comment|forum|avis|reaction")
_OTHERS = re.compile(r"sidebar|related|teaser|agenda|calendar|event|footer|menu")
_CHANGED = re.compile(r"\W+(?:mise?\s[àa]\sjour|modifi|actualis).*", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi[eés]|post[eé]|paru|en ligne|entry-date|posted-on", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:publi\w+|post\w+|paru\w*|mise? en ligne|date de publication|date)\s*:?\s*", re.IGNORECASE
)


def shown_date(tree: HtmlElement, zone: ZoneInfo) -> datetime | None:
    """Return the day of the elements that hold nothing but a date, None where they do not agree.

    Those that are said to be of the publication, in their class or beside them, come first. Links, comments,
    sidebars and lists of other articles are left out: their dates are of something else.
    """
    said: list[datetime] = []
    others: list[datetime] = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or len(element) > 3 or not (element.text or len(element)):
            continue
        text = element.text_content()
        if not 8 <= len(text.strip()) <= _LONGEST:
            continue
        day = parse_french_date(_LABEL.sub("", _CHANGED.sub("", line(element))), zone)
        if day is None or _stands_in(element, _COMMENTS):
            continue
        if _PUBLISHED.search(f"{element.get('class')} {element.get('itemprop')} {text}"):
            said.append(day)
        elif not _stands_in(element, _OTHERS):
            others.append(day)
    return _agreed(said) or _agreed([*said, *others])


def _agreed(days: list[datetime]) -> datetime | None:
    """Return the date where all are of one day, that with the hour where one has it."""
    if len({day.date() for day in days}) != 1:
        return None
    return max(days, key=lambda day: (day.hour, day.minute))


def _stands_in(element: HtmlElement, kinds: re.Pattern[str]) -> bool:
    for around in (element, *element.iterancestors()):
        if around.tag in _ELSEWHERE:
            return True
        if around.tag in ("article", "main", "body"):
            return False  # what is around the article says how the page is laid out
        if kinds.search(f"{around.get('class')} {around.get('id')}".lower()):
            return True
    return False
