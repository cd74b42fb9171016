"""A mount: one index below one prefix, with its name, title and layout, and how its pages are rendered."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from indexer import Index
from searchapp import typography
from searchapp.links import Links
from searchapp.pages import Frame, Page


@dataclass(frozen=True, slots=True)
class Mount:
    """Hold what one blueprint serves and how it looks."""

    index: Index
    name: str
    title: str
    layout: str

    @property
    def links(self) -> Links:
        """Return the links of this mount: relative within its own requests, so that nesting is followed."""
        return Links("." if request.blueprint else f"{self.name}.")

    def render(self, template: str, page: Page) -> str:
        """Return a page as HTML; the blueprint's own template is taken before everybody's."""
        links = self.links
        frame = Frame(
            page=page,
            name=self.name,
            title=self.title,
            layout=self.layout,
            home=links.search(),
            stylesheet=links.static("search.css"),
            script=links.static("search.js"),
            suggestions=links.suggestions(),
            icon=links.static("icon.svg"),
            opensearch=links.opensearch(),
            api=links.api(),
        )
        return render_template([*frame.templates(template)], manchette=frame, typography=typography)
