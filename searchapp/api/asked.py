"""What operations take: the parameters of a search and of the other operations, as the document has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from searchapp.api.schemas import Schema
from searchapp.api.suggestions import MAX_PREFIX
from searchapp.api.values import LISTED
from searchapp.browsing import CONTAINS, ORDERS, PREFIX
from searchapp.catalogues import LANGUAGES
from searchapp.language import PARAMETER
from searchapp.parameters import MAX_FILTERS, MAX_PAGE, MAX_SIZE, MAX_VALUE, MAX_WORDS, NAMES, NO, YES
from searchapp.state import SIZE, SORTS
from searchapp.typography import later

Example = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """Hold a parameter: its name, what it does, its schema, an example; `place` is query or path.

    The description is said when the document is made; `limit` is its {n}. `others` are the names under
    which the parameter is read as well.
    """

    name: str
    description: str
    schema: Schema
    example: Example = None
    place: str = "query"
    others: tuple[str, ...] = ()
    limit: int = 0


def with_examples(
    parameters: tuple[Parameter, ...], examples: Mapping[str, Example]
) -> tuple[Parameter, ...]:
    """Return the parameters with these examples."""
    return tuple(replace(each, example=examples.get(each.name)) for each in parameters)


def article_id(example: str) -> Parameter:
    """Return the id of an article in a path."""
    description = later(
        "Identifiant de l’article ; ses barres obliques restent telles quelles. "
        "`links.self` l’a toujours comme il faut."
    )
    return Parameter("id", description, {"type": "string", "minLength": 1}, example, "path")


def facet_name(example: str) -> Parameter:
    """Return the name of a facet in a path."""
    schema = {"type": "string", "enum": list(LISTED)}
    return Parameter("facet", later("La facette."), schema, example, "path")


def typed(example: str) -> Parameter:
    """Return what is being typed."""
    schema = {"type": "string", "maxLength": MAX_PREFIX}
    return Parameter("q", later("Ce qui est tapé ; il faut deux lettres au moins."), schema, example)


def of_values() -> tuple[Parameter, ...]:
    """Return the parameters of a list of values: those of a search, its order put for that of values."""
    own = (
        Parameter("commence", later("Valeurs qui commencent ainsi."), _text(MAX_VALUE), others=PREFIX[1:]),
        Parameter("contient", later("Valeurs qui ont ceci."), _text(MAX_VALUE), others=CONTAINS[1:]),
        _of_search(
            "tri",
            later("Ordre des valeurs, celui des nombres par défaut, des mois pour les dates."),
            {"type": "string", "enum": [*ORDERS.values(), *ORDERS]},
        ),
    )
    kept = [each for each in SEARCH if each.name not in {"tri", "page", "taille", PARAMETER}]
    return (
        *kept,
        *own,
        _number("page", later("Page de la liste, à partir de 1."), 1, MAX_PAGE),
        _number("taille", later("Valeurs par page."), SIZE, MAX_SIZE),
        LANGUAGE,
    )


def _text(longest: int) -> Schema:
    return {"type": "string", "maxLength": longest}


def _of_search(name: str, description: str, schema: Schema, limit: int = 0) -> Parameter:
    return Parameter(name, description, schema, others=NAMES[name][1:], limit=limit)


def _values(name: str, description: str) -> Parameter:
    schema = {"type": "array", "items": {"type": "string", "maxLength": MAX_VALUE}, "maxItems": MAX_FILTERS}
    return _of_search(name, description, schema, MAX_FILTERS)


def _date(name: str, description: str) -> Parameter:
    year, month = "(?!0000)[0-9]{4}", "(?:0[1-9]|1[0-2])"
    schema = {
        "anyOf": [
            {"type": "string", "format": "date", "pattern": f"^{year}-[0-9]{{2}}-[0-9]{{2}}$"},
            {"type": "string", "pattern": f"^{year}(?:-{month})?$"},
        ]
    }
    return _of_search(name, description, schema)


def _flag(name: str, description: str) -> Parameter:
    return _of_search(name, description, {"type": "string", "enum": [*YES, *NO]})


def _number(name: str, description: str, default: int, highest: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": highest, "default": default}
    return _of_search(name, description, schema)


LANGUAGE = Parameter(
    PARAMETER,
    later(
        "Langue de ce qui est dit, où l’hôte la laisse choisir ; sinon celle de l’en-tête Accept-Language."
    ),
    {"type": "string", "enum": list(LANGUAGES)},
)
"""The parameter that every operation has: answers, their links and problems are in this language."""

SEARCH = (
    _of_search("q", later("Les mots, dans le langage de la recherche."), _text(MAX_WORDS)),
    _values(
        "personne",
        later(
            "Articles qui nomment cette personne. Répété : l’une ou l’autre ; {n} filtres au plus en tout."
        ),
    ),
    _flag("toutespersonnes", later("1 : les articles qui nomment toutes les personnes demandées.")),
    _values("tag", later("Articles qui ont ce tag. Répété : l’un ou l’autre ; {n} filtres au plus en tout.")),
    _flag("toustags", later("1 : les articles qui ont tous les tags demandés.")),
    _values(
        "section",
        later("Articles de cette section. Répété : l’une ou l’autre ; {n} filtres au plus en tout."),
    ),
    _date(
        "du",
        later(
            "Articles à partir de ce jour. Un jour, un mois ou une année : `2018-11-18`, `2018-11`, `2018`."
        ),
    ),
    _date(
        "au",
        later("Articles jusqu’à ce jour. Un jour, un mois ou une année : `2018-11-18`, `2018-11`, `2018`."),
    ),
    _flag("sansdate", later("Articles sans date ; avec une période, ceux-là aussi.")),
    _of_search(
        "tri",
        later("Ordre, celui de la pertinence par défaut où il y a des mots."),
        {"type": "string", "enum": [*SORTS.values(), *SORTS]},
    ),
    _number("page", later("Page, à partir de 1."), 1, MAX_PAGE),
    _number("taille", later("Articles par page."), SIZE, MAX_SIZE),
    _flag("telquel", later("1 : les mots comme ils sont écrits, sans correction.")),
    _flag("synonymes", later("0 : sans synonymes.")),
    LANGUAGE,
)
"""The parameters of a search in the order in which URLs have them."""
