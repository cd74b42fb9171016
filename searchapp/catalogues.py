"""The catalogues: French sentences of the interface → those of another language, read once.

French is the language of the sources, so it has no catalogue of its own: its plurals are a rule.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "translations"
DOMAIN = "manchette"

FRENCH = "fr"
LANGUAGES = {FRENCH: "Français", "en": "English"}
"""The languages of the interface, each with its own name; the first is that of the sources."""

LOCALES = {FRENCH: "fr", "en": "en_GB"}
"""The locale of each: how its months are called and its numbers written."""


def translated(sentence: str, language: str) -> str:
    """Return a sentence in a language; as it is in French, and where the catalogue has none."""
    return sentence if language == FRENCH else _catalogue(language).gettext(sentence)


def translated_many(one: str, many: str, count: int, language: str) -> str:
    """Return the one of two sentences that a number wants; 0 and 1 are singular in French."""
    if language == FRENCH:
        return one if abs(count) < 2 else many
    return _catalogue(language).ngettext(one, many, count)


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(FOLDER, [language], DOMAIN)
