"""What the page says for each kind of notice, for one word and for several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from indexer import Kind, Notice, Related
from searchapp.catalogues import FRENCH
from searchapp.language import current
from searchapp.typography import later, later_many, own, quoted, say, say_many


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold what a notice is about and its sentence, each as one for all or as two, for one word and several.

    Holes: `words` are all its words, each within quotation marks; `first` is the first and `others` those
    after it, as they are.
    """

    label: str | tuple[str, str]
    text: str | tuple[str, str]


SENTENCES = {
    Kind.IGNORED: Sentence(later_many("Mot ignoré", "Mots ignorés"), later("{words}.")),
    Kind.UNKNOWN_FIELD: Sentence(
        later_many("Champ inconnu", "Champs inconnus"),
        later_many(
            "{words} n’est pas un champ : cherché comme un mot.",
            "{words} ne sont pas des champs : cherchés comme des mots.",
        ),
    ),
    Kind.EMPTY_FIELD: Sentence(
        later_many("Champ sans valeur", "Champs sans valeur"),
        later_many("{words} est ignoré.", "{words} sont ignorés."),
    ),
    Kind.ONE_WORD_FIELD: Sentence(
        later_many("Champ", "Champs"),
        later_many(
            "{words} ne porte que sur un mot ; mettez l’expression entre guillemets.",
            "{words} ne portent que sur un mot ; mettez les expressions entre guillemets.",
        ),
    ),
    Kind.UNBALANCED_QUOTE: Sentence(
        later("Guillemet"),
        later("Il n’est pas fermé : l’expression va jusqu’à la fin de la recherche."),
    ),
    Kind.UNBALANCED_PARENTHESIS: Sentence(
        later("Parenthèse"), later("Sans pendant, elle est ignorée ou fermée à la fin.")
    ),
    Kind.BAD_DATE: Sentence(
        later_many("Date illisible", "Dates illisibles"),
        later_many(
            "{words} ne peut être lu ; écrivez par exemple date:18/11/2018 ou date:2018-11.",
            "{words} ne peuvent être lus ; écrivez par exemple date:18/11/2018 ou date:2018-11.",
        ),
    ),
    Kind.REVERSED_RANGE: Sentence(
        later_many("Période à l’envers", "Périodes à l’envers"),
        later_many("{words} est lue dans l’autre sens.", "{words} sont lues dans l’autre sens."),
    ),
    Kind.WILDCARD: Sentence(
        later("Astérisque"), later("{words} : il ne vaut qu’à la fin d’un mot, comme dans élect*.")
    ),
    Kind.SHORT_PREFIX: Sentence(
        later_many("Début trop court", "Débuts trop courts"),
        later_many(
            "{words} : il faut deux lettres avant l’astérisque ; cherché comme un mot.",
            "{words} : il faut deux lettres avant l’astérisque ; cherchés comme des mots.",
        ),
    ),
    Kind.TOO_LONG: Sentence(later("Recherche trop longue"), later("Seul le début a été lu.")),
    Kind.TOO_DEEP: Sentence(
        later("Parenthèses"), later("Trop sont emboîtées : les plus profondes sont ignorées.")
    ),
    Kind.TOO_OPEN: Sentence(
        later("Astérisques et tildes"),
        later_many(
            "Il y en a trop : {words} est cherché comme un mot.",
            "Il y en a trop : {words} sont cherchés comme des mots.",
        ),
    ),
    Kind.ONLY_EXCLUSIONS: Sentence(
        later("Exclusions"), later("Rien d’autre n’est demandé : tous les autres articles sont là.")
    ),
    Kind.CORRECTED: Sentence(
        later_many("Correction", "Corrections"), later("« {first} » lu comme « {others} »")
    ),
    Kind.SUGGESTED: Sentence(later("Suggestion"), later("Presque aucun article n’a « {first} ».")),
    Kind.SYNONYMS: Sentence(later("Synonymes"), later("« {first} » trouve aussi {others}")),
    Kind.RELAXED: Sentence(later("Recherche élargie"), ""),
    Kind.CUT: Sentence(
        later("Recherche abrégée"),
        later(
            "Elle prenait trop de temps : des corrections, des articles qui ont moins de ces mots, des "
            "mots marqués ou des propositions peuvent manquer."
        ),
    ),
}
"""For each kind of notice what the page says; for corrections and synonyms a part of one sentence."""


def label(kind: Kind, count: int) -> Markup:
    """Return what notices of a kind are about, for so many words."""
    return _said(SENTENCES[kind].label, count, {})


def sentence(notice: Notice, count: int) -> Markup:
    """Return the sentence of a notice, for so many words."""
    words = notice.words
    values = {"words": quoted(words), "first": "".join(words[:1]), "others": ", ".join(words[1:])}
    return _said(SENTENCES[notice.kind].text, count, values)


def relaxed(notice: Notice, words: int) -> Markup:
    """Return the sentence of a search of so many words that also lets in articles with fewer of them."""
    found = int(notice.words[0])
    if words == 2:
        if found == 0:
            return say("Aucun article n’a ces deux mots ; voici ceux qui ont l’un ou l’autre.")
        return say_many(
            "Un seul article a ces deux mots ; ceux qui en ont moins sont là aussi.",
            "{n} articles ont ces deux mots ; ceux qui en ont moins sont là aussi.",
            found,
        )
    if found == 0:
        return say("Aucun article n’a la plupart de ces mots ; voici ceux qui en ont une partie.")
    return say_many(
        "Un seul article a la plupart de ces mots ; ceux qui en ont moins sont là aussi.",
        "{n} articles ont la plupart de ces mots ; ceux qui en ont moins sont là aussi.",
        found,
    )


_REASONS = {
    "persons": later_many("même personne : {shared}", "mêmes personnes : {shared}"),
    "tags": later_many("même sujet : {shared}", "mêmes sujets : {shared}"),
    "words": later_many("mot commun : {shared}", "mots communs : {shared}"),
}


def reason(related: Related) -> Markup:
    """Say why an article is related."""
    return _reason(related, own(", ".join(related.shared)))


def plain_reason(related: Related) -> str:
    """Say why an article is related, as text."""
    return _reason(related, ", ".join(related.shared)).unescape()


def message(notice: Notice, words: int) -> str:
    """Say a notice on a search of so many words by itself, as text; in French it words itself."""
    if current().code == FRENCH:
        return notice.message
    count = len(notice.words)
    text = relaxed(notice, words) if notice.kind is Kind.RELAXED else sentence(notice, count)
    return say("{label} : {text}", {"label": label(notice.kind, count), "text": text}).unescape()


def _reason(related: Related, shared: str) -> Markup:
    return say_many(*_REASONS[related.kind], len(related.shared), {"shared": shared})


def _said(forms: str | tuple[str, str], count: int, values: Mapping[str, object]) -> Markup:
    return say(forms, values) if isinstance(forms, str) else say_many(*forms, count, values)
