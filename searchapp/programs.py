"""Routes for programs: they only read, and what goes wrong is a problem as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, request

from searchapp.errors import problem
from searchapp.typography import say

View = Callable[..., Response]

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY")
"""The methods that are answered, most of them with 405: Flask's own page for it is not for programs."""

ALLOWED = "GET, HEAD, OPTIONS"


def for_programs(blueprint: Blueprint, rule: str) -> Callable[[View], View]:
    """Return what registers a view under its own name for GET and HEAD; search engines leave it alone."""

    def register(view: View) -> View:
        @wraps(view)
        def answer(**parts: str) -> Response:
            response = _answered(view, parts)
            response.headers.setdefault("X-Robots-Tag", "noindex")
            return response

        blueprint.add_url_rule(rule, view.__name__, answer, methods=METHODS, provide_automatic_options=False)
        return view

    return register


def as_json(body: object) -> Response:
    """Return a JSON response, letters as they are."""
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json")


def not_allowed() -> Response:
    """Return 405 with the methods that are."""
    response = problem(405, say("Seules les méthodes {names} ont une réponse.", {"names": ALLOWED}))
    response.headers["Allow"] = ALLOWED
    return response


def _answered(view: View, parts: dict[str, str]) -> Response:
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ALLOWED})
    if request.method not in {"GET", "HEAD"}:
        return not_allowed()
    return view(**parts)
