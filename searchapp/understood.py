"""What was understood of a search: notices of the index and problems of the URL, in French.

What was made of the words of its own accord can be undone by a link.
"""

from __future__ import annotations

from indexer import Kind, Notice
from searchapp.links import Links
from searchapp.parameters import Problem
from searchapp.parts import Ref, Understood
from searchapp.rewriting import pieces, quote_values, replace_word, require_words
from searchapp.sentences import SENTENCES, relaxed
from searchapp.state import SearchState
from searchapp.typography import quoted, say

PARAMETERS = {
    "q": "Recherche",
    "query": "Recherche",
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


_TOGETHER = (Kind.CORRECTED, Kind.SYNONYMS)


def understood(
    notices: tuple[Notice, ...], problems: tuple[Problem, ...], state: SearchState, links: Links
) -> tuple[Understood, ...]:
    """Return what the page says of how a search was read, the problems of its URL first."""
    said = [_said(group, state, links) for group in _grouped(notices)]
    if not state.synonyms and state.words:
        back = Ref("Avec synonymes", links.search(state.with_synonyms(synonyms=True)))
        said.append(Understood("Synonymes", say("Laissés de côté."), back))
    if state.as_typed:
        back = Ref("Corriger les fautes de frappe", links.search(state.with_spelling(as_typed=False)))
        said.append(Understood("Mots", say("Cherchés tels quels."), back))
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
        return Understood(SENTENCES[first.kind].label, say(relaxed(first, len(pieces(state.words)))), undo)
    together = first.kind in _TOGETHER
    label, sentence = SENTENCES[first.kind].of(len(group) if together else len(first.words))
    parts = [
        say(
            sentence,
            {
                "words": quoted(notice.words),
                "first": "".join(notice.words[:1]),
                "others": ", ".join(notice.words[1:]),
            },
        )
        for notice in group
    ]
    text = say(" ; ").join(parts) + ("." if together else "")
    return Understood(label, text, undo)


def _undo(notice: Notice, count: int, state: SearchState, links: Links) -> Ref | None:
    """Return the link that undoes, or does, what so many notices of a kind say."""
    match notice.kind, notice.words:
        case Kind.CORRECTED, (typed, *_):
            one = say("Chercher « {typed} » tel quel", {"typed": typed})
            label = one if count == 1 else say("Chercher ces mots tels quels")
            return Ref(label, links.search(state.with_spelling(as_typed=True)))
        case Kind.SUGGESTED, (typed, other):
            words = replace_word(state.words, typed, other)
            return _other(say("Essayez « {other} »", {"other": other}), words, state, links)
        case Kind.SYNONYMS, _:
            return Ref("Sans synonymes", links.search(state.with_synonyms(synonyms=False)))
        case Kind.IGNORED, ignored:
            label = say("L’exiger" if len(ignored) == 1 else "Les exiger")
            return _other(label, require_words(state.words, ignored), state, links)
        case Kind.ONE_WORD_FIELD, fields:
            words = quote_values(state.words, fields)
            return _other(say("Chercher {words}", {"words": words}), words, state, links)
        case _:
            return None


def _other(label: str, words: str, state: SearchState, links: Links) -> Ref | None:
    """Return the link to other words; None where they are the same."""
    return Ref(label, links.search(state.with_words(words))) if words != state.words else None


def _problem(problem: Problem) -> Understood:
    short = problem.value if len(problem.value) <= 40 else f"{problem.value[:40]}…"
    values = {"value": short, "message": say(problem.message[:1].lower() + problem.message[1:])}
    return Understood(PARAMETERS[problem.parameter], say("« {value} » : {message}", values))
