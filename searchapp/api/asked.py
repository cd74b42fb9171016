"""What operations take: the parameters of a search and of the other operations, as the document has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from searchapp.api.schemas import Schema
from searchapp.api.suggestions import MAX_PREFIX
from searchapp.api.values import CONTAINS, LISTED, ORDERS, PREFIX
from searchapp.parameters import MAX_FILTERS, MAX_PAGE, MAX_SIZE, MAX_VALUE, MAX_WORDS, NAMES, NO, YES
from searchapp.state import SIZE, SORTS

Example = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """Hold a parameter: its name, what it does, its schema, an example; `place` is query or path."""

    name: str
    description: str
    schema: Schema
    example: Example = None
    place: str = "query"


def with_examples(
    parameters: tuple[Parameter, ...], examples: Mapping[str, Example]
) -> tuple[Parameter, ...]:
    """Return the parameters with these examples."""
    return tuple(replace(each, example=examples.get(each.name)) for each in parameters)


def article_id(example: str) -> Parameter:
    """Return the id of an article in a path."""
    description = (
        "Identifiant de l’article ; ses barres obliques restent telles quelles. "
        "`links.self` l’a toujours comme il faut."
    )
    return Parameter("id", description, {"type": "string", "minLength": 1}, example, "path")


def facet_name(example: str) -> Parameter:
    """Return the name of a facet in a path."""
    return Parameter("facet", "La facette.", {"type": "string", "enum": list(LISTED)}, example, "path")


def typed(example: str) -> Parameter:
    """Return what is being typed."""
    schema = {"type": "string", "maxLength": MAX_PREFIX}
    return Parameter("q", "Ce qui est tapé ; il faut deux lettres au moins.", schema, example)


def of_values() -> tuple[Parameter, ...]:
    """Return the parameters of a list of values: those of a search, its order put for that of values."""
    own = (
        Parameter("commence", _described("Valeurs qui commencent ainsi.", PREFIX), _text(MAX_VALUE)),
        Parameter("contient", _described("Valeurs qui ont ceci.", CONTAINS), _text(MAX_VALUE)),
        Parameter(
            "tri",
            _described(
                "Ordre des valeurs, celui des nombres par défaut, des mois pour les dates.", NAMES["tri"]
            ),
            {"type": "string", "enum": [*ORDERS.values(), *ORDERS]},
        ),
    )
    kept = [each for each in SEARCH if each.name not in {"tri", "page", "taille"}]
    return (
        *kept,
        *own,
        _number("page", "Page de la liste, à partir de 1.", 1, MAX_PAGE),
        _number("taille", "Valeurs par page.", SIZE, MAX_SIZE),
    )


def _described(description: str, names: tuple[str, ...]) -> str:
    others = names[1:]
    return f"{description} Aussi : {', '.join(f'`{name}`' for name in others)}." if others else description


def _text(longest: int) -> Schema:
    return {"type": "string", "maxLength": longest}


def _of_search(name: str, description: str, schema: Schema) -> Parameter:
    return Parameter(name, _described(description, NAMES[name]), schema)


def _values(name: str, description: str) -> Parameter:
    schema = {"type": "array", "items": {"type": "string", "maxLength": MAX_VALUE}, "maxItems": MAX_FILTERS}
    more = f" Répété : l’une ou l’autre valeur ; {MAX_FILTERS} filtres au plus en tout."
    return _of_search(name, description + more, schema)


def _date(name: str, description: str) -> Parameter:
    year, month = "(?!0000)[0-9]{4}", "(?:0[1-9]|1[0-2])"
    schema = {
        "anyOf": [
            {"type": "string", "format": "date", "pattern": f"^{year}-[0-9]{{2}}-[0-9]{{2}}$"},
            {"type": "string", "pattern": f"^{year}(?:-{month})?$"},
        ]
    }
    return _of_search(
        name, f"{description} Un jour, un mois ou une année : `2018-11-18`, `2018-11`, `2018`.", schema
    )


def _flag(name: str, description: str) -> Parameter:
    return _of_search(name, description, {"type": "string", "enum": [*YES, *NO]})


def _number(name: str, description: str, default: int, highest: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": highest, "default": default}
    return _of_search(name, description, schema)


SEARCH = (
    _of_search("q", "Les mots, dans le langage de la recherche.", _text(MAX_WORDS)),
    _values("personne", "Articles qui nomment cette personne."),
    _values("tag", "Articles qui ont ce tag."),
    _values("section", "Articles de cette section."),
    _date("du", "Articles à partir de ce jour."),
    _date("au", "Articles jusqu’à ce jour."),
    _flag("sansdate", "Articles sans date ; avec une période, ceux-là aussi."),
    _of_search(
        "tri",
        "Ordre, celui de la pertinence par défaut où il y a des mots.",
        {"type": "string", "enum": [*SORTS.values(), *SORTS]},
    ),
    _number("page", "Page, à partir de 1.", 1, MAX_PAGE),
    _number("taille", "Articles par page.", SIZE, MAX_SIZE),
    _flag("telquel", "1 : les mots comme ils sont écrits, sans correction."),
    _flag("synonymes", "0 : sans synonymes."),
)
"""The parameters of a search in the order in which URLs have them."""
