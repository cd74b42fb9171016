"""The page of the API: the OpenAPI document → everything that `api.html` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from searchapp.ids import id_to_path
from searchapp.links import Links
from searchapp.pages import ApiPage
from searchapp.parts import ApiField, ApiObject, ApiOperation, Ref
from searchapp.typography import set_spaces

_KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "array": "liste",
    "object": "objet",
    "null": "null",
}
_PROBLEMS = {"400": "parametres", "503": "index"}
"""The states whose problem has a type of its own, and the name that its URL ends with."""


def api_page(document: Mapping[str, Any], links: Links) -> ApiPage:
    """Return the page of a document."""
    schemas: Mapping[str, Any] = document["components"]["schemas"]
    responses: Mapping[str, Any] = document["components"]["responses"]
    return ApiPage(
        title="API",
        version=document["info"]["version"],
        description=set_spaces(document["info"]["description"]),
        document=links.api_document(),
        operations=tuple(_operation(path, each["get"], links) for path, each in document["paths"].items()),
        objects=tuple(
            ApiObject(name, set_spaces(each["description"]), tuple(_fields(each)))
            for name, each in schemas.items()
        ),
        problems=tuple(
            ApiField(status, _PROBLEMS.get(status, status), set_spaces(each["description"]))
            for status, each in responses.items()
        ),
    )


def _operation(path: str, operation: Mapping[str, Any], links: Links) -> ApiOperation:
    answer = operation["responses"]["200"]
    [(media, content)] = answer["content"].items()
    shown = _example(path, operation["parameters"])
    return ApiOperation(
        id=operation["operationId"],
        title=operation["summary"],
        description=set_spaces(operation["description"]),
        path=path,
        parameters=tuple(
            ApiField(each["name"], _kind(each["schema"]), set_spaces(each["description"]))
            for each in operation["parameters"]
        ),
        example=Ref(shown, links.search().rstrip("/") + shown),
        answer=set_spaces(answer["description"]),
        media=media,
        object=_name(content["schema"]),
        states=tuple(operation["responses"]),
    )


def _example(path: str, parameters: list[Mapping[str, Any]]) -> str:
    """Return the path and query of the request that the examples of the parameters make."""
    query = []
    for each in parameters:
        if "example" not in each:
            continue
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", quote(id_to_path(each["example"]), safe="/"))
        else:
            query.append((each["name"], each["example"]))
    return f"{path}?{urlencode(query, doseq=True, quote_via=quote)}" if query else path


def _fields(schema: Mapping[str, Any], before: str = "") -> Iterator[ApiField]:
    """Yield the fields of an object, those of an object inside it behind its name; a list has none."""
    for name, each in schema.get("properties", {}).items():
        missing = "" if name in schema["required"] else ", peut manquer"
        text = set_spaces(each.get("description", ""))
        yield ApiField(f"{before}{name}", _kind(each) + missing, text, _name(each))
        if each.get("type") == "object":
            yield from _fields(each, f"{before}{name}.")


def _kind(schema: Mapping[str, Any]) -> str:
    """Say in words what a value may be."""
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return _kind(schema["anyOf"][0])
    if schema.get("type") == "array" and "items" in schema and not _name(schema):
        return f"liste, {_kind(schema['items'])}"
    if "$ref" in schema:
        return "objet"
    kinds = schema["type"]
    words = [_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if "minimum" in schema and "maximum" in schema:
        words.append(f"de {schema['minimum']} à {schema['maximum']}")
    if "default" in schema:
        words.append(f"{schema['default']} par défaut")
    return ", ".join(words)


def _name(schema: Mapping[str, Any]) -> str:
    """Return the name of the object that a schema stands for, by itself or as items of a list."""
    inner = schema.get("items", schema)
    return str(inner.get("$ref", "")).rpartition("/")[2]
