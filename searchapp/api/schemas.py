"""The answers of the API as JSON Schema, in the dialect of OpenAPI 3.1.

Written by hand: what is said of a field is for readers of the page. Tests hold every answer against it,
with all that is not named here forbidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from indexer import Kind

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


_ID = _text("Identifiant de l’article.")
_TITLE = _text("Titre.")
_PUBLISHED: Schema = {
    "type": ["string", "null"],
    "format": "date-time",
    "description": "Date de parution ; null où elle est inconnue.",
}
_GENERATION = _text("État de l’index qui a répondu.")
_ARTICLE_LINKS = record(
    "Adresses de l’article.", {"self": _url("En JSON."), "html": _url("Page pour les lecteurs.")}
)
_PAGES = {
    "self": _url("Cette page."),
    "first": _url("La première page."),
    "last": _url("La dernière page."),
    "prev": _url("La page d’avant, s’il y en a une."),
    "next": _url("La page suivante, s’il y en a une."),
}
_ENDS = ("prev", "next")

SCHEMAS: Mapping[str, Schema] = {
    "Results": record(
        "Une page de résultats, les facettes de tous les résultats et les adresses qui mènent plus loin.",
        {
            "total": _count("Nombre d’articles trouvés."),
            "page": _count("Numéro de la page, à partir de 1."),
            "pages": _count("Nombre de pages que l’on peut demander."),
            "size": _count("Articles par page."),
            "sort": _choice("Ordre.", ("relevance", "newest", "oldest")),
            "hits": _list("Articles de la page.", reference("Hit")),
            "facets": record(
                "Les valeurs les plus fréquentes de chaque facette ; `date` a tous les mois.",
                {
                    name: _list(f"Facette `{name}`.", reference("FacetItem"))
                    for name in ("tag", "person", "section", "date")
                },
            ),
            "notices": _list("Ce qui a été compris de la recherche.", reference("Notice")),
            "generation": _GENERATION,
            "links": record(
                "Autres pages et autres formes de la même recherche.",
                {
                    **_PAGES,
                    "html": _url("Page pour les lecteurs."),
                    "atom": _url("Les plus récents, en Atom."),
                    "csv": _url("Tous, en CSV."),
                },
                _ENDS,
            ),
        },
    ),
    "Hit": record(
        "Un article trouvé.",
        {
            "id": _ID,
            "title": _TITLE,
            "title_html": _text("Titre en HTML, les mots trouvés dans `mark`."),
            "published": _PUBLISHED,
            "score": _number("Pertinence ; 0 dans l’ordre des dates."),
            "tags": _list("Tags."),
            "persons": _list("Personnes nommées."),
            "section": _text("Section du journal."),
            "snippet": _text("Extrait en HTML, les mots trouvés dans `mark`."),
            "why": _list("Ce que l’article a de chaque mot.", reference("Reason")),
            "links": _ARTICLE_LINKS,
        },
    ),
    "Reason": record(
        "Ce qu’un article a d’un mot de la recherche.",
        {
            "word": _text("Le mot, comme il a été écrit."),
            "title": _count("Occurrences dans le titre."),
            "text": _count("Occurrences dans le texte."),
            "caption": _count("Occurrences dans la légende."),
            "tags": _count("Occurrences dans les tags."),
            "persons": _count("Occurrences dans les personnes, où elles ont été demandées."),
            "section": _count("Occurrences dans la section, où elle a été demandée."),
            "author": _count("Occurrences dans l’auteur, où il a été demandé."),
            "exact": _flag("Si la forme écrite s’y trouve telle quelle."),
            "forms": _list("Autres formes trouvées."),
            "spellings": _list("Corrections par lesquelles il a été trouvé."),
            "synonyms": _list("Synonymes par lesquels il a été trouvé."),
            "share": _number("Part dans la pertinence, de 0 à 1."),
        },
    ),
    "FacetItem": record(
        "Une valeur d’une facette.",
        {
            "value": _text("Ce qui va dans une recherche ; un mois `2018-11`, ou vide pour « sans date »."),
            "label": _text("Ce que l’on montre."),
            "count": _count("Articles qui l’ont, sans compter les filtres de la facette même."),
            "selected": _flag("Si elle est choisie."),
            "toggle": _url("La recherche avec cette valeur ou, où elle est choisie, sans elle."),
        },
    ),
    "Notice": record(
        "Ce qui a été fait des mots.",
        {
            "kind": _choice("De quoi il s’agit.", [kind.value for kind in Kind]),
            "words": _list("Les mots concernés ; après une correction, ce qui en a été fait."),
            "message": _text("La phrase qui le dit."),
        },
    ),
    "Article": record(
        "Un article ; ce qu’il n’a pas est absent.",
        {
            "id": _ID,
            "title": _TITLE,
            "lede": _text("Chapô."),
            "body": _text("Texte ; une ligne vide sépare les paragraphes."),
            "published": {**_PUBLISHED, "type": "string", "description": "Date de parution."},
            "section": _text("Section du journal."),
            "tags": _list("Tags."),
            "persons": _list("Personnes nommées."),
            "author": _text("Auteur."),
            "source": _text("Journal ou agence."),
            "url": _text("Adresse d’origine."),
            "caption": _text("Légende de la photo."),
            "credit": _text("Crédit de la photo."),
            "read_also": _list("Titres sous « Lire aussi »."),
            "language": _text("Langue, `fr` le plus souvent."),
            "warnings": _list("Ce dont la lecture du fichier n’était pas sûre."),
            "links": record(
                "Adresses de l’article et de ce qui l’entoure.",
                {
                    "self": _url("En JSON."),
                    "html": _url("Page pour les lecteurs."),
                    "related": _url("Articles proches."),
                    "story": _url("Chronologie."),
                },
            ),
        },
        optional=(
            *("lede", "body", "published", "section", "tags", "persons", "author", "source", "url"),
            *("caption", "credit", "read_also", "language", "warnings"),
        ),
    ),
    "Related": record(
        "Un article proche et ce qui l’en rapproche.",
        {
            "id": _ID,
            "title": _TITLE,
            "published": _PUBLISHED,
            "score": _number("Proximité."),
            "reason": _text("La raison, en toutes lettres."),
            "kind": _choice("Ce qui est commun.", ("persons", "tags", "words")),
            "shared": _list("Personnes, tags ou mots communs."),
            "links": _ARTICLE_LINKS,
        },
    ),
    "Chapter": record(
        "Un article de la chronologie d’un événement.",
        {
            "id": _ID,
            "title": _TITLE,
            "published": _PUBLISHED,
            "section": _text("Section du journal."),
            "current": _flag("Si c’est l’article demandé."),
            "links": _ARTICLE_LINKS,
        },
    ),
    "FacetValues": record(
        "Une page des valeurs d’une facette.",
        {
            "facet": _choice("La facette.", ("tag", "person", "section", "date")),
            "total": _count("Nombre de valeurs en tout."),
            "articles": _count("Nombre d’articles trouvés."),
            "page": _count("Numéro de la page, à partir de 1."),
            "pages": _count("Nombre de pages."),
            "size": _count("Valeurs par page."),
            "sort": _choice("Ordre.", ("count", "name")),
            "values": _list("Valeurs de la page.", reference("FacetItem")),
            "links": record(
                "Autres pages, et la recherche.",
                {
                    **_PAGES,
                    "search": _url("La recherche en JSON."),
                    "html": _url("Sa page pour les lecteurs."),
                },
                _ENDS,
            ),
            "generation": _GENERATION,
        },
    ),
    "Suggestions": record(
        "Comment ce qui est tapé peut continuer.",
        {
            "q": _text("Ce qui est tapé."),
            "suggestions": _list("Suites, les meilleures d’abord.", reference("Suggestion")),
        },
    ),
    "Suggestion": record(
        "Une suite possible.",
        {
            "text": _text("Le texte entier."),
            "kind": _choice("Ce que c’est.", ("tag", "person", "word", "title")),
            "articles": _count("Nombre d’articles qui l’ont."),
            "links": record(
                "Où elle mène : un titre à son article, tout le reste à une recherche.",
                {"self": _url("En JSON."), "html": _url("Page pour les lecteurs.")},
            ),
        },
    ),
    "OpenSearchSuggestions": {
        "type": "array",
        "description": "Les quatre listes d’OpenSearch : ce qui est tapé, textes, genres, adresses.",
        "minItems": 4,
        "maxItems": 4,
        "items": {"anyOf": [{"type": "string"}, _list("Une liste.")]},
    },
    "Problem": record(
        "Ce qui n’a pas été (RFC 9457).",
        {
            "type": _url("Genre du problème ; `about:blank` où l’état HTTP dit tout."),
            "title": _text("Le genre en quelques mots."),
            "status": {"type": "integer", "description": "État HTTP."},
            "detail": _text("Ce qui s’est passé cette fois."),
            "instance": _url("Le chemin qui a été demandé."),
            "parameter": _text("Le premier paramètre illisible."),
            "errors": _list("Tous les paramètres illisibles.", reference("ParameterError")),
        },
        optional=("parameter", "errors"),
    ),
    "ParameterError": record(
        "Un paramètre illisible.",
        {
            "parameter": _text("Son nom, comme il a été écrit."),
            "value": _text("Sa valeur, le début où elle est longue."),
            "detail": _text("Ce qui est attendu."),
        },
    ),
}
"""Every named schema."""
