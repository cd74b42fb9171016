"""The pages that lead into the archive, and those about the search itself."""

from __future__ import annotations

from flask import Blueprint, Response, request

from searchapp.accessibility_page import accessibility_page
from searchapp.browsing import read_browsing
from searchapp.errors import missing_page
from searchapp.help_page import help_page
from searchapp.home_page import home_page
from searchapp.mount import Mount
from searchapp.parameters import read_state
from searchapp.results_page import results_page
from searchapp.state import FACETS
from searchapp.values_page import Asked, list_page, values_page

PAGES = frozenset({"search", "persons", "tags", "values", "help", "accessibility"})
"""The endpoints of these pages."""


def add_front(blueprint: Blueprint, mount: Mount) -> None:
    """Register them on a blueprint."""
    index = mount.index

    @blueprint.get("/")
    def search() -> str:
        reading = read_state(request.args)
        if reading.state.bare and not reading.problems:
            return mount.render("home.html", home_page(index, mount.title, mount.links))
        return mount.render("results.html", results_page(index, reading, mount.links))

    @blueprint.get("/personnes")
    def persons() -> str:
        return mount.render("values.html", list_page(index, "person", _asked(listed=True), mount.links))

    @blueprint.get("/tags")
    def tags() -> str:
        return mount.render("values.html", list_page(index, "tag", _asked(listed=True), mount.links))

    @blueprint.get("/valeurs/<facet>")
    def values(facet: str) -> str | Response:
        known = {parameter: name for name, parameter in FACETS.items()}
        if facet not in known:
            return missing_page(mount)
        return mount.render("values.html", values_page(index, known[facet], _asked(), mount.links))

    @blueprint.get("/aide")
    def help() -> str:
        return mount.render("help.html", help_page(index, mount.links))

    @blueprint.get("/accessibilite")
    def accessibility() -> str:
        return mount.render("accessibility.html", accessibility_page(mount.contact, mount.links))


def _asked(*, listed: bool = False) -> Asked:
    """Return what the request asks of a list; one of all values reads nothing of a search but the page."""
    reading = read_state(request.args)
    browsing, problems = read_browsing(request.args)
    known = [each for each in reading.problems if not listed or each.parameter in {"page", "lang"}]
    return Asked(reading.state, browsing, (*known, *problems))
