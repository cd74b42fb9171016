"""The page of the API: the OpenAPI document → everything that `api.html` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from searchapp.api_parts import ApiField, ApiObject, ApiOperation
from searchapp.ids import id_to_path
from searchapp.links import Links
from searchapp.pages import ApiPage
from searchapp.parts import Ref
from searchapp.typography import later, number, say

_KINDS = {
    "string": later("texte"),
    "integer": later("nombre entier"),
    "number": later("nombre"),
    "boolean": later("vrai ou faux"),
    "array": later("liste"),
    "object": later("objet"),
    "null": later("null"),
}
_PROBLEMS = {"400": "parametres", "429": "demandes", "503": "index"}
"""The states whose problem has a type of its own, and the name that its URL ends with."""


def api_page(document: Mapping[str, Any], links: Links) -> ApiPage:
    """Return the page of a document."""
    schemas: Mapping[str, Any] = document["components"]["schemas"]
    responses: Mapping[str, Any] = document["components"]["responses"]
    return ApiPage(
        title="API",
        version=document["info"]["version"],
        description=document["info"]["description"],
        document=links.api_document(),
        operations=tuple(_operation(path, each["get"], links) for path, each in document["paths"].items()),
        objects=tuple(
            ApiObject(name, each["description"], tuple(_fields(each))) for name, each in schemas.items()
        ),
        problems=tuple(
            ApiField(status, _PROBLEMS.get(status, status), each["description"])
            for status, each in responses.items()
        ),
    )


def _operation(path: str, operation: Mapping[str, Any], links: Links) -> ApiOperation:
    answer = operation["responses"]["200"]
    [(media, content)] = answer["content"].items()
    path_shown, query = _example(path, operation["parameters"])
    return ApiOperation(
        id=operation["operationId"],
        title=operation["summary"],
        description=operation["description"],
        path=path,
        parameters=tuple(
            ApiField(each["name"], _kind(each["schema"]), each["description"])
            for each in operation["parameters"]
        ),
        example=Ref(f"{path_shown}?{query}" if query else path_shown, links.below(path_shown, query)),
        answer=answer["description"],
        media=media,
        object=_name(content["schema"]),
        states=tuple(operation["responses"]),
    )


def _example(path: str, parameters: list[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the path and query of the request that the examples of the parameters make."""
    query = []
    for each in parameters:
        if "example" not in each:
            continue
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", quote(id_to_path(each["example"]), safe="/"))
        else:
            query.append((each["name"], each["example"]))
    return path, urlencode(query, doseq=True, quote_via=quote)


def _fields(schema: Mapping[str, Any], before: str = "") -> Iterator[ApiField]:
    """Yield the fields of an object, those of an object inside it behind its name; a list has none."""
    for name, each in schema.get("properties", {}).items():
        kind = _kind(each)
        if name not in schema["required"]:
            kind = say("{kind}, peut manquer", {"kind": kind})
        text = each.get("description", "")
        yield ApiField(f"{before}{name}", kind, text, _name(each))
        if each.get("type") == "object":
            yield from _fields(each, f"{before}{name}.")


def _kind(schema: Mapping[str, Any]) -> Markup:
    """Say in words what a value may be; values that are to be written so stand between ` `."""
    if "enum" in schema:
        return Markup(", ").join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0])
    if schema.get("type") == "array" and "items" in schema and not _name(schema):
        return say("liste, {items}", {"items": _kind(schema["items"])})
    if "$ref" in schema:
        return say("objet")
    kinds = schema["type"]
    words = [say(_KINDS[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if "minimum" in schema and "maximum" in schema:
        words.append(
            say("de {first} à {last}", {"first": schema["minimum"], "last": number(schema["maximum"])})
        )
    if "default" in schema:
        words.append(say("{n} par défaut", {"n": schema["default"]}))
    return Markup(", ").join(words)


def _name(schema: Mapping[str, Any]) -> str:
    """Return the name of the object that a schema stands for, by itself or as items of a list."""
    inner = schema.get("items", schema)
    return str(inner.get("$ref", "")).rpartition("/")[2]
