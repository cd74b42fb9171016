"""The head of a saved page: caption, headline and the lines about the article, up to the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.readers.page_lines import Line

_CREDIT = re.compile(
    r"(?:©|\(c\)(?=\s)|(?:crédits?(?:\s+photos?)?|photos?|image)\s*[:©])\s*(?P<credit>.*)", re.IGNORECASE
)
_COUNTER = re.compile(r"[\d\s.,]{1,12}[kKM]?|url courte.*", re.IGNORECASE)
_BYLINE = re.compile(r"par [A-ZÀ-ÖØ-ÞŒ][^.:;!?]{2,60}", re.IGNORECASE)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DATE = re.compile(
    r"(?:publié|mis à jour|modifié|posté)\b.{0,80}"
    rf"|(?:le\s)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s|dimanche\s)?\d\d?(?:er)?\s(?:{_MONTHS})\s\d{{4}}.{{0,40}}"
    r"|(?=.*\d[.:/h]\d)[\d\s.,:/h()-]{6,}(?:\(?\s*(?:mis à jour|modifié).*)?",
    re.IGNORECASE,
)
_ABOUT_WITHIN = 5
"""Lines about the article stand at most so far below the top."""

_LONG = 20
_LONGEST = 250


class NoHeadline(ValueError):
    """Say that a text has no line that could be its headline."""


@dataclass(frozen=True, slots=True)
class Head:
    """Hold what the head of a page says."""

    title: str
    caption: str = ""
    credit: str = ""
    section: str = ""
    author: str = ""
    warnings: tuple[str, ...] = field(default=())


def split_head(lines: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """Return the head and the lines below it; raises NoHeadline where there is none."""
    if not lines:
        raise NoHeadline("no text in the page")
    first = next((at for at, line in enumerate(lines[:_ABOUT_WITHIN]) if _is_about(line.text)), None)
    while first is not None and first > 1 and _is_byline(lines[first - 1]):
        first -= 1
    if first is None or any(len(line.text) > _LONGEST for line in lines[:first]):
        return _without_about(lines)
    if first == 0 or all(len(line.text) < _LONG and _is_section(line) for line in lines[:first]):
        below = _about(lines)[1]
        if first == 0 or (len(below) > 1 and _is_title(below[0]) and below[1].after_blank):
            return _about_first(lines)
    elif first > 1 and lines[first - 1].is_sentence:
        return _without_about(lines)  # the credit stands in the text
    head, below = _about(lines[first:])
    above = list(lines[:first])
    if len(above) > 1 and _is_section(above[-1]) and not lines[first].after_blank and not head.section:
        head = replace(head, section=above.pop().text)
    if not lines[first].after_blank and len(below) > 2 and _is_title(below[0]) and below[1].after_blank:
        # A credit right below its caption, and the headline under both.
        head = replace(head, title=below[0].text, caption=above[-1].text)
        return _warn(head, "the headline was found below the photo credit"), below[1:]
    return _named(head, above), below


def _named(head: Head, above: list[Line]) -> Head:
    """Return the head with its headline and caption, taken from the lines above the credit."""
    title = above[-1]
    head = replace(head, title=title.text)
    if len(above) == 1:
        return head if len(title.text) >= _LONG else _warn(head, "the headline is short for one")
    caption = above[-2]
    if not title.after_blank and title.text[0].islower():
        return replace(head, title=f"{caption.text} {title.text}")
    head = replace(head, caption=caption.text)
    if not title.after_blank:
        head = _warn(head, "caption and headline are not parted: the lower line was taken for the headline")
    if len(above) > 2:
        dropped = " / ".join(line.text for line in above[:-2])
        head = _warn(head, f"lines above the caption were taken for furniture: {dropped}")
    return head


def _about_first(lines: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """Read a page whose credit, section or counter stands above the headline."""
    about, below = _about(lines)
    if not below:
        raise NoHeadline("no headline found")
    head, rest = _without_about(below) if not _any_about(below) else split_head(below)
    return (
        replace(
            head,
            credit=head.credit or about.credit,
            section=head.section or about.section,
            author=head.author or about.author,
        ),
        rest,
    )


def _any_about(lines: Sequence[Line]) -> bool:
    return any(_is_about(line.text) for line in lines[:_ABOUT_WITHIN])


def _without_about(lines: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """Read a page that has nothing but text: caption or not, headline, text."""
    at = next((at for at, line in enumerate(lines[:4]) if len(line.text) >= _LONG), None)
    if at is None or len(lines[at].text) > _LONGEST:
        raise NoHeadline("no headline found")
    if at + 1 < len(lines) and lines[at].after_furniture and _is_title(lines[at + 1]):
        at += 1
    title = lines[at]
    warnings: list[str] = []
    if title.is_sentence:
        warnings.append("the headline ends like a sentence: it may be text")
    caption = lines[at - 1].text if at else ""
    if caption and not lines[at - 1].after_furniture:
        warnings.append("the line above the headline was taken for a caption")
    if at > 1:
        warnings.append("lines above the caption were taken for furniture")
    below = lines[at + 1 :]
    section = ""
    if len(below) > 1 and _is_section(below[0]) and len(below[1].text) > 3 * len(below[0].text):
        section, below = below[0].text, below[1:]
        warnings.append("the short line below the headline was taken for the section")
    return Head(title.text, caption, "", section, "", tuple(warnings)), below


def _about(lines: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """Read the lines about the article at the top of these, and return what is below them."""
    credit = section = author = ""
    extra: list[str] = []
    below = len(lines)
    for at, line in enumerate(lines):
        text = line.text
        if found := _CREDIT.fullmatch(text):
            credit = credit or found["credit"].strip(" .")
        elif _is_about(text):
            continue
        elif _is_byline(line):
            author = author or text[len("par ") :].strip()
        elif _is_section(line):
            extra += [text] if section else []
            section = section or text
        else:
            below = at
            break
    warnings = (f"more than one short line beside the section: {', '.join(extra)}",) if extra else ()
    return Head("", "", credit, section, author, warnings), lines[below:]


def _is_about(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_CREDIT, _COUNTER, _DATE))


def _is_byline(line: Line) -> bool:
    return _BYLINE.fullmatch(line.text) is not None and not line.is_sentence


def _is_section(line: Line) -> bool:
    text = line.text
    return len(text) <= 32 and len(text.split()) <= 4 and text[0].isupper() and text[-1] not in ".:;,!?…»"


def _is_title(line: Line) -> bool:
    return _LONG <= len(line.text) <= _LONGEST and not line.is_sentence


def _warn(head: Head, warning: str) -> Head:
    return replace(head, warnings=(*head.warnings, warning))
