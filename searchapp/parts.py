"""The parts of pages: what templates get in the fields of a page, frozen dataclasses.

Texts that are `Markup` are safe HTML; all others are escaped by the template. An `href` is the empty
text where there is nothing to follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Ref:
    """Hold a link to a search: its text, its URL, and whether it stands for what is chosen now."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Tongue:
    """Hold a language of the interface: its code, its own name, the URL of this page in it."""

    code: str
    name: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Value:
    """Hold a value with its number of articles; `href` chooses it or, where chosen, lets it go."""

    label: str
    count: int
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """Hold a filter that is set, the URL without it, and how many articles that gives where asked."""

    kind: str
    label: str
    href: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """Hold one thing that was made of the search: what it is about, a sentence, a link to undo it."""

    label: str
    text: Markup
    undo: Ref | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """Hold one facet: its values, chosen ones first; `more` others are on the page `every`.

    `all` names the link to that page; `seek`, `at` and `hidden` are label, address and fields of the form
    that looks for values there. `modes` is the choice between at least one of the chosen values and all of
    them, none where nothing is chosen or an article has one value only.
    """

    name: str
    heading: str
    values: tuple[Value, ...]
    modes: tuple[Ref, ...]
    more: int
    all: Markup
    every: str
    seek: str
    at: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Hold a word of the search and what the article has of it, in words."""

    word: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """Hold an article of the list; `title` and `snippet` have the words found marked, `plain` has none."""

    href: str
    title: Markup
    plain: str
    snippet: Markup
    day: date | None
    section: Ref | None
    source: str
    persons: tuple[Ref, ...]
    tags: tuple[Ref, ...]
    language: str
    why: tuple[Why, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Hold the links to other pages; a Ref without text is a gap."""

    pages: tuple[Ref, ...]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Alone:
    """Hold a word of the search by itself: its numbers without and with the filters."""

    word: str
    href: str
    total: int
    filtered: int


@dataclass(frozen=True, slots=True)
class Try:
    """Hold another search that may help: what the link says, its URL, and how many articles it finds.

    `count` is that number in words, with and without the filters where they differ.
    """

    label: Markup
    href: str
    count: Markup
    found: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Hold what helps where nothing was found: other spellings, each word alone, each filter that can go.

    `any` is the search for at least one of the words; `clear` the search without filters and
    `clear_count` what it gives.
    """

    spellings: tuple[Try, ...]
    words: tuple[Alone, ...]
    any: Try | None
    filters: tuple[Chip, ...]
    clear: str
    clear_count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold an article in a short list; `href` is empty where only its title is known.

    `current` marks the article of the page itself, in its story.
    """

    title: str
    href: str = ""
    day: date | None = None
    section: str = ""
    reason: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """Hold another form of the same results: its name, its media type, its URL."""

    label: str
    type: str
    href: str


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a search as an example: its words, its URL and its number of articles, what it shows.

    `href` is the empty text where no search of the kind finds anything in this index.
    """

    words: str
    href: str
    count: int
    effect: Markup


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold what of a page was checked: the criteria of WCAG 2.2 and RGAA 4.1, what holds, how it is known."""

    wcag: str
    rgaa: str
    what: Markup
    how: Markup
