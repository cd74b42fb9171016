"""The pages that lead into the archive, and those about the search itself."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from searchapp.accessibility_page import accessibility_page
from searchapp.browsing import read_browsing
from searchapp.errors import missing_page
from searchapp.help_page import help_page
from searchapp.home_page import home_page
from searchapp.mount import Mount
from searchapp.pages import ValuesPage
from searchapp.results_page import results_page
from searchapp.state import FACETS
from searchapp.values_page import Asked, list_page, values_page

PAGES = frozenset({"search", "persons", "tags", "values", "help", "accessibility"})
"""The endpoints of these pages."""


def add_front(blueprint: Blueprint, mount: Mount) -> None:
    """Register them on a blueprint."""

    def listed(facet: str) -> ValuesPage:
        return list_page(mount.index, facet, _asked(mount, listed=True), mount.links)

    @blueprint.get("/")
    def search() -> str:
        asked = mount.asked()
        if asked.state.bare and not asked.problems:
            return mount.render("home.html", home_page(mount.index, mount.title, mount.links))
        asked = replace(asked, state=mount.before_search(asked.state))
        order, told = mount.display.facets, mount.after_search
        return mount.render("results.html", results_page(mount.index, asked, mount.links, order, told))

    @blueprint.get("/personnes")
    def persons() -> str:
        return mount.render("values.html", listed("person"))

    @blueprint.get("/tags")
    def tags() -> str:
        return mount.render("values.html", listed("tag"))

    @blueprint.get("/valeurs/<facet>")
    def values(facet: str) -> str | Response:
        known = {parameter: name for name, parameter in FACETS.items()}
        if facet not in known:
            return missing_page(mount)
        asked = _asked(mount)
        asked = replace(asked, state=mount.before_search(asked.state))
        return mount.render("values.html", values_page(mount.index, known[facet], asked, mount.links))

    @blueprint.get("/aide")
    def help() -> str:
        return mount.render("help.html", help_page(mount.index, mount.links))

    @blueprint.get("/accessibilite")
    def accessibility() -> str:
        return mount.render("accessibility.html", accessibility_page(mount.contact, mount.links))


def _asked(mount: Mount, *, listed: bool = False) -> Asked:
    """Return what the request asks of a list; one of all values reads nothing of a search but the page."""
    reading = mount.asked()
    browsing, problems = read_browsing(request.args)
    known = [each for each in reading.problems if not listed or each.parameter in {"page", "lang"}]
    return Asked(reading.state, browsing, (*known, *problems))
