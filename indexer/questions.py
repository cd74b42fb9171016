"""Questions: of « Comment le pont a-t-il été construit ? » a search wants the bridge and the building.

Stop words leave homonyms in (est, été, fait, fut …), since « l’est » and « l’été » are searched for. In a
question most of them are auxiliaries: nDCG@10 on PIAF, which has questions only, is 0.003 higher without.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.french import Token, fold, stop_words
from indexer.words import Word

_ASKING = frozenset({
    *("quel", "quelle", "quels", "quelles", "qui", "que", "qu", "quoi", "combien", "comment", "pourquoi"),
    *("quand", "lequel", "laquelle", "lesquels", "lesquelles", "duquel", "auquel"),
})  # fmt: skip
_AUXILIARIES = frozenset({
    *("est", "fut", "furent", "ont", "eu", "etre", "avoir"),
    *("peut", "peuvent", "doit", "doivent", "faire", "font"),
})  # fmt: skip
_PARTICIPLES = frozenset({"ete", "fait"})
_HAVING = frozenset({
    *("a", "ai", "ont", "avait", "avaient", "ait", "aient", "eut", "ayant", "avoir"),
    *("aura", "auront", "aurait", "auraient"),
})  # fmt: skip
_SUBJECTS = frozenset({"il", "elle", "on", "ils", "elles", "ce"})
_ARTICLES = ("l'", "d'", "s'")


def left_out(words: Iterable[Word]) -> list[Word]:
    """Return the words that a search leaves out: stop words and, in a question, auxiliaries."""
    words = list(words)
    asked = any(_asks(word.text) for word in words)
    before = ["", *(word.text for word in words)]
    return [
        word
        for word, ahead in zip(words, before, strict=False)
        if _stops(word) or (asked and _is_auxiliary(word.text, ahead))
    ]


def without_subject(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the verb of « pense-t-on » and « construit-il »; any other word as it is."""
    if len(tokens) > 1 and tokens[-1].exact in _SUBJECTS:
        kept = tokens[:-1]
        return kept[:-1] if len(kept) > 1 and kept[-1].exact == "t" else kept
    return tokens


def _is_auxiliary(word: str, before: str) -> bool:
    """Tell whether a word of a question only helps another verb; `before` is the word ahead of it.

    « été » and « fait » do behind a form of avoir and where they open the question: Que fait la police ?
    """
    form = fold(word)
    if form.startswith(_ARTICLES):
        return False
    head = form.rpartition("'")[2]
    if head in _PARTICIPLES:
        ahead = fold(before)
        return ahead.partition("-")[0].rpartition("'")[2] in _HAVING or (
            _asks(before) and not ahead.startswith("quel")
        )
    verb, *subject = head.split("-")
    return verb in _AUXILIARIES and set(subject) <= _SUBJECTS | {"t"}


def _asks(word: str) -> bool:
    form = fold(word)
    verb, _, subject = form.rpartition("-")
    # Folding makes « où » and « ou » one; only the first asks.
    return (
        form.partition("'")[0].partition("-")[0] in _ASKING
        or (form == "ou" and word.lower() != "ou")
        or (verb != "" and subject in _SUBJECTS)
    )


def _stops(word: Word) -> bool:
    """Tell whether a word is one that searches leave out in any case."""
    return fold(word.text) in stop_words() or all(token.exact in stop_words() for token in word.tokens)
