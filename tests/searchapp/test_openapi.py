"""The OpenAPI document: that it is one, and that every answer is what it says (schemathesis)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web_pages import parsed, texts

from searchapp.api import Examples, document
from searchapp.parameters import NAMES, clean

ARTICLE = "pages/sciences/20161118-pesquet-decolle-de-baikonour"


def closed(schema: Any) -> Any:
    """Return a document whose objects have no other fields than those that it names."""
    match schema:
        case {"type": "object", "properties": dict()}:
            inner = {key: closed(value) for key, value in schema.items()}
            return inner | {"additionalProperties": False}
        case dict():
            return {key: closed(value) for key, value in schema.items()}
        case list():
            return [closed(each) for each in schema]
        case _:
            return schema


class Late:
    """Be an app that is only known when a test runs."""

    app: Flask

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


LATE = Late()
DOCUMENT = document("Manchette", "http://localhost/", Examples(ARTICLE))
SCHEMA = schemathesis.openapi.from_dict(closed(DOCUMENT))
SCHEMA.app = LATE


@pytest.fixture
def served(app: Flask) -> None:
    LATE.app = app


BETWEEN_PARAMETERS = ("Période à l’envers", "Period reversed", "Trop de filtres", "Too many filters")
"""What is wrong with parameters that are right one by one: OpenAPI has no words for it."""


@SCHEMA.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_documented(case: schemathesis.Case, served: None) -> None:
    # What a test client is sent packed it does not unpack.
    response = case.call(headers={"Accept-Encoding": "identity"})
    errors = response.json()["errors"] if response.status_code == 400 else []
    excused = []
    if errors and all(each["detail"].startswith(BETWEEN_PARAMETERS) for each in errors):
        excused.append(positive_data_acceptance)
    if ignored(case, str(response.request.url)):
        excused.append(negative_data_rejection)
    case.validate_response(response, excluded_checks=excused)


def ignored(case: schemathesis.Case, url: str) -> bool:
    """Tell whether a part of a URL is ignored, as documented, so that it cannot be what is wrong with it.

    Those are empty parameters, which forms send, blanks and control characters around and within a value,
    and unknown parameters, such as the `page[x]=1` by which schemathesis writes an object for a number.
    """
    known = {each["name"] for each in DOCUMENT["paths"][case.operation.path]["get"]["parameters"]}
    given = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return any(name not in known or not value or clean(value) != value for name, value in given)


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(path, each["get"]) for path, each in DOCUMENT["paths"].items()]


def test_the_document_served_has_its_examples_from_the_index(client: FlaskClient) -> None:
    served = client.get("/api/v1/openapi.json").get_json()
    validate(served)
    assert list(served["paths"]) == list(DOCUMENT["paths"])
    [id, _] = served["paths"]["/api/v1/articles/{id}"]["get"]["parameters"]
    assert client.get(f"/api/v1/articles/{id['example']}").status_code == 200
    assert served["servers"] == [{"url": "http://localhost"}]


def test_every_route_for_programs_is_documented(app: Flask) -> None:
    left_out = {"/suggest", "/api/v1/openapi.json", "/api/v1/", "/api/v1/<path:rest>"}
    rules = {rule.rule for rule in app.url_map.iter_rules() if "TRACE" in (rule.methods or ())} - left_out
    assert {rule.replace("<manchette_id:id>", "{id}").replace("<facet>", "{facet}") for rule in rules} == set(
        DOCUMENT["paths"]
    )


def test_every_parameter_of_a_search_is_documented_in_its_order() -> None:
    asked = DOCUMENT["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [each["name"] for each in asked] == list(NAMES)
    for each in asked:
        for other in NAMES[each["name"]][1:]:
            assert f"`{other}`" in each["description"]


@pytest.mark.parametrize("path", [path for path, _ in operations()])
def test_every_operation_has_the_language_and_refuses_an_unknown_one(client: FlaskClient, path: str) -> None:
    asked = DOCUMENT["paths"][path]["get"]["parameters"]
    assert asked[-1]["name"] == "lang"
    assert asked[-1]["schema"]["enum"] == ["fr", "en"]
    url = path.replace("{id}", ARTICLE).replace("{facet}", "tag")
    answer = client.get(f"{url}?lang=de")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "lang")
    for language in ("fr", "en"):
        with client.get(f"{url}?lang={language}") as answer:
            assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)


def said(part: Any) -> Iterator[str]:
    """Yield the texts of a document."""
    match part:
        case dict():
            for key, value in part.items():
                if key in {"summary", "description"} and isinstance(value, str):
                    yield value
                else:
                    yield from said(value)
        case list():
            for each in part:
                yield from said(each)


def test_the_document_is_in_the_language_of_the_request(client: FlaskClient) -> None:
    french, english = (client.get(f"/api/v1/openapi.json?lang={code}").get_json() for code in ("fr", "en"))
    validate(english)
    texts_of_both = list(zip(said(french), said(english), strict=True))
    assert len(texts_of_both) > 200
    assert {one for one, other in texts_of_both if one == other} == {"Tags."}
    assert [each for _, each in texts_of_both if re.search("[àâçéèêîôûœ«»’{}]", each)] == []
    assert [each for each, _ in texts_of_both if re.search(" [;:!?»]|« |[{}]", each)] == []


def test_every_schema_is_used_and_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    for name in DOCUMENT["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text
    for name in re.findall('"#/components/schemas/([^"]*)"', text):
        assert name in DOCUMENT["components"]["schemas"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/nichts", "/search.csv", "/feed.atom"])
def test_programs_may_only_read(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.get_json()["instance"] == path


def test_options_and_head(client: FlaskClient) -> None:
    answer = client.options("/api/v1/search")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    answer = client.head("/api/v1/search?q=climat")
    assert (answer.status_code, answer.data) == (200, b"")


def test_the_page_shows_the_document(client: FlaskClient) -> None:
    page = parsed(client.get("/api/"))
    assert texts(page, "//section[@class='api']/h2") == [each["summary"] for _, each in operations()]
    rows = texts(page, "//section[@class='api'][1]//tbody/tr/th")
    assert rows == list(NAMES)
    assert page.xpath("//a/@href[. = '/api/v1/openapi.json']")
    for name in DOCUMENT["components"]["schemas"]:
        assert page.xpath(f"//h3[@id='objet-{name}']")


@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_every_example_of_the_page_works_and_finds_something(client: FlaskClient, language: str) -> None:
    page = parsed(client.get(f"/api/{language}"))
    examples = page.xpath("//section[@class='api']/p/a/@href[starts-with(., '/')]")
    assert all(("lang=en" in url) == bool(language) for url in examples)
    assert len(examples) == len(DOCUMENT["paths"])
    for url in examples:
        answer = client.get(url)
        assert answer.status_code == 200, url
        body = answer.get_json(silent=True)
        if isinstance(body, dict) and "total" in body:
            assert body["total"], url


def test_a_problem_has_a_type_that_the_page_explains(client: FlaskClient) -> None:
    kind = client.get("/api/v1/search?page=x").get_json()["type"]
    address, _, name = kind.partition("#")
    assert parsed(client.get(address)).xpath("//*[@id=$name]", name=name)
