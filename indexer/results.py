"""What a search answers, to pages, the command and host applications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from markupsafe import Markup

from indexer.article import Article
from indexer.notices import Notice


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Hold one value of a facet: `value` goes into a search or a link, `label` is shown.

    `count` is over all matches of the search, the facet's own selection left out. For the facet
    `date` the value is a month, `2018-11`, or the empty text for undated articles.
    """

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Say what an article has of one word of a search.

    `title`, `text`, `caption` and `tags` count its occurrences there; `persons`, `section` and `author`
    those of a word that was asked for in that field. `exact` tells whether one is in the very form that
    was typed, `forms` are others that were found; `spellings` and `synonyms` are the corrections and the
    synonyms through which it was. `share` is its part of the score, 0 to 1, by our own weights and so
    the same on each engine.
    """

    word: str
    title: int
    text: int
    tags: int
    exact: bool
    share: float
    caption: int = 0
    persons: int = 0
    section: int = 0
    author: int = 0
    forms: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def via(self) -> tuple[str, ...]:
        """Return the other words through which it was found: corrections, then synonyms."""
        return self.spellings + self.synonyms


class Showing(Protocol):
    """Give what is shown of an article found."""

    @property
    def article(self) -> Article:
        """Return the article."""

    @property
    def title(self) -> Markup:
        """Return its title as safe HTML."""

    @property
    def snippet(self) -> Markup:
        """Return a piece of its text as safe HTML."""

    @property
    def why(self) -> tuple[Reason, ...]:
        """Return what it has of each word of the search."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold what is shown of an article found."""

    article: Article
    title: Markup
    snippet: Markup
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FoundArticle:
    """Hold an article found and why; title and snippet are safe HTML with the words found in <mark>.

    `article`, `title`, `snippet` and `why` are made when they are first asked for, and kept; any thread
    may ask, also after the index was closed or changed.
    """

    id: str
    score: float
    shown: Showing = field(repr=False)

    @property
    def article(self) -> Article:
        """Return the article."""
        return self.shown.article

    @property
    def title(self) -> Markup:
        """Return the title with the words found marked."""
        return self.shown.title

    @property
    def snippet(self) -> Markup:
        """Return the piece of the text that shows most of the words, marked."""
        return self.shown.snippet

    @property
    def why(self) -> tuple[Reason, ...]:
        """Return a reason for each word of the search, in its order."""
        return self.shown.why

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FoundArticle) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((self.id, self.score))

    def _content(self) -> tuple[object, ...]:
        return self.id, self.score, self.article, self.title, self.snippet, self.why


@dataclass(frozen=True, slots=True)
class Results:
    """Hold one page of a search.

    `facets` has `tag`, `person`, `section`, `date`; `values` how many different values each has in
    all. `first` and `last` are the days of the period that the search was limited to; where they lie in
    one month, `days` has all days of it with their counts. `generation` names the state of the index
    that answered.
    """

    words: str
    total: int
    hits: tuple[FoundArticle, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    values: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    page: int = 1
    size: int = 10
    sort: str = "relevance"
    first: date | None = None
    last: date | None = None
    generation: str = ""
    days: tuple[FacetValue, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages there are; 1 where nothing was found."""
        return max(1, -(-self.total // self.size)) if self.size else 1


@dataclass(frozen=True, slots=True)
class FacetValues:
    """Hold one page of the values of a facet under a search.

    `total` counts the values of all pages, `articles` the articles found; `sort` is count or name.
    """

    facet: str
    total: int
    values: tuple[FacetValue, ...]
    articles: int
    page: int
    size: int
    sort: str
    generation: str

    @property
    def pages(self) -> int:
        """Return how many pages there are; 1 where there is no value."""
        return max(1, -(-self.total // self.size)) if self.size else 1


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold the id of an article and when it was published; None where that is not known."""

    id: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Related:
    """Hold a related article and why it is one: `kind` is persons, tags or words; `shared` names them."""

    article: Article
    score: float
    kind: str
    shared: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Return the reason in French: « même personne : … »."""
        one, many = _REASONS[self.kind]
        return f"{one if len(self.shared) == 1 else many}\u202f: {', '.join(self.shared)}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Hold one article of a story; `current` marks the one whose story it is."""

    article: Article
    current: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Hold what a reader may be about to type.

    `kind` is tag, person, word or title; `articles` counts those that have it; `id` names the article
    of a title and is empty for all else.
    """

    text: str
    kind: str
    articles: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Hold a word of a search that hardly any article has, and one that may have been meant.

    `typed` is the word as it stands in the search, `text` the other as articles spell it; `articles`
    counts those that have it.
    """

    typed: str
    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class ReadAlso:
    """Hold a title under « Lire aussi » and the article of the index that it names, if there is one."""

    title: str
    article: Article | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Hold what an index is: `index info`."""

    directory: str
    engine: str
    engine_version: str
    schema_version: int
    analyser_version: int
    persons: str
    generation: str
    built: str
    articles: int
    undated: int
    first: str
    last: str
    bytes: int
    previous: str
    zone: str


_REASONS = {
    "persons": ("même personne", "mêmes personnes"),
    "tags": ("même sujet", "mêmes sujets"),
    "words": ("mot commun", "mots communs"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold what the articles that have one value of a facet are about.

    `spellings` are the other ones that articles use, `months` all months with their numbers (the undated
    under an empty text), `persons` and `tags` those that the articles have most often as well; `relevant`
    are those that are most about it and not among the newest.
    """

    facet: str
    label: str
    spellings: tuple[str, ...]
    total: int
    months: tuple[FacetValue, ...]
    persons: tuple[FacetValue, ...]
    tags: tuple[FacetValue, ...]
    newest: tuple[Article, ...]
    relevant: tuple[Article, ...]
