"""What was understood of a search: notices of the index and problems of the URL, in French.

What was made of the words of its own accord can be undone by a link.
"""

from __future__ import annotations

from indexer import Notice
from searchapp.links import Links
from searchapp.pages import Ref, Understood
from searchapp.parameters import Problem
from searchapp.rewriting import replace_word, require_words
from searchapp.state import SearchState
from searchapp.typography import say

SENTENCES = {
    "ignored": ("Mots ignorés", "{words}."),
    "unknown_field": ("Champ inconnu", "« {words} » : cherché comme des mots."),
    "empty_field": ("Champ sans valeur", "« {words} » : ignoré."),
    "one_word_field": (
        "Champ",
        "« {words} » ne porte que sur un mot ; mettez l’expression entre guillemets.",
    ),
    "unbalanced_quote": ("Guillemet", "Resté ouvert, il est fermé à la fin de la recherche."),
    "unbalanced_parenthesis": ("Parenthèse", "Sans pendant, elle est ignorée ou fermée à la fin."),
    "bad_date": ("Date illisible", "« {words} » : ignorée."),
    "reversed_range": ("Période à l’envers", "« {words} » : lue dans l’autre sens."),
    "wildcard": ("Astérisque", "Elle ne vaut qu’à la fin d’un mot : « {words} »."),
    "short_prefix": ("Début trop court", "« {words} » : cherché comme un mot."),
    "too_long": ("Recherche trop longue", "Seul le début a été lu."),
    "too_deep": ("Parenthèses", "Trop sont emboîtées : les plus profondes sont ignorées."),
    "only_exclusions": ("Exclusions", "Rien d’autre n’est demandé : tous les autres articles sont là."),
    "relaxed": (
        "Recherche élargie",
        "Articles qui ont la plupart de ces mots : {words}. Ceux qui en ont moins sont là aussi.",
    ),
    "corrected": ("Correction", "« {first} » lu comme « {others} »."),
    "suggested": ("Suggestion", "« {others} » pour « {first} »."),
    "synonyms": ("Synonymes", "« {first} » trouve aussi : {others}."),
}
"""For each kind of notice what it is about, and the sentence; `words` are all its words, `first` and
`others` the first and those after it."""

PARAMETERS = {
    "q": "Recherche",
    "personne": "Personne",
    "person": "Personne",
    "persons": "Personne",
    "tag": "Tag",
    "tags": "Tag",
    "section": "Section",
    "sections": "Section",
    "du": "Date de début",
    "from": "Date de début",
    "au": "Date de fin",
    "to": "Date de fin",
    "sansdate": "Sans date",
    "undated": "Sans date",
    "tri": "Tri",
    "sort": "Tri",
    "page": "Page",
    "taille": "Taille",
    "size": "Taille",
    "telquel": "Mots tels quels",
    "as_typed": "Mots tels quels",
    "synonymes": "Synonymes",
    "synonyms": "Synonymes",
}
"""What each parameter of a URL is called on the page."""


def understood(
    notices: tuple[Notice, ...], problems: tuple[Problem, ...], state: SearchState, links: Links
) -> tuple[Understood, ...]:
    """Return what the page says of how a search was read, the problems of its URL first."""
    said = [_notice(notice, state, links) for notice in notices]
    if not state.synonyms and state.words:
        back = Ref("Avec synonymes", links.search(state.with_synonyms(synonyms=True)))
        said.append(Understood("Synonymes", say("Laissés de côté."), back))
    if state.as_typed:
        back = Ref("Corriger les fautes de frappe", links.search(state.with_spelling(as_typed=False)))
        said.append(Understood("Mots", say("Cherchés tels quels."), back))
    return (*map(_problem, problems), *said)


def _undo(notice: Notice, state: SearchState, links: Links) -> Ref | None:
    """Return the link that undoes, or does, what a notice says."""
    match notice.kind, notice.words:
        case "corrected", (typed, *_):
            label = say("Chercher « {typed} » tel quel", {"typed": typed})
            return Ref(label, links.search(state.with_spelling(as_typed=True)))
        case "suggested", (typed, other):
            words = replace_word(state.words, typed, other)
            return Ref(say("Chercher « {other} »", {"other": other}), links.search(state.with_words(words)))
        case "synonyms", _:
            return Ref("Sans synonymes", links.search(state.with_synonyms(synonyms=False)))
        case "ignored", ignored:
            words = require_words(state.words, ignored)
            return Ref("Les exiger", links.search(state.with_words(words)))
        case _:
            return None


def _notice(notice: Notice, state: SearchState, links: Links) -> Understood:
    label, sentence = SENTENCES[notice.kind]
    first, others = notice.words[:1], notice.words[1:]
    parts = {"words": notice.words, "first": first, "others": others}
    text = say(sentence, {name: ", ".join(words) for name, words in parts.items()})
    return Understood(label, text, _undo(notice, state, links))


def _problem(problem: Problem) -> Understood:
    short = problem.value if len(problem.value) <= 40 else f"{problem.value[:40]}…"
    values = {"value": short, "message": say(problem.message[:1].lower() + problem.message[1:])}
    return Understood(PARAMETERS[problem.parameter], say("« {value} » : {message}", values))
