"""Links that offer the same search with a word of it written otherwise."""

from __future__ import annotations

import pytest

from searchapp.rewriting import replace_word, require_words


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("hidlago paris", "Hidalgo paris"),
        ('"hidlago" hidlago', '"hidlago" Hidalgo'),
        ("-hidlago", "-hidlago"),
        ("titre:hidlago", "titre:hidlago"),
        ("hidlagos", "hidlagos"),
        ("(hidlago OU paris)", "(Hidalgo OU paris)"),
    ],
)
def test_a_bare_word_is_replaced(text: str, rewritten: str) -> None:
    assert replace_word(text, "hidlago", "Hidalgo") == rewritten


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("le prix de la paix", '"le" prix "de" la paix'),
        ('"prix de le monde" le', '"prix de le monde" "le"'),
        ("-le titre:de", "-le titre:de"),
        ("«le chat»", "«le chat»"),
    ],
)
def test_words_are_required_by_quotes(text: str, rewritten: str) -> None:
    assert require_words(text, ("le", "de")) == rewritten
