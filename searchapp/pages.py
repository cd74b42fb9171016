"""What templates get: one frozen dataclass a template, under the name `manchette.page`.

Texts that are `Markup` are safe HTML; all others are escaped by the template. An `href` is the empty
text where there is nothing to follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from markupsafe import Markup

from indexer import Article
from searchapp.api_parts import ApiField, ApiObject, ApiOperation
from searchapp.article_parts import Citation, Episodes, Paragraph, Turn
from searchapp.date_parts import Bar, Dates, Year
from searchapp.parts import (
    Checked,
    Chip,
    Example,
    Face,
    Facet,
    Found,
    Listed,
    Nothing,
    Pager,
    Ref,
    Understood,
    Value,
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """Be the context of `home.html`.

    `numbers` is a sentence on the articles, persons, tags and the period; `undated` and `all` are searches.
    `months` are those of all years; `busiest` are months with their articles, the fullest first.
    """

    title: str
    total: int
    examples: tuple[Example, ...]
    numbers: Markup
    undated: Ref | None
    months: tuple[Bar, ...]
    years: tuple[Year, ...]
    busiest: tuple[Value, ...]
    newest: tuple[Listed, ...]
    persons: tuple[Value, ...]
    tags: tuple[Value, ...]
    all: Ref
    feed: str
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Be the context of `results.html`."""

    title: str
    words: str
    total: int
    scope: Markup
    period: Markup
    understood: tuple[Understood, ...]
    chips: tuple[Chip, ...]
    clear: str
    facets: tuple[Facet, ...]
    dates: Dates
    sorts: tuple[Ref, ...]
    range: Markup
    hits: tuple[Found, ...]
    pager: Pager
    sizes: tuple[Ref, ...]
    nothing: Nothing | None
    canonical: str
    faces: tuple[Face, ...] = ()
    order: tuple[str, ...] = ("person", "tag", "date", "section")


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Be the context of `article.html`; `lit` are the words marked, `unlit` the URL without marks.

    `time` is None where only the day is known. `back` is the search that the reader came from, `turn` the
    place of the article in it. `story` are the articles on the same event by date, this one among them;
    `whole_story` is the URL of all `story_total` of them. `origin` is the address of the article at its
    newspaper, http or https only. `json_ld` and `open_graph` are for the head.
    """

    article: Article
    day: date | None
    time: time | None
    title: Markup
    lede: Markup
    paragraphs: tuple[Paragraph, ...]
    words: str
    lit: tuple[str, ...]
    unlit: str
    back: str
    from_search: bool
    section: Ref | None
    persons: tuple[Value, ...]
    tags: tuple[Value, ...]
    minutes: int
    origin: str
    read_also: tuple[Listed, ...]
    related: tuple[Listed, ...]
    story: tuple[Listed, ...]
    story_total: int
    whole_story: str
    turn: Turn | None
    citation: Citation
    json_ld: Markup
    open_graph: tuple[tuple[str, str], ...]
    canonical: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Be the context of `story.html`, the story of the event that `article` is about.

    `months` are its articles by date, `persons` and `tags` what several of them have, `back` the article.
    """

    title: str
    article: Article
    total: int
    period: Markup
    months: tuple[Episodes, ...]
    persons: tuple[Value, ...]
    tags: tuple[Value, ...]
    back: Ref
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Be the context of `profile.html`; `facet` is person or tag, `kind` is that in words."""

    title: str
    kind: str
    facet: str
    label: str
    total: int
    period: Markup
    spellings: str
    months: tuple[Bar, ...]
    years: tuple[Year, ...]
    newest: tuple[Listed, ...]
    relevant: tuple[Listed, ...]
    persons: tuple[Value, ...]
    tags: tuple[Value, ...]
    search: str
    feed: str
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """Be the context of `values.html`: all values of a facet, of the archive or under a search.

    Under a search `results` is its URL, `articles` what it finds, and values toggle; elsewhere `results` is
    the empty text and values lead to their pages. `seek`, `at`, `hidden` and `contains` are label, address,
    fields and text of the form that keeps some values; `whole` is the list without it, the empty text where
    nothing is left out. `letters` are first letters, `modes` is the choice of a `Facet`.
    """

    title: str
    heading: str
    scope: Markup
    facet: str
    total: Markup
    articles: Markup
    understood: tuple[Understood, ...]
    chips: tuple[Chip, ...]
    clear: str
    results: str
    modes: tuple[Ref, ...]
    sorts: tuple[Ref, ...]
    letters: tuple[Ref, ...]
    seek: str
    at: str
    hidden: tuple[tuple[str, str], ...]
    contains: str
    whole: str
    values: tuple[Value, ...]
    pager: Pager
    indexable: bool
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Be the context of `help.html`: how a search is written, with searches that find something."""

    title: str
    examples: tuple[Example, ...]
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """Be the context of `accessibility.html`: what was checked, what was not, whom to write to.

    `contact` is what to write there, as it is shown, and `href` its URL, each empty where none is known.
    """

    title: str
    checked: tuple[Checked, ...]
    contact: str
    href: str
    canonical: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Be the context of `api.html`, which shows the OpenAPI document at the URL `document`."""

    title: str
    version: str
    description: str
    document: str
    operations: tuple[ApiOperation, ...]
    objects: tuple[ApiObject, ...]
    problems: tuple[ApiField, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Be the context of `error.html`."""

    status: int
    title: str
    message: str
    words: str = ""


Page = (
    HomePage
    | ResultsPage
    | ArticlePage
    | StoryPage
    | ProfilePage
    | ValuesPage
    | HelpPage
    | AccessibilityPage
    | ApiPage
    | ErrorPage
)
