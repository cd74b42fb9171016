"""What was understood of a search: notices of the index and problems of the URL, in words.

What was made of the words of its own accord can be undone by a link.
"""

from __future__ import annotations

from markupsafe import Markup

from indexer import Kind, Notice
from searchapp.links import Links
from searchapp.parameters import Problem
from searchapp.parts import Ref, Understood
from searchapp.rewriting import pieces, quote_values, replace_word, require_words
from searchapp.sentences import label, relaxed, sentence
from searchapp.state import SearchState
from searchapp.typography import later, say, say_many

PARAMETERS = {
    "q": later("Recherche"),
    "query": later("Recherche"),
    "personne": later("Personne"),
    "person": later("Personne"),
    "persons": later("Personne"),
    "toutespersonnes": later("Toutes les personnes"),
    "all_persons": later("Toutes les personnes"),
    "tag": later("Tag"),
    "tags": later("Tag"),
    "toustags": later("Tous les tags"),
    "all_tags": later("Tous les tags"),
    "section": later("Section"),
    "sections": later("Section"),
    "du": later("Date de début"),
    "from": later("Date de début"),
    "au": later("Date de fin"),
    "to": later("Date de fin"),
    "sansdate": later("Sans date"),
    "undated": later("Sans date"),
    "tri": later("Tri"),
    "sort": later("Tri"),
    "page": later("Page"),
    "taille": later("Taille"),
    "size": later("Taille"),
    "telquel": later("Mots tels quels"),
    "as_typed": later("Mots tels quels"),
    "synonymes": later("Synonymes"),
    "synonyms": later("Synonymes"),
    "lang": later("Langue"),
    "ordre": later("Ordre"),
    "order": later("Ordre"),
}
"""What each parameter of a URL is called on the page."""


_TOGETHER = (Kind.CORRECTED, Kind.SYNONYMS)


def understood(
    notices: tuple[Notice, ...], problems: tuple[Problem, ...], state: SearchState, links: Links
) -> tuple[Understood, ...]:
    """Return what the page says of how a search was read, the problems of its URL first."""
    said = [_said(group, state, links) for group in _grouped(notices)]
    if not state.synonyms and state.words:
        back = Ref(say("Avec synonymes"), links.search(state.with_synonyms(synonyms=True)))
        said.append(Understood(say("Synonymes"), say("Laissés de côté."), back))
    if state.as_typed:
        back = Ref(say("Corriger les fautes de frappe"), links.search(state.with_spelling(as_typed=False)))
        said.append(Understood(say("Mots"), say("Cherchés tels quels."), back))
    return (*map(_problem, problems), *said)


def _grouped(notices: tuple[Notice, ...]) -> list[list[Notice]]:
    """Return what is said together: corrections and synonyms, which one link undoes; all else one by one."""
    groups: dict[tuple[Kind, int], list[Notice]] = {}
    for place, notice in enumerate(notices):
        groups.setdefault((notice.kind, 0 if notice.kind in _TOGETHER else place), []).append(notice)
    return list(groups.values())


def _said(group: list[Notice], state: SearchState, links: Links) -> Understood:
    first = group[0]
    undo = _undo(first, len(group), state, links)
    if first.kind is Kind.RELAXED:
        return Understood(label(first.kind, 1), relaxed(first, len(pieces(state.words))), undo)
    together = first.kind in _TOGETHER
    count = len(group) if together else len(first.words)
    parts = say(" ; ").join(sentence(notice, count) for notice in group)
    return Understood(label(first.kind, count), parts + "." if together else parts, undo)


def _undo(notice: Notice, count: int, state: SearchState, links: Links) -> Ref | None:
    """Return the link that undoes, or does, what so many notices of a kind say."""
    match notice.kind, notice.words:
        case Kind.CORRECTED, (typed, *_):
            values = {"typed": typed}
            text = say_many("Chercher « {typed} » tel quel", "Chercher ces mots tels quels", count, values)
            return Ref(text, links.search(state.with_spelling(as_typed=True)))
        case Kind.SUGGESTED, (typed, other):
            words = replace_word(state.words, typed, other)
            return _other(say("Essayez « {other} »", {"other": other}), words, state, links)
        case Kind.SYNONYMS, _:
            return Ref(say("Sans synonymes"), links.search(state.with_synonyms(synonyms=False)))
        case Kind.IGNORED, ignored:
            text = say_many("L’exiger", "Les exiger", len(ignored))
            return _other(text, require_words(state.words, ignored), state, links)
        case Kind.ONE_WORD_FIELD, fields:
            words = quote_values(state.words, fields)
            return _other(say("Chercher {words}", {"words": words}), words, state, links)
        case _:
            return None


def _other(text: Markup, words: str, state: SearchState, links: Links) -> Ref | None:
    """Return the link to other words; None where they are the same."""
    return Ref(text, links.search(state.with_words(words))) if words != state.words else None


def _problem(problem: Problem) -> Understood:
    short = problem.value if len(problem.value) <= 40 else f"{problem.value[:40]}…"
    values = {"value": short, "message": problem.message[:1].lower() + problem.message[1:]}
    return Understood(say(PARAMETERS[problem.parameter]), say("« {value} » : {message}", values))
