"""Credits: every way in which a text names those who made it, which are not persons of the article."""

from __future__ import annotations

import pytest

from indexer.persons.credits import is_credited

BEFORE = [
    *("© ", "Avec AFP (c) ", "Crédit : ", "CRÉDITS PHOTOS : ", "crédit photo ", "Propos recueillis par "),
    *("Témoignages recueillis par ", "De notre correspondant à Rome, ", "De nos envoyés spéciaux à Kiev "),
    *("\nReportage : ", "Texte :", "\n Enquête : ", "Récit : ", "\nPar "),
    *("Photo ", "(Photos : ", "\nIllustration de ", "[Vidéo ", "Fin. Infographies par "),
]
NOT = ["La photo de ", "Le texte de ", "Crédits de ", "C’est par ", "L’enquête : ", "Selon "]


def credited(before: str) -> bool:
    text = f"{before}Anne Dupont\n"
    return is_credited(text, len(before), len(before) + len("Anne Dupont"))


@pytest.mark.parametrize("before", BEFORE)
def test_who_made_the_text_or_the_picture(before: str) -> None:
    assert credited(before)


@pytest.mark.parametrize("before", NOT)
def test_who_is_named_in_a_sentence(before: str) -> None:
    assert not credited(before)


def test_an_agency_after_the_name() -> None:
    assert is_credited("Vue du port. Anne Dupont/AFP", 13, 24)
    assert not is_credited("Vue du port. Anne Dupont, maire", 13, 24)
