"""The routes of the JSON API, of the document that describes it and of the page that shows that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, request

from indexer import Article
from searchapp.api.articles import article_body, related_body, story_body
from searchapp.api.document import Document, document
from searchapp.api.examples import Examples
from searchapp.api.searches import search_body
from searchapp.api.suggestions import suggestions_body
from searchapp.api.typed import read_typed
from searchapp.api.values import LISTED, read_values, values_body
from searchapp.errors import bad_parameters, problem
from searchapp.links import Links
from searchapp.mount import Mount
from searchapp.parameters import read_language, read_state
from searchapp.programs import as_json, for_programs
from searchapp.typography import say


def add_api(blueprint: Blueprint, mount: Mount) -> None:
    """Register the API on a blueprint."""
    _add_searches(blueprint, mount)
    _add_articles(blueprint, mount)
    _add_document(blueprint, mount)


def described(mount: Mount) -> Document:
    """Return the document of a mounted API, within a request."""
    examples = Examples.of(mount.index)
    return document(mount.title, mount.links.canonical_home(), examples, feeds=mount.display.feeds)


def _add_searches(blueprint: Blueprint, mount: Mount) -> None:
    @for_programs(blueprint, "/api/v1/search")
    def api_search() -> Response:
        reading = read_state(request.args)
        if reading.problems:
            return bad_parameters(reading.problems, mount.links)
        return as_json(
            search_body(mount.index, mount.before_search(reading.state), mount.links, mount.after_search)
        )

    @for_programs(blueprint, "/api/v1/facets/<facet>")
    def api_values(facet: str) -> Response:
        if facet not in LISTED:
            return problem(
                404, say("Aucune facette n’a ce nom, il y a {names}.", {"names": ", ".join(LISTED)})
            )
        reading = read_values(request.args)
        if reading.problems:
            return bad_parameters(reading.problems, mount.links)
        asked = replace(reading.asked, state=mount.before_search(reading.asked.state))
        return as_json(values_body(mount.index, facet, asked, mount.links))

    @for_programs(blueprint, "/api/v1/suggestions")
    def api_suggestions() -> Response:
        typed, problems = read_typed(request.args)
        if problems:
            return bad_parameters(problems, mount.links)
        return as_json(suggestions_body(mount.index, typed, mount.links))


def _add_articles(blueprint: Blueprint, mount: Mount) -> None:
    def of_article(id: str, body: Callable[[Article, Links], object]) -> Response:
        if problems := read_language(request.args):
            return bad_parameters(problems, mount.links)
        found = mount.index.article(id)
        if found is None:
            return problem(404, say("Aucun article n’a cet identifiant."))
        return as_json(body(found, mount.links))

    @for_programs(blueprint, "/api/v1/articles/<manchette_id:id>")
    def api_article(id: str) -> Response:
        def body(found: Article, links: Links) -> object:
            mount.article_viewed(found, read_state(request.args).state)
            return article_body(found, links)

        return of_article(id, body)

    @for_programs(blueprint, "/api/v1/articles/<manchette_id:id>/related")
    def api_related(id: str) -> Response:
        return of_article(id, lambda found, links: related_body(mount.index.related(found.id), links))

    @for_programs(blueprint, "/api/v1/articles/<manchette_id:id>/story")
    def api_story(id: str) -> Response:
        return of_article(id, lambda found, links: story_body(mount.index.story(found.id), links))


def _add_document(blueprint: Blueprint, mount: Mount) -> None:
    @for_programs(blueprint, "/api/v1/openapi.json")
    def api_document() -> Response:
        return as_json(described(mount))

    @for_programs(blueprint, "/api/v1/")
    def api_root() -> Response:
        return problem(404, _nothing(mount))

    @for_programs(blueprint, "/api/v1/<path:rest>")
    def api_unknown(rest: str) -> Response:  # noqa: ARG001
        return problem(404, _nothing(mount))


def _nothing(mount: Mount) -> str:
    return say(
        "Rien n’a cette adresse ; {address} dit ce qu’il y a.", {"address": mount.links.api_document()}
    )
