"""Quotations in the text: what is set off, and what is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup, escape

from searchapp.quotations import paragraphs

CASES = {
    "a saying": ("Il a dit : « Nous partons demain matin. »", ["« Nous partons demain matin. »"], False),
    "a term": ("Les « gilets jaunes » sont là.", [], False),
    "two": (
        "« Un deux trois quatre », puis « cinq six sept huit ».",
        ["« Un deux trois quatre »", "« cinq six sept huit »"],
        True,
    ),
    "one in another": ("« Il crie “feu” et tout le monde sort », dit-elle.", None, True),
    "english marks": ("Elle a dit “rien ne va plus ici” hier.", ["“rien ne va plus ici”"], False),
    "not closed": ("« Un début de discours qui va plus loin.", [], False),
    "closed only": ("La suite d’un discours de la veille. »", [], False),
    "begins with a dash": (
        "– « Un deux trois quatre cinq », dit-il.",
        ["« Un deux trois quatre cinq »"],
        True,
    ),
    "short beside its speaker": (
        "« Un deux trois quatre », a répondu le porte-parole du ministère des Transports à la presse.",
        ["« Un deux trois quatre »"],
        False,
    ),
    "no quotation": ("Rien que du texte.", [], False),
}


@pytest.mark.parametrize("name", CASES)
def test_quotations(name: str) -> None:
    text, said, quoted = CASES[name]
    (paragraph,) = paragraphs([escape(text)])
    assert paragraph.quoted == quoted
    element = html.fragment_fromstring(paragraph.html, create_parent="p")
    found = [each.text_content() for each in element.xpath("span[@class='said']")]
    assert found == (said if said is not None else ["« Il crie “feu” et tout le monde sort »"])
    assert element.text_content() == text


def test_marks_within_stay_and_no_element_crosses_another() -> None:
    inside = Markup("« Le <mark>climat</mark> ne peut plus attendre »")
    across = Markup("<mark>pour « le climat</mark> qui ne peut attendre »")
    first, second = paragraphs([inside, across])
    assert first.html == f'<span class="said">{inside}</span>'
    assert first.quoted
    assert second.html == across


@given(st.text(alphabet="«»“” a<>&é\u202f", max_size=60))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    (paragraph,) = paragraphs([escape(text)])
    assert Markup(paragraph.html).striptags() == escape(text).striptags()
    assert paragraph.html.count("<span") == paragraph.html.count("</span>")
