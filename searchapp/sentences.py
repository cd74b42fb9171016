"""What the page says for each kind of notice, in French, for one word and for several."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Kind, Notice
from searchapp.typography import number


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold what a notice is about and its sentence; `labels` and `texts` are those of several words.

    Holes: `words` are all its words, each within guillemets; `first` is the first and `others` those
    after it, as they are.
    """

    label: str
    text: str
    labels: str = ""
    texts: str = ""

    def of(self, count: int) -> tuple[str, str]:
        """Return label and sentence for so many words."""
        several = count > 1
        return (self.labels if several else "") or self.label, (self.texts if several else "") or self.text


SENTENCES = {
    Kind.IGNORED: Sentence("Mot ignoré", "{words}.", "Mots ignorés"),
    Kind.UNKNOWN_FIELD: Sentence(
        "Champ inconnu",
        "{words} n’est pas un champ : cherché comme un mot.",
        "Champs inconnus",
        "{words} ne sont pas des champs : cherchés comme des mots.",
    ),
    Kind.EMPTY_FIELD: Sentence(
        "Champ sans valeur", "{words} est ignoré.", "Champs sans valeur", "{words} sont ignorés."
    ),
    Kind.ONE_WORD_FIELD: Sentence(
        "Champ",
        "{words} ne porte que sur un mot ; mettez l’expression entre guillemets.",
        "Champs",
        "{words} ne portent que sur un mot ; mettez les expressions entre guillemets.",
    ),
    Kind.UNBALANCED_QUOTE: Sentence(
        "Guillemet", "Il n’est pas fermé : l’expression va jusqu’à la fin de la recherche."
    ),
    Kind.UNBALANCED_PARENTHESIS: Sentence("Parenthèse", "Sans pendant, elle est ignorée ou fermée à la fin."),
    Kind.BAD_DATE: Sentence(
        "Date illisible",
        "{words} ne peut être lu ; écrivez par exemple date:18/11/2018 ou date:2018-11.",
        "Dates illisibles",
        "{words} ne peuvent être lus ; écrivez par exemple date:18/11/2018 ou date:2018-11.",
    ),
    Kind.REVERSED_RANGE: Sentence(
        "Période à l’envers",
        "{words} est lue dans l’autre sens.",
        "Périodes à l’envers",
        "{words} sont lues dans l’autre sens.",
    ),
    Kind.WILDCARD: Sentence("Astérisque", "{words} : il ne vaut qu’à la fin d’un mot, comme dans élect*."),
    Kind.SHORT_PREFIX: Sentence(
        "Début trop court",
        "{words} : il faut deux lettres avant l’astérisque ; cherché comme un mot.",
        "Débuts trop courts",
        "{words} : il faut deux lettres avant l’astérisque ; cherchés comme des mots.",
    ),
    Kind.TOO_LONG: Sentence("Recherche trop longue", "Seul le début a été lu."),
    Kind.TOO_DEEP: Sentence("Parenthèses", "Trop sont emboîtées : les plus profondes sont ignorées."),
    Kind.ONLY_EXCLUSIONS: Sentence(
        "Exclusions", "Rien d’autre n’est demandé : tous les autres articles sont là."
    ),
    Kind.CORRECTED: Sentence("Correction", "« {first} » lu comme « {others} »", "Corrections"),
    Kind.SUGGESTED: Sentence("Suggestion", "Presque aucun article n’a « {first} »."),
    Kind.SYNONYMS: Sentence("Synonymes", "« {first} » trouve aussi {others}"),
    Kind.RELAXED: Sentence("Recherche élargie", ""),
}
"""For each kind of notice what the page says; for corrections and synonyms a part of one sentence."""


def relaxed(notice: Notice, words: int) -> str:
    """Return the sentence of a search of so many words that also lets in articles with fewer of them."""
    found = int(notice.words[0])
    if words == 2:
        theirs, fewer = "ces deux mots", "l’un ou l’autre"
    else:
        theirs, fewer = "la plupart de ces mots", "une partie"
    if found == 0:
        have = "ont" if words == 2 else "en ont"
        return f"Aucun article n’a {theirs} ; voici ceux qui {have} {fewer}."
    if found == 1:
        return f"Un seul article a {theirs} ; ceux qui en ont moins sont là aussi."
    return f"{number(found)} articles ont {theirs} ; ceux qui en ont moins sont là aussi."
