"""The operations of the API: for each its path, what it gives, what it takes."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.api.asked import (
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

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """Hold one operation: GET on a path. `answer` says what 200 has, in `media`, as `schema`."""

    id: str
    path: str
    summary: str
    description: str
    answer: str
    media: str
    schema: Schema
    parameters: tuple[Parameter, ...]
    missing: str = ""

    @property
    def problems(self) -> tuple[int, ...]:
        """Return the states that answer with a problem."""
        return (*((400,) if self._refuses else ()), *((404,) if self.missing else ()), 503)

    @property
    def _refuses(self) -> bool:
        return any(each.place == "query" for each in self.parameters)


def operations(examples: Examples) -> tuple[Operation, ...]:
    """Return all operations in the order of the page."""
    no_article = "Aucun article n’a cet identifiant."
    one = (article_id(examples.article),)
    tagged = with_examples(SEARCH, {"tag": [examples.tag]})
    return (
        Operation(
            "search",
            "/api/v1/search",
            "Chercher",
            "Les articles d’une recherche, page par page, avec ses facettes ; les paramètres sont ceux de la "
            "page de résultats.",
            "Une page de résultats.",
            JSON,
            reference("Results"),
            with_examples(SEARCH, {"q": examples.words, "tri": "recents", "taille": 3}),
        ),
        Operation(
            "article",
            "/api/v1/articles/{id}",
            "Lire un article",
            "Un article avec tout ce que l’index en garde.",
            "L’article.",
            JSON,
            reference("Article"),
            one,
            no_article,
        ),
        Operation(
            "related",
            "/api/v1/articles/{id}/related",
            "Trouver des articles proches",
            "Les articles qui ressemblent le plus à celui-ci, chacun avec la raison.",
            "Les articles proches, le plus proche d’abord.",
            JSON,
            _array("Related"),
            one,
            no_article,
        ),
        Operation(
            "story",
            "/api/v1/articles/{id}/story",
            "Suivre un événement",
            "Les articles sur le même événement, dans l’ordre des dates ; aucun où il n’y en a pas quatre.",
            "La chronologie.",
            JSON,
            _array("Chapter"),
            one,
            no_article,
        ),
        Operation(
            "values",
            "/api/v1/facets/{facet}",
            "Lister les valeurs d’une facette",
            "Toutes les valeurs d’une facette dans une recherche, page par page ; les filtres de la facette "
            "même ne comptent pas.",
            "Une page de valeurs.",
            JSON,
            reference("FacetValues"),
            (
                facet_name("tag"),
                *with_examples(of_values(), {"commence": examples.tag[:1], "tri": "nom", "taille": 5}),
            ),
            "Aucune facette n’a ce nom.",
        ),
        Operation(
            "suggestions",
            "/api/v1/suggestions",
            "Compléter",
            "Les tags, personnes, mots et titres dont un mot commence ainsi.",
            "Les suites possibles.",
            JSON,
            reference("Suggestions"),
            (typed(examples.words[:4]),),
        ),
        Operation(
            "table",
            "/search.csv",
            "Exporter en CSV",
            f"Les {MAX_ROWS} premiers articles d’une recherche, pour un tableur : UTF-8 avec marque, "
            "virgules, une ligne d’en-tête. `page` et `taille` n’y changent rien. Une cellule qui serait une "
            "formule commence par une apostrophe ; entre plusieurs tags ou personnes il y a une barre "
            "verticale.",
            "Le tableau.",
            "text/csv",
            {"type": "string"},
            tagged,
        ),
        Operation(
            "feed",
            "/feed.atom",
            "Suivre en Atom",
            "Les articles les plus récents d’une recherche. `page`, `taille` et `tri` n’y changent rien.",
            "Le flux.",
            "application/atom+xml",
            {"type": "string"},
            tagged,
        ),
        Operation(
            "opensearch",
            "/opensearch.xml",
            "Chercher depuis un navigateur",
            "La description OpenSearch d’une recherche avec ces filtres ; les mots sont ceux du navigateur.",
            "La description.",
            "application/opensearchdescription+xml",
            {"type": "string"},
            tagged,
        ),
        Operation(
            "opensearch_suggestions",
            "/opensearch/suggestions",
            "Compléter dans un navigateur",
            "Les suites possibles dans la forme d’OpenSearch.",
            "Les quatre listes.",
            "application/x-suggestions+json",
            reference("OpenSearchSuggestions"),
            (typed(examples.words[:4]),),
        ),
    )


def _array(name: str) -> Schema:
    return {"type": "array", "items": reference(name)}
