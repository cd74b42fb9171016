"""Answers for what went wrong: pages for readers, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from textwrap import shorten
from urllib.parse import quote

from flask import Response, request
from markupsafe import Markup

from indexer import ManchetteError
from searchapp.links import Links
from searchapp.mount import Mount
from searchapp.pages import ErrorPage
from searchapp.parameters import Problem
from searchapp.typography import later, say

PROBLEM_JSON = "application/problem+json"

_TITLES = {
    400: later("Requête incorrecte"),
    404: later("Introuvable"),
    405: later("Méthode non permise"),
    406: later("Format non disponible"),
    503: later("Service indisponible"),
}
"""What a status is called; RFC 9457 lets titles be in the language of the request."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """Hold a kind of problem that this API has of its own: where it is explained, and its title."""

    address: str
    title: str


RETRY_AFTER = 10
"""Seconds after which a search that took too long may be tried again: the machine may be busy."""

_LATE = later(
    "Elle a été arrêtée. Réessayez dans un moment, ou avec moins de mots, d’astérisques et de tildes."
)

MAX_MESSAGE = 500
"""Characters of an error that a page shows; some quote what they found in a file."""


def missing_page(mount: Mount, message: str = "") -> Response:
    """Return the page for an address that leads nowhere."""
    page = ErrorPage(404, say("Page introuvable"), message or say("Aucune page n’a cette adresse."))
    return Response(mount.render("error.html", page), 404)


def broken_page(mount: Mount, error: ManchetteError) -> Response:
    """Return the page for an index that cannot answer, with what is to be done."""
    message = shorten(str(error), MAX_MESSAGE, placeholder="…")
    page = ErrorPage(503, say("La recherche ne répond pas"), message)
    return Response(mount.render("error.html", page), 503)


def late_page(mount: Mount) -> Response:
    """Return the page for a search that could not be answered within its budget."""
    page = ErrorPage(503, say("La recherche a pris trop de temps"), say(_LATE))
    return _later(Response(mount.render("error.html", page), 503))


def too_late(links: Links) -> Response:
    """Return 503 for a search that could not be answered within its budget."""
    kind = ProblemKind(links.problem("index"), say("La recherche a pris trop de temps"))
    return _later(problem(503, say(_LATE), kind=kind))


def too_many(mount: Mount, *, page: bool) -> Response:
    """Return 429 for an address that sends too many requests, as a page or as a problem."""
    title = say("Trop de demandes")
    text = say("Votre adresse en envoie plus que ce site n’en accepte. Réessayez dans un moment.")
    if not page:
        return problem(429, text, kind=ProblemKind(mount.links.problem("demandes"), title))
    return Response(mount.render("error.html", ErrorPage(429, title, text)), 429)


def _later(response: Response) -> Response:
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def errors_unkept(response: Response) -> Response:
    """Return the response; nobody is to keep it where it is an error, which may soon be none."""
    if response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def problem(
    status: int, detail: str, more: Mapping[str, object] | None = None, kind: ProblemKind | None = None
) -> Response:
    """Return a problem as JSON (RFC 9457): what it is, where it was met, and any further members."""
    titled = kind.title if kind else say(_TITLES[status]) if status in _TITLES else HTTPStatus(status).phrase
    members = {
        "type": kind.address if kind else "about:blank",
        "title": _plain(titled),
        "status": status,
        "detail": _plain(detail),
        "instance": quote(request.script_root + request.path),
    }
    body = json.dumps({**members, **(more or {})}, ensure_ascii=False)
    return Response(body, status, content_type=PROBLEM_JSON)


def bad_parameters(problems: Sequence[Problem], links: Links) -> Response:
    """Return 400 with the name of the first bad parameter, and all of them under `errors`."""
    first = problems[0]
    errors = [{"parameter": each.parameter, "value": each.value, "detail": each.message} for each in problems]
    detail = say("{name} : {message}", {"name": first.parameter, "message": first.message})
    kind = ProblemKind(links.problem("parametres"), say("Paramètres illisibles"))
    return problem(400, detail, {"parameter": first.parameter, "errors": errors}, kind)


def broken_index(error: ManchetteError, links: Links) -> Response:
    """Return 503 for an index that cannot answer, with what is to be done."""
    kind = ProblemKind(links.problem("index"), say("L’index ne répond pas"))
    response = problem(503, shorten(str(error), MAX_MESSAGE, placeholder="…"), kind=kind)
    response.headers["Cache-Control"] = "no-store"
    return response


def _plain(text: str) -> str:
    return text.unescape() if isinstance(text, Markup) else text
