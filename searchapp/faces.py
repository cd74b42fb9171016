"""The faces that are no pages: a search as Atom, CSV and OpenSearch, an article as a citation."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request, stream_with_context

from searchapp.api import opensearch_body, read_typed, suggestions
from searchapp.article_page import citable
from searchapp.citation import ENDINGS, TYPES
from searchapp.citation import citation as citation_of
from searchapp.errors import bad_parameters, missing_page, problem
from searchapp.feed import TYPE as FEED_TYPE
from searchapp.feed import feed as feed_of
from searchapp.links import Links
from searchapp.mount import Mount
from searchapp.opensearch import SUGGESTIONS_TYPE
from searchapp.opensearch import TYPE as OPENSEARCH_TYPE
from searchapp.opensearch import opensearch as opensearch_of
from searchapp.parameters import Problem, read_state
from searchapp.programs import as_json, for_programs
from searchapp.state import SearchState
from searchapp.table import FILE as TABLE_FILE
from searchapp.table import TYPE as TABLE_TYPE
from searchapp.table import table as table_of
from searchapp.typography import say


def add_faces(blueprint: Blueprint, mount: Mount) -> None:
    """Register them on a blueprint, and the suggestions that go with a search box."""

    def face(answer: Callable[[SearchState, Links], Response]) -> Response:
        reading = read_state(request.args)
        if reading.problems:
            return bad_parameters(reading.problems, mount.links)
        return answer(mount.before_search(reading.state), mount.links)

    @for_programs(blueprint, "/feed.atom")
    def feed() -> Response:
        def atom(state: SearchState, links: Links) -> Response:
            title = f"{mount.title} – {state.words}" if state.words else mount.title
            return Response(feed_of(mount.index, state, title, links, mount.after_search), mimetype=FEED_TYPE)

        return face(atom) if mount.display.feeds else problem(404, say("Ces archives n’ont pas de flux."))

    @for_programs(blueprint, "/search.csv")
    def table() -> Response:
        def csv(state: SearchState, links: Links) -> Response:
            pieces = stream_with_context(table_of(mount.index, state, links, mount.after_search))
            headers = {"Content-Disposition": f'attachment; filename="{TABLE_FILE}"'}
            return Response(pieces, content_type=TABLE_TYPE, headers=headers)

        return face(csv)

    _add_opensearch(blueprint, mount)


def _add_opensearch(blueprint: Blueprint, mount: Mount) -> None:
    @for_programs(blueprint, "/opensearch.xml")
    def opensearch() -> Response:
        reading = read_state(request.args)
        if reading.problems:
            return bad_parameters(reading.problems, mount.links)
        return Response(opensearch_of(mount.title, reading.state, mount.links), content_type=OPENSEARCH_TYPE)

    @for_programs(blueprint, "/opensearch/suggestions")
    def opensearch_suggestions() -> Response:
        typed, problems = read_typed(request.args)
        if problems:
            return bad_parameters(problems, mount.links)
        response = as_json(opensearch_body(mount.index, typed, mount.links))
        response.content_type = SUGGESTIONS_TYPE
        return response

    @for_programs(blueprint, "/suggest")
    def suggest() -> Response:
        return as_json(suggestions(mount.index, request.args.get("q", "")[:200], mount.links))

    _add_citation(blueprint, mount)


def _add_citation(blueprint: Blueprint, mount: Mount) -> None:
    @blueprint.get("/citation/<manchette_id:id>")
    def citation(id: str) -> Response:
        form = request.args.get("format", "")
        if form not in TYPES:
            text = say("Format inconnu, ce peut être {formats}.", {"formats": ", ".join(TYPES)})
            return bad_parameters((Problem("format", form[:200], text.unescape()),), mount.links)
        index = mount.index
        article = index.article(id)
        if article is None:
            return missing_page(mount, say("Aucun article de ces archives n’a cette adresse."))
        source = citable(index, article, mount.links, mount.title)
        file = f"{source.code}.{ENDINGS[form]}"
        disposition = f'attachment; filename="{file}"'
        headers = {"Content-Disposition": disposition, "X-Robots-Tag": "noindex"}
        kind = f"{TYPES[form]}; charset=utf-8"
        return Response(citation_of(source, form), content_type=kind, headers=headers)
