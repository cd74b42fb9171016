"""The answers of the API as JSON Schema, in the dialect of OpenAPI 3.1.

Written by hand: what is said of a field is for readers of the page, and said in their language when the
document is made. Tests hold every answer against it, with all that is not named here forbidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from indexer import Kind
from searchapp.typography import later

Schema = Mapping[str, object]


def record(description: str, fields: Mapping[str, Schema], optional: Collection[str] = ()) -> Schema:
    """Return the schema of an object; all fields but the optional ones are always there."""
    return {
        "type": "object",
        "description": description,
        "properties": dict(fields),
        "required": [name for name in fields if name not in optional],
    }


def reference(name: str) -> Schema:
    """Return the schema that stands for a named one."""
    return {"$ref": f"#/components/schemas/{name}"}


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _url(description: str) -> Schema:
    return {"type": "string", "format": "uri-reference", "description": description}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _number(description: str) -> Schema:
    return {"type": "number", "description": description}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _list(description: str, items: Schema | None = None) -> Schema:
    return {"type": "array", "description": description, "items": items or {"type": "string"}}


def _choice(description: str, values: Collection[str]) -> Schema:
    return {"type": "string", "description": description, "enum": list(values)}


_ID = _text(later("Identifiant de l’article."))
_TITLE = _text(later("Titre."))
_PUBLISHED: Schema = {
    "type": ["string", "null"],
    "format": "date-time",
    "description": later("Date de parution ; null où elle est inconnue."),
}
_GENERATION = _text(later("État de l’index qui a répondu."))
_ARTICLE_LINKS = record(
    later("Adresses de l’article."),
    {"self": _url(later("En JSON.")), "html": _url(later("Page pour les lecteurs."))},
)
_PAGES = {
    "self": _url(later("Cette page.")),
    "first": _url(later("La première page.")),
    "last": _url(later("La dernière page.")),
    "prev": _url(later("La page d’avant, s’il y en a une.")),
    "next": _url(later("La page suivante, s’il y en a une.")),
}
_ENDS = ("prev", "next")

SCHEMAS: Mapping[str, Schema] = {
    "Results": record(
        later(
            "Une page de résultats, les facettes de tous les résultats et les adresses qui mènent plus loin."
        ),
        {
            "total": _count(later("Nombre d’articles trouvés.")),
            "page": _count(later("Numéro de la page, à partir de 1.")),
            "pages": _count(later("Nombre de pages que l’on peut demander.")),
            "size": _count(later("Articles par page.")),
            "sort": _choice(later("Ordre."), ("relevance", "newest", "oldest")),
            "hits": _list(later("Articles de la page."), reference("Hit")),
            "facets": record(
                later("Les valeurs les plus fréquentes de chaque facette ; `date` a tous les mois."),
                {
                    "tag": _list(later("Tags."), reference("FacetItem")),
                    "person": _list(later("Personnes nommées."), reference("FacetItem")),
                    "section": _list(later("Sections du journal."), reference("FacetItem")),
                    "date": _list(later("Mois, et ce qui est sans date."), reference("FacetItem")),
                },
            ),
            "notices": _list(later("Ce qui a été compris de la recherche."), reference("Notice")),
            "generation": _GENERATION,
            "links": record(
                later("Autres pages et autres formes de la même recherche."),
                {
                    **_PAGES,
                    "html": _url(later("Page pour les lecteurs.")),
                    "atom": _url(later("Les plus récents, en Atom.")),
                    "csv": _url(later("Tous, en CSV.")),
                },
                (*_ENDS, "atom"),
            ),
        },
    ),
    "Hit": record(
        later("Un article trouvé."),
        {
            "id": _ID,
            "title": _TITLE,
            "title_html": _text(later("Titre en HTML, les mots trouvés dans `mark`.")),
            "published": _PUBLISHED,
            "score": _number(later("Pertinence ; 0 dans l’ordre des dates.")),
            "tags": _list(later("Tags.")),
            "persons": _list(later("Personnes nommées.")),
            "section": _text(later("Section du journal.")),
            "snippet": _text(later("Extrait en HTML, les mots trouvés dans `mark`.")),
            "why": _list(later("Ce que l’article a de chaque mot."), reference("Reason")),
            "links": _ARTICLE_LINKS,
        },
    ),
    "Reason": record(
        later("Ce qu’un article a d’un mot de la recherche."),
        {
            "word": _text(later("Le mot, comme il a été écrit.")),
            "title": _count(later("Occurrences dans le titre.")),
            "text": _count(later("Occurrences dans le texte.")),
            "caption": _count(later("Occurrences dans la légende.")),
            "tags": _count(later("Occurrences dans les tags.")),
            "persons": _count(later("Occurrences dans les personnes, où elles ont été demandées.")),
            "section": _count(later("Occurrences dans la section, où elle a été demandée.")),
            "author": _count(later("Occurrences dans l’auteur, où il a été demandé.")),
            "exact": _flag(later("Si la forme écrite s’y trouve telle quelle.")),
            "forms": _list(later("Autres formes trouvées.")),
            "spellings": _list(later("Corrections par lesquelles il a été trouvé.")),
            "synonyms": _list(later("Synonymes par lesquels il a été trouvé.")),
            "share": _number(later("Part dans la pertinence, de 0 à 1.")),
        },
    ),
    "FacetItem": record(
        later("Une valeur d’une facette."),
        {
            "value": _text(
                later("Ce qui va dans une recherche ; un mois `2018-11`, ou vide pour « sans date ».")
            ),
            "label": _text(later("Ce que l’on montre.")),
            "count": _count(later("Articles qui l’ont, sans compter les filtres de la facette même.")),
            "selected": _flag(later("Si elle est choisie.")),
            "toggle": _url(later("La recherche avec cette valeur ou, où elle est choisie, sans elle.")),
        },
    ),
    "Notice": record(
        later("Ce qui a été fait des mots."),
        {
            "kind": _choice(later("De quoi il s’agit."), [kind.value for kind in Kind]),
            "words": _list(later("Les mots concernés ; après une correction, ce qui en a été fait.")),
            "message": _text(later("La phrase qui le dit.")),
        },
    ),
    "Article": record(
        later("Un article ; ce qu’il n’a pas est absent."),
        {
            "id": _ID,
            "title": _TITLE,
            "lede": _text(later("Chapô.")),
            "body": _text(later("Texte ; une ligne vide sépare les paragraphes.")),
            "published": {**_PUBLISHED, "type": "string", "description": later("Date de parution.")},
            "section": _text(later("Section du journal.")),
            "tags": _list(later("Tags.")),
            "persons": _list(later("Personnes nommées.")),
            "author": _text(later("Auteur.")),
            "source": _text(later("Journal ou agence.")),
            "url": _text(later("Adresse d’origine.")),
            "caption": _text(later("Légende de la photo.")),
            "credit": _text(later("Crédit de la photo.")),
            "read_also": _list(later("Titres sous « Lire aussi ».")),
            "language": _text(later("Langue, `fr` le plus souvent.")),
            "warnings": _list(later("Ce dont la lecture du fichier n’était pas sûre.")),
            "links": record(
                later("Adresses de l’article et de ce qui l’entoure."),
                {
                    "self": _url(later("En JSON.")),
                    "html": _url(later("Page pour les lecteurs.")),
                    "related": _url(later("Articles proches.")),
                    "story": _url(later("Chronologie.")),
                },
            ),
        },
        optional=(
            *("lede", "body", "published", "section", "tags", "persons", "author", "source", "url"),
            *("caption", "credit", "read_also", "language", "warnings"),
        ),
    ),
    "Related": record(
        later("Un article proche et ce qui l’en rapproche."),
        {
            "id": _ID,
            "title": _TITLE,
            "published": _PUBLISHED,
            "score": _number(later("Proximité.")),
            "reason": _text(later("La raison, en toutes lettres.")),
            "kind": _choice(later("Ce qui est commun."), ("persons", "tags", "words")),
            "shared": _list(later("Personnes, tags ou mots communs.")),
            "links": _ARTICLE_LINKS,
        },
    ),
    "Chapter": record(
        later("Un article de la chronologie d’un événement."),
        {
            "id": _ID,
            "title": _TITLE,
            "published": _PUBLISHED,
            "section": _text(later("Section du journal.")),
            "current": _flag(later("Si c’est l’article demandé.")),
            "links": _ARTICLE_LINKS,
        },
    ),
    "FacetValues": record(
        later("Une page des valeurs d’une facette."),
        {
            "facet": _choice(later("La facette."), ("tag", "person", "section", "date")),
            "total": _count(later("Nombre de valeurs en tout.")),
            "articles": _count(later("Nombre d’articles trouvés.")),
            "page": _count(later("Numéro de la page, à partir de 1.")),
            "pages": _count(later("Nombre de pages.")),
            "size": _count(later("Valeurs par page.")),
            "sort": _choice(later("Ordre."), ("count", "name")),
            "values": _list(later("Valeurs de la page."), reference("FacetItem")),
            "links": record(
                later("Autres pages, et la recherche."),
                {
                    **_PAGES,
                    "search": _url(later("La recherche en JSON.")),
                    "html": _url(later("Sa page pour les lecteurs.")),
                },
                _ENDS,
            ),
            "generation": _GENERATION,
        },
    ),
    "Suggestions": record(
        later("Comment ce qui est tapé peut continuer."),
        {
            "q": _text(later("Ce qui est tapé.")),
            "suggestions": _list(later("Suites, les meilleures d’abord."), reference("Suggestion")),
        },
    ),
    "Suggestion": record(
        later("Une suite possible."),
        {
            "text": _text(later("Le texte entier.")),
            "kind": _choice(later("Ce que c’est."), ("tag", "person", "word", "title")),
            "articles": _count(later("Nombre d’articles qui l’ont.")),
            "links": record(
                later("Où elle mène : un titre à son article, tout le reste à une recherche."),
                {"self": _url(later("En JSON.")), "html": _url(later("Page pour les lecteurs."))},
            ),
        },
    ),
    "OpenSearchSuggestions": {
        "type": "array",
        "description": later("Les quatre listes d’OpenSearch : ce qui est tapé, textes, genres, adresses."),
        "minItems": 4,
        "maxItems": 4,
        "items": {"anyOf": [{"type": "string"}, _list(later("Une liste."))]},
    },
    "Problem": record(
        later("Ce qui n’a pas été (RFC 9457)."),
        {
            "type": _url(later("Genre du problème ; `about:blank` où l’état HTTP dit tout.")),
            "title": _text(later("Le genre en quelques mots.")),
            "status": {"type": "integer", "description": later("État HTTP.")},
            "detail": _text(later("Ce qui s’est passé cette fois.")),
            "instance": _url(later("Le chemin qui a été demandé.")),
            "parameter": _text(later("Le premier paramètre illisible.")),
            "errors": _list(later("Tous les paramètres illisibles."), reference("ParameterError")),
        },
        optional=("parameter", "errors"),
    ),
    "ParameterError": record(
        later("Un paramètre illisible."),
        {
            "parameter": _text(later("Son nom, comme il a été écrit.")),
            "value": _text(later("Sa valeur, le début où elle est longue.")),
            "detail": _text(later("Ce qui est attendu.")),
        },
    ),
}
"""Every named schema."""
