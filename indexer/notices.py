"""Notices: what was made of a reader's words, so that nothing is silently changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Name what can be said of a search."""

    IGNORED = "ignored"
    UNKNOWN_FIELD = "unknown_field"
    EMPTY_FIELD = "empty_field"
    ONE_WORD_FIELD = "one_word_field"
    UNBALANCED_QUOTE = "unbalanced_quote"
    UNBALANCED_PARENTHESIS = "unbalanced_parenthesis"
    BAD_DATE = "bad_date"
    REVERSED_RANGE = "reversed_range"
    WILDCARD = "wildcard"
    SHORT_PREFIX = "short_prefix"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TOO_OPEN = "too_open"
    ONLY_EXCLUSIONS = "only_exclusions"
    RELAXED = "relaxed"
    CORRECTED = "corrected"
    SUGGESTED = "suggested"
    SYNONYMS = "synonyms"
    CUT = "cut"


_FRENCH = {
    Kind.IGNORED: "Mots ignorés : {words}.",
    Kind.UNKNOWN_FIELD: "Champ inconnu : {words} ; cherché comme des mots.",
    Kind.EMPTY_FIELD: "Champ sans valeur, ignoré : {words}.",
    Kind.ONE_WORD_FIELD: "« {words} » ne porte que sur un mot ; mettez l’expression entre guillemets.",
    Kind.UNBALANCED_QUOTE: "Guillemet resté ouvert, fermé à la fin.",
    Kind.UNBALANCED_PARENTHESIS: "Parenthèse sans pendant, ignorée ou fermée à la fin.",
    Kind.BAD_DATE: "Date illisible, ignorée : {words}.",
    Kind.REVERSED_RANGE: "Période à l’envers, lue dans l’autre sens : {words}.",
    Kind.WILDCARD: "L’astérisque ne vaut qu’à la fin d’un mot : {words}.",
    Kind.SHORT_PREFIX: "Début de mot trop court, cherché comme un mot : {words}.",
    Kind.TOO_LONG: "Recherche trop longue : seul le début a été lu.",
    Kind.TOO_DEEP: "Trop de parenthèses les unes dans les autres : les plus profondes sont ignorées.",
    Kind.TOO_OPEN: "Trop d’astérisques et de tildes : {words} cherché comme un mot.",
    Kind.ONLY_EXCLUSIONS: "Rien que des exclusions : tous les autres articles sont là.",
    Kind.RELAXED: "Articles qui ont la plupart de ces mots : {words} ; ceux qui en ont moins sont là aussi.",
    Kind.CORRECTED: "« {first} » lu comme « {others} ».",
    Kind.SUGGESTED: "Essayez « {others} » pour « {first} ».",
    Kind.SYNONYMS: "« {first} » trouve aussi : {others}.",
    Kind.CUT: "La recherche a été abrégée, car elle prenait trop de temps : des corrections, des articles "
    "qui ont moins de ces mots ou des mots marqués peuvent manquer.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Say one thing about how a search was read.

    `words` are quoted from it as typed; for corrections and synonyms what was made of the first follows.
    """

    kind: Kind
    words: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Return the notice as a French sentence."""
        if self.kind is Kind.RELAXED and self.words == ("0",):
            return "Aucun article n’a la plupart de ces mots ; voici ceux qui en ont une partie."
        first, others = next(iter(self.words), ""), ", ".join(self.words[1:])
        return _FRENCH[self.kind].format(words=", ".join(self.words), first=first, others=others)
