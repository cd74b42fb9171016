"""Names as sources write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.persons import open_extractor
from indexer.persons.order import in_order

NAMES = [
    ("Nicolas Sarkozy", "Nicolas Sarkozy"),
    ("Sarkozy, Nicolas", "Nicolas Sarkozy"),
    ("SARKOZY Nicolas", "Nicolas Sarkozy"),
    ("SARKOZY, Nicolas", "Nicolas Sarkozy"),
    ("Nicolas SARKOZY", "Nicolas Sarkozy"),
    ("NICOLAS SARKOZY", "Nicolas Sarkozy"),
    ("LE PEN Marine", "Marine Le Pen"),
    ("Le Pen, Marine", "Marine Le Pen"),
    ("DUPOND-MORETTI Éric", "Éric Dupond-Moretti"),
    ("M. Nicolas Sarkozy", "Nicolas Sarkozy"),
    ("le président Emmanuel Macron", "Emmanuel Macron"),
    ("Président Emmanuel Macron", "Emmanuel Macron"),
    ("d'Anne Hidalgo", "Anne Hidalgo"),
    ("Dr. Irène Frachon", "Irène Frachon"),
    ("pape François", "pape François"),
    ("abbé Pierre", "abbé Pierre"),
    ("KIM Jong-un", "Kim Jong-un"),
    ("Xi Jinping", "Xi Jinping"),
    ("J. K. Rowling", "J. K. Rowling"),
    ("Rowling, J. K.", "J. K. Rowling"),
    ("Martin Luther King, Jr", "Martin Luther King, Jr"),
    ("Cédric O", "Cédric O"),
    ("N'Golo Kanté", "N'Golo Kanté"),
    ("Pelé", "Pelé"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_a_name_is_put_in_order(name, wanted):
    assert in_order(name) == wanted


@given(st.text(max_size=40))
def test_any_text_is_read(name):
    assert in_order(in_order(name)).split() is not None


@pytest.mark.parametrize("mode", ["off", "tags", "names"])
def test_names_of_the_source_are_put_in_order(mode):
    article = Article(
        id="1", title="Titre", persons=("Sarkozy, Nicolas", "SARKOZY Nicolas", "HOLLANDE François")
    )
    assert open_extractor(mode).persons(article) == ("Nicolas Sarkozy", "François Hollande")


def test_a_tag_with_the_surname_first_is_a_person():
    article = Article(id="1", title="Titre", tags=("SARKOZY Nicolas", "impôts"))
    assert open_extractor("tags").persons(article) == ("Nicolas Sarkozy",)
