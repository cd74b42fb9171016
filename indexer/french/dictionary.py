"""The dictionary: French words in all their forms, so that a right word is not taken for a slip."""

from __future__ import annotations

from functools import lru_cache

from indexer.french.fold import fold


def is_french(form: str) -> bool:
    """Tell whether a folded form is that of a French word; names are not."""
    return form in _forms()


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    # Read at the first hardly known word only: 140,000 forms take half a second.
    from spellchecker import SpellChecker

    return frozenset(map(fold, SpellChecker(language="fr").word_frequency.words()))
