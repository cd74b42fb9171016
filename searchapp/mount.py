"""A mount: one index below one prefix, with its name, title and layout, and how its pages are rendered."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from indexer import Index
from searchapp import typography
from searchapp.catalogues import LANGUAGES
from searchapp.language import Wanted, choose, current
from searchapp.links import Links, in_language
from searchapp.pages import ApiPage, ErrorPage, Frame, Page, ResultsPage, StoryPage, ValuesPage
from searchapp.parts import Tongue
from searchapp.state import SearchState


@dataclass(frozen=True, slots=True)
class Mount:
    """Hold what one blueprint serves and how it looks."""

    index: Index
    name: str
    title: str
    layout: str
    language: Wanted = None
    contact: str = ""

    def choose_language(self) -> None:
        """Decide the language of the request that has come for this mount."""
        choose(self.language)

    @property
    def links(self) -> Links:
        """Return the links of this mount: relative within its own requests, so that nesting is followed."""
        return Links("." if request.blueprint else f"{self.name}.", current().kept)

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
        )
        return render_template(
            [*frame.templates(template)],
            manchette=frame,
            typography=typography,
            say=typography.say,
            say_many=typography.say_many,
        )


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
