"""The JSON API below `/api/v1/`: its routes, its answers, and the OpenAPI document that describes them."""

from searchapp.api.document import Document, document
from searchapp.api.examples import Examples
from searchapp.api.routes import add_api, described
from searchapp.api.suggestions import opensearch_body, suggestions
from searchapp.api.typed import read_typed

__all__ = [
    "Document",
    "Examples",
    "add_api",
    "described",
    "document",
    "opensearch_body",
    "read_typed",
    "suggestions",
]
