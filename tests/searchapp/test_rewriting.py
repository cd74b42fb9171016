"""Links that offer the same search with a word of it written otherwise."""

from __future__ import annotations

import pytest

from searchapp.rewriting import pieces, quote_values, replace_word, require_words, respelt


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


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("hidlago paris", "Hidalgo paris"),
        ('"hidlago" personne:hidlago', '"Hidalgo" personne:Hidalgo'),
        ("hidlagos chidlago", "hidlagos chidlago"),
    ],
)
def test_a_word_is_respelt_wherever_it_stands(text: str, rewritten: str) -> None:
    plain, shown = respelt(text, {"hidlago": "Hidalgo"})
    assert plain == rewritten
    assert shown.striptags() == rewritten


def test_what_is_respelt_is_bold_and_the_rest_is_escaped() -> None:
    assert respelt("<i> a.b", {"a.b": "<b>"})[1] == "&lt;i&gt; <b>&lt;b&gt;</b>"


@pytest.mark.parametrize(
    ("text", "field", "rewritten"),
    [
        ("tag:Emmanuel Macron climat", "tag:Emmanuel", 'tag:"Emmanuel Macron" climat'),
        ("a tag: Anne Marie Roy", "tag: Anne", 'a tag:"Anne Marie Roy"'),
        ("tag:Anne Roy OU Paris", "tag:Anne", 'tag:"Anne Roy" OU Paris'),
        ("(tag:Anne) Paris", "tag:Anne", "(tag:Anne) Paris"),
        ("tag:Anne", "tag:Anne", "tag:Anne"),
    ],
)
def test_the_words_of_a_field_are_put_in_quotes(text: str, field: str, rewritten: str) -> None:
    assert quote_values(text, (field,)) == rewritten


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a b a", ("a", "b")),
        ('"prix nobel" OU « prix Goncourt »', ('"prix nobel"', "« prix Goncourt »")),
        ("a -b SAUF c NOT d", ("a",)),
        ("(a OU b) -(c d) SAUF (e f)", ("a", "b")),
        ('titre:"a b" "c', ('titre:"a b"', "c")),
        ("", ()),
    ],
)
def test_pieces_are_words_and_phrases_that_are_wanted(text: str, words: tuple[str, ...]) -> None:
    assert pieces(text) == words
