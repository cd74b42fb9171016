"""The operations of the API: for each its path, what it gives, what it takes."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.api.asked import (
    LANGUAGE,
    SEARCH,
    Parameter,
    article_id,
    facet_name,
    of_values,
    typed,
    with_examples,
)
from searchapp.api.examples import Examples
from searchapp.api.schemas import Schema, reference
from searchapp.table import MAX_ROWS
from searchapp.typography import later

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """Hold one operation: GET on a path. `answer` says what 200 has, in `media`, as `schema`.

    Its texts are said when the document is made; `limit` is the {n} of the description. `missing` tells
    that a path may lead to nothing.
    """

    id: str
    path: str
    summary: str
    description: str
    answer: str
    media: str
    schema: Schema
    parameters: tuple[Parameter, ...]
    missing: bool = False
    limit: int = 0

    @property
    def problems(self) -> tuple[int, ...]:
        """Return the states that answer with a problem."""
        return (400, *((404,) if self.missing else ()), 429, 503)


def operations(examples: Examples) -> tuple[Operation, ...]:
    """Return all operations in the order of the page."""
    one = (article_id(examples.article), LANGUAGE)
    tagged = with_examples(SEARCH, {"tag": [examples.tag]})
    return (
        Operation(
            "search",
            "/api/v1/search",
            later("Chercher"),
            later(
                "Les articles d’une recherche, page par page, avec ses facettes ; les paramètres sont "
                "ceux de la page de résultats."
            ),
            later("Une page de résultats."),
            JSON,
            reference("Results"),
            with_examples(SEARCH, {"q": examples.words, "tri": "recents", "taille": 3}),
        ),
        Operation(
            "article",
            "/api/v1/articles/{id}",
            later("Lire un article"),
            later("Un article avec tout ce que l’index en garde."),
            later("L’article."),
            JSON,
            reference("Article"),
            one,
            missing=True,
        ),
        Operation(
            "related",
            "/api/v1/articles/{id}/related",
            later("Trouver des articles proches"),
            later("Les articles qui ressemblent le plus à celui-ci, chacun avec la raison."),
            later("Les articles proches, le plus proche d’abord."),
            JSON,
            _array("Related"),
            one,
            missing=True,
        ),
        Operation(
            "story",
            "/api/v1/articles/{id}/story",
            later("Suivre un événement"),
            later(
                "Les articles sur le même événement, dans l’ordre des dates ; aucun où il n’y en a pas "
                "quatre."
            ),
            later("La chronologie."),
            JSON,
            _array("Chapter"),
            one,
            missing=True,
        ),
        Operation(
            "values",
            "/api/v1/facets/{facet}",
            later("Lister les valeurs d’une facette"),
            later(
                "Toutes les valeurs d’une facette dans une recherche, page par page ; les filtres de la "
                "facette même ne comptent pas."
            ),
            later("Une page de valeurs."),
            JSON,
            reference("FacetValues"),
            (
                facet_name("tag"),
                *with_examples(of_values(), {"commence": examples.tag[:1], "tri": "nom", "taille": 5}),
            ),
            missing=True,
        ),
        Operation(
            "suggestions",
            "/api/v1/suggestions",
            later("Compléter"),
            later("Les tags, personnes, mots et titres dont un mot commence ainsi."),
            later("Les suites possibles."),
            JSON,
            reference("Suggestions"),
            (typed(examples.words[:4]), LANGUAGE),
        ),
        Operation(
            "table",
            "/search.csv",
            later("Exporter en CSV"),
            later(
                "Les {n} premiers articles d’une recherche, pour un tableur : UTF-8 avec marque, virgules, "
                "une ligne d’en-tête. `page` et `taille` n’y changent rien. Une cellule qui serait une "
                "formule commence par une apostrophe ; entre plusieurs tags ou personnes il y a une barre "
                "verticale."
            ),
            later("Le tableau."),
            "text/csv",
            {"type": "string"},
            tagged,
            limit=MAX_ROWS,
        ),
        Operation(
            "feed",
            "/feed.atom",
            later("Suivre en Atom"),
            later(
                "Les articles les plus récents d’une recherche. `page`, `taille` et `tri` n’y changent rien."
            ),
            later("Le flux."),
            "application/atom+xml",
            {"type": "string"},
            tagged,
        ),
        Operation(
            "opensearch",
            "/opensearch.xml",
            later("Chercher depuis un navigateur"),
            later(
                "La description OpenSearch d’une recherche avec ces filtres ; les mots sont ceux du "
                "navigateur."
            ),
            later("La description."),
            "application/opensearchdescription+xml",
            {"type": "string"},
            tagged,
        ),
        Operation(
            "opensearch_suggestions",
            "/opensearch/suggestions",
            later("Compléter dans un navigateur"),
            later("Les suites possibles dans la forme d’OpenSearch."),
            later("Les quatre listes."),
            "application/x-suggestions+json",
            reference("OpenSearchSuggestions"),
            (typed(examples.words[:4]), LANGUAGE),
        ),
    )


def _array(name: str) -> Schema:
    return {"type": "array", "items": reference(name)}
