"""Answers for what went wrong: pages for readers, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from textwrap import shorten

from flask import Response

from indexer import ManchetteError
from searchapp.mount import Mount
from searchapp.pages import ErrorPage
from searchapp.parameters import Problem

PROBLEM_JSON = "application/problem+json"

MAX_MESSAGE = 500
"""Characters of an error that a page shows; some quote what they found in a file."""


def missing_page(mount: Mount, message: str = "Aucune page n’a cette adresse.") -> Response:
    """Return the page for an address that leads nowhere."""
    page = ErrorPage(404, "Page introuvable", message)
    return Response(mount.render("error.html", page), 404)


def broken_page(mount: Mount, error: ManchetteError) -> Response:
    """Return the page for an index that cannot answer, with what is to be done."""
    message = shorten(str(error), MAX_MESSAGE, placeholder="…")
    page = ErrorPage(503, "La recherche ne répond pas", message)
    return Response(mount.render("error.html", page), 503)


def errors_unkept(response: Response) -> Response:
    """Return the response; nobody is to keep it where it is an error, which may soon be none."""
    if response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def problem(status: int, detail: str, more: Mapping[str, object] | None = None) -> Response:
    """Return a problem as JSON: its status, what it is, and any further members."""
    members = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps({**members, **(more or {})}, ensure_ascii=False)
    return Response(body, status, content_type=PROBLEM_JSON)


def bad_parameters(problems: Sequence[Problem]) -> Response:
    """Return 400 with the name of the first bad parameter, and all of them under `errors`."""
    first = problems[0]
    errors = [{"parameter": each.parameter, "value": each.value, "detail": each.message} for each in problems]
    detail = f"{first.parameter} : {first.message}"
    return problem(400, detail, {"parameter": first.parameter, "errors": errors})
