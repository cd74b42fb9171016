"""What templates get: one frozen dataclass a template, under the name `manchette.page`.

Texts that are `Markup` are safe HTML; all others are escaped by the template. An `href` is the empty
text where there is nothing to follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from indexer import Article


@dataclass(frozen=True, slots=True)
class Ref:
    """Hold a link to a search: its text, its URL, and whether it stands for what is chosen now."""

    label: str
    href: str
    chosen: bool = False


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
    """Hold one facet: its values, chosen ones first; `more` others are found by `seek`.

    `parameter` and `hidden` are the fields of the form that adds a value by name.
    """

    name: str
    heading: str
    seek: str
    parameter: str
    values: tuple[Value, ...]
    more: int
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a year or a month with its bar: `size` of 100, `offset` what is left above it."""

    label: str
    initial: str
    count: int
    size: float
    href: str
    chosen: bool = False

    @property
    def offset(self) -> float:
        """Return where the bar of a month begins, from above."""
        return round(100 - self.size, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the twelve months of a year."""

    year: str
    months: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Hold the date facet: years (those long past apart), months, the period as typed, the undated."""

    years: tuple[Bar, ...]
    older: tuple[Bar, ...]
    charts: tuple[Chart, ...]
    first: str
    last: str
    hidden: tuple[tuple[str, str], ...]
    undated: Value | None


@dataclass(frozen=True, slots=True)
class Why:
    """Hold a word of the search and what the article has of it, in words."""

    word: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """Hold an article of the list; `title` and `snippet` have the words found marked."""

    href: str
    title: Markup
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
    nothing: Nothing | None
    indexable: bool
    canonical: str


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
class ArticlePage:
    """Be the context of `article.html`; `lit` are the words marked, `unlit` the URL without marks.

    `back` is the search that the reader came from, `back_words` its words. `story` are the articles on
    the same event by date, this one among them. `origin` is the address of the article at its newspaper,
    http or https only.
    """

    article: Article
    day: date | None
    title: Markup
    lede: Markup
    paragraphs: tuple[Markup, ...]
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
    canonical: str


@dataclass(frozen=True, slots=True)
class Month:
    """Hold a month with its bar: `size` of 100, `offset` what is left above it."""

    value: str
    label: str
    count: int
    size: float

    @property
    def offset(self) -> float:
        """Return where the bar begins, from above."""
        return round(100 - self.size, 1)


@dataclass(frozen=True, slots=True)
class Year:
    """Hold a year: its number of articles, the URL that searches it, the numbers of its twelve months."""

    label: str
    count: int
    href: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Be the context of `profile.html`, the page of a person or a tag."""

    title: str
    kind: str
    label: str
    total: int
    period: Markup
    spellings: str
    months: tuple[Month, ...]
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
class ErrorPage:
    """Be the context of `error.html`."""

    status: int
    title: str
    message: str
    words: str = ""


Page = ResultsPage | ArticlePage | ProfilePage | ErrorPage


@dataclass(frozen=True, slots=True)
class Frame:
    """Be `manchette` in every template: the page, and what surrounds it.

    `name` is that of the blueprint, `title` that of the archive; `layout` is the template that pages
    extend. `home`, `stylesheet`, `script`, `suggestions` and `icon` are URLs.
    """

    page: Page
    name: str
    title: str
    layout: str
    home: str
    stylesheet: str
    script: str
    suggestions: str
    icon: str

    @property
    def front(self) -> bool:
        """Tell whether this is the search page as it opens."""
        return isinstance(self.page, ResultsPage) and self.page.indexable

    def templates(self, file: str) -> list[str]:
        """Return under which names a template is looked for: the blueprint's own, then everybody's."""
        return [f"searchapp/{self.name}/{file}", f"searchapp/{file}"]
