"""The parts of the pages of an article and of its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from searchapp.parts import Face, Ref


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold a paragraph, its quotations in spans of the class `said`; `quoted` where it is one itself."""

    html: Markup
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Hold the result before or after an article, with its place counted from 1."""

    title: str
    href: str
    place: int
    language: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold the place of an article among the results, counted from 1, and the results beside it."""

    place: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Hold how an article is cited: a sentence, BibTeX, both forms to be kept, the short address."""

    sentence: Markup
    bibtex: str
    files: tuple[Face, ...]
    short: Ref


@dataclass(frozen=True, slots=True)
class Episode:
    """Hold an article of a story with what it is about; `current` marks the one whose story it is."""

    title: str
    href: str
    day: date | None
    text: str
    section: str
    source: str
    language: str
    current: bool


@dataclass(frozen=True, slots=True)
class Episodes:
    """Hold the articles of a story in one month."""

    month: str
    episodes: tuple[Episode, ...]
