"""The OpenAPI 3.1 document: operations, parameters, schemas and problems of the API, put together."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from searchapp.api.asked import Parameter
from searchapp.api.examples import Examples
from searchapp.api.operations import Operation, operations
from searchapp.api.schemas import SCHEMAS, reference
from searchapp.errors import PROBLEM_JSON
from searchapp.typography import later, number, say

Document = dict[str, Any]

_DESCRIPTION = later(
    "La recherche pour les programmes : les adresses et les paramètres sont ceux des pages. Les adresses "
    "dans les réponses partent de la racine de l’hôte. Un paramètre inconnu ou vide est ignoré, un "
    "paramètre illisible refusé. L’adresse décide de la forme de la réponse, non l’en-tête Accept."
)

PROBLEMS: Mapping[int, str] = {
    400: later("Un paramètre est illisible ; `errors` les nomme tous."),
    404: later("Rien n’a cette adresse."),
    405: later("Il n’y a que GET, HEAD et OPTIONS."),
    503: later("L’index ne peut pas être lu ; ce n’est pas la même chose que ne rien trouver."),
}
"""The states that answer with a problem, and what each means, to be said."""


def document(title: str, server: str, examples: Examples, *, feeds: bool = True) -> Document:
    """Return the document of an API below a server's URL, its examples those given, with feeds or without.

    Its texts are in the language of the request: this is where all of them are said.
    """
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version("manchette"), "description": _said(_DESCRIPTION)},
        "servers": [{"url": server.rstrip("/") or "/"}],
        "paths": {
            each.path: {"get": _operation(each)}
            for each in operations(examples)
            if feeds or each.id != "feed"
        },
        "components": {
            "schemas": _described(SCHEMAS),
            "responses": {str(status): _problem(meaning) for status, meaning in PROBLEMS.items()},
        },
    }


def _operation(operation: Operation) -> Document:
    return {
        "operationId": operation.id,
        "summary": _said(operation.summary),
        "description": _said(operation.description, operation.limit),
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": {
            "200": {
                "description": _said(operation.answer),
                "content": {operation.media: {"schema": operation.schema}},
            },
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in operation.problems},
        },
    }


def _parameter(parameter: Parameter) -> Document:
    description = _said(parameter.description, parameter.limit)
    if parameter.others:
        others = ", ".join(f"`{name}`" for name in parameter.others)
        values = {"description": description, "names": others}
        description = say("{description} Aussi : {names}.", values).unescape()
    row: Document = {
        "name": parameter.name,
        "in": parameter.place,
        "description": description,
        "required": parameter.place == "path",
        "schema": parameter.schema,
    }
    return row if parameter.example is None else row | {"example": parameter.example}


def _problem(meaning: str) -> Document:
    return {"description": _said(meaning), "content": {PROBLEM_JSON: {"schema": reference("Problem")}}}


def _described(schema: Any) -> Any:
    """Return a schema with its descriptions said, and those of all that is inside it."""
    match schema:
        case {"description": str(text), **others}:
            return {"description": _said(text), **{key: _described(each) for key, each in others.items()}}
        case Mapping():
            return {key: _described(each) for key, each in schema.items()}
        case list():
            return [_described(each) for each in schema]
        case _:
            return schema


def _said(text: str, limit: int = 0) -> str:
    return say(text, {"n": number(limit)}).unescape()
