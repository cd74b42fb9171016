"""A mount: one index below one prefix, with its name, title and layout, and how its pages are rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import has_request_context, render_template, request

from indexer import Article, Budget, Index, Results, Visible, begin_budget
from searchapp import typography
from searchapp.catalogues import LANGUAGES
from searchapp.controls import without_controls
from searchapp.display import Display
from searchapp.frame import Frame
from searchapp.hooks import ArticleViewed, Hooks, SearchAsked, SearchDone
from searchapp.language import Wanted, choose, current
from searchapp.links import Links, in_language
from searchapp.pages import ApiPage, ErrorPage, Page, ResultsPage, StoryPage, ValuesPage
from searchapp.parameters import Reading, read_state
from searchapp.parts import Tongue
from searchapp.state import SearchState

BUDGET = 500
"""Milliseconds that the engine may work for the words of one request."""


@dataclass(frozen=True, slots=True)
class Mount:
    """Hold what one blueprint serves and how it looks."""

    whole: Index
    name: str
    title: str
    layout: str
    language: Wanted = None
    contact: str = ""
    allowed: Callable[[], Visible] | None = None
    hooks: Hooks = field(default_factory=Hooks)
    display: Display = field(default_factory=Display)
    budget: int = BUDGET

    @property
    def index(self) -> Index:
        """Return the index as this request may see it; the host is asked once a request."""
        if self.allowed is None:
            return self.whole
        # Not on `g`, which is of the app's context: several requests may share one.
        views: dict[int, Index] = (
            request.environ.setdefault("manchette.views", {}) if has_request_context() else {}
        )
        if id(self) not in views:
            visible = self.allowed()
            if not isinstance(visible, Visible):
                # Not None for all articles: a return that was forgotten would show everything.
                raise TypeError(f"allowed() of {self.name} returned {visible!r}, not a Visible")
            views[id(self)] = self.whole.restricted(visible)
        return views[id(self)]

    def asked(self) -> Reading:
        """Return what the URL of this request asks for, with pages of the size of the mount."""
        kept: dict[tuple[int, str], Reading] = request.environ.setdefault("manchette.readings", {})
        key = self.display.size, current().code  # what is wrong is said in a language
        if key not in kept:
            kept[key] = read_state(request.args, self.display.size)
        return kept[key]

    def before_search(self, state: SearchState) -> SearchState:
        """Return the state to search for: the one asked for, or the one that the host puts in its place."""
        if self.hooks.before_search is None:
            return state
        other = self.hooks.before_search(SearchAsked(self.name, _view(), state))
        if other is not None and not isinstance(other, SearchState):
            raise TypeError(f"before_search of {self.name} returned {other!r}, no SearchState or None")
        return state if other is None else other

    def after_search(self, state: SearchState, results: Results) -> None:
        """Tell the host of a search that was made."""
        if self.hooks.after_search is not None:
            self.hooks.after_search(SearchDone(self.name, _view(), state, results))

    def article_viewed(self, article: Article, state: SearchState) -> None:
        """Tell the host of an article that is shown."""
        if self.hooks.article_viewed is not None:
            self.hooks.article_viewed(ArticleViewed(self.name, _view(), article, state))

    def limit(self) -> None:
        """Let what this request asks of the index come out of a budget of its own; 0 is no limit."""
        begin_budget(self.allowance())

    def allowance(self) -> Budget:
        """Return the budget of one request."""
        return Budget(self.budget / 1000 if self.budget else float("inf"))

    def choose_language(self) -> None:
        """Decide the language of the request that has come for this mount."""
        choose(self.language)

    @property
    def links(self) -> Links:
        """Return the links of this mount: relative within its own requests, so that nesting is followed."""
        return Links("." if request.blueprint else f"{self.name}.", current().kept, feeds=self.display.feeds)

    def render(self, template: str, page: Page) -> str:
        """Return a page as HTML; the blueprint's own template is taken before everybody's."""
        links, choice = self.links, current()
        frame = Frame(
            page=page,
            name=self.name,
            title=self.title,
            layout=self.layout,
            home=links.search(),
            all=links.search(SearchState()),
            persons=links.page("persons"),
            tags=links.page("tags"),
            help=links.page("help"),
            accessibility=links.page("accessibility"),
            stylesheet=links.static("search.css"),
            script=links.static("search.js"),
            suggestions=links.suggestions(),
            icon=links.static("icon.svg"),
            language=choice.code,
            kept=links.fields(),
            languages=() if choice.fixed else _languages(links, choice.code),
            alternates=() if choice.fixed else _alternates(page),
            opensearch=links.opensearch(),
            api=links.api(),
            theme=self.display.theme,
        )
        html = render_template(
            [*frame.templates(template)],
            manchette=frame,
            typography=typography,
            say=typography.say,
            say_many=typography.say_many,
        )
        return without_controls(html)


def _view() -> str:
    return (request.endpoint or "").rpartition(".")[2]


def _languages(links: Links, now: str) -> tuple[Tongue, ...]:
    return tuple(Tongue(code, name, links.here(code), chosen=code == now) for code, name in LANGUAGES.items())


def _alternates(page: Page) -> tuple[tuple[str, str], ...]:
    """Return the URLs of a page in each language, and the one that follows the reader's."""
    canonical = "" if isinstance(page, ApiPage | ErrorPage | StoryPage) else page.canonical
    kept = not isinstance(page, ResultsPage) and not (isinstance(page, ValuesPage) and not page.indexable)
    if not canonical or not kept:
        return ()
    codes = {**{code: code for code in LANGUAGES}, "x-default": ""}
    return tuple((name, in_language(canonical, code)) for name, code in codes.items())
