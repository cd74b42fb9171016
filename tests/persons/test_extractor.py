"""The modes, and what an article's fields give."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article
from indexer.errors import EngineUnavailable, SettingsError
from indexer.french import fold_key
from indexer.persons import PersonExtractor, ner, open_extractor
from indexer.persons.gather import gather


def article(**values) -> Article:
    return Article(id="1", **{"title": "Titre", **values})


def test_names_come_in_order_of_first_appearance_title_first():
    found = open_extractor("names").persons(
        article(
            title="Simone Veil au Panthéon",
            lede="Un hommage d'Emmanuel Macron.",
            body="Jean Moulin y repose. Simone Veil aussi.",
            caption="Marie Curie, en 1911.",
        )
    )
    assert found == ("Simone Veil", "Emmanuel Macron", "Jean Moulin", "Marie Curie")


def test_author_and_credit_are_not_read():
    found = open_extractor("names").persons(article(author="Paul Martin", credit="© AFP . Anne Dupont"))
    assert found == ()


def test_persons_of_the_source_come_first_and_once():
    found = open_extractor("names").persons(
        article(body="Jean Moulin et Édouard Philippe.", persons=("Edouard Philippe", "Sapeur Camember"))
    )
    assert found == ("Edouard Philippe", "Sapeur Camember", "Jean Moulin")


def test_tags_that_are_persons_are_persons():
    tags = (
        "politique",
        "Emmanuel Macron",
        "Tour de France",
        "Simone Veil (1927-2017)",
        "Élysée",
        "James Bond",
    )
    assert open_extractor("names").persons(article(tags=tags)) == ("Emmanuel Macron", "Simone Veil")
    assert open_extractor("tags").persons(article(tags=tags)) == ("Emmanuel Macron", "Simone Veil")


@pytest.mark.parametrize("tag", ["EMMANUEL MACRON", "emmanuel macron", "Macron Emmanuel", "Emmanuel Macron"])
def test_a_tag_takes_the_spelling_of_the_text(tag):
    found = open_extractor("tags").persons(article(body="Emmanuel Macron a parlé.", tags=(tag,)))
    assert found == ("Emmanuel Macron",)


def test_tags_mode_leaves_the_text_alone():
    found = open_extractor("tags").persons(article(body="Jean Moulin y repose.", tags=("Simone Veil",)))
    assert found == ("Simone Veil",)


def test_off_keeps_what_the_source_gave():
    given_by_source = article(
        body="Jean Moulin.", tags=("Simone Veil",), persons=("Anne Hidalgo", "ANNE HIDALGO")
    )
    assert open_extractor("off").persons(given_by_source) == ("Anne Hidalgo",)


def test_an_unknown_mode_is_named():
    with pytest.raises(SettingsError, match="'all'"):
        open_extractor("all")


def test_ner_says_what_to_install(monkeypatch):
    def missing(name):
        raise ImportError(name)

    ner._model.cache_clear()
    monkeypatch.setattr(ner, "import_module", missing)
    with pytest.raises(EngineUnavailable, match=r"pip install 'manchette\[ner\]'"):
        open_extractor("ner")


def test_ner_asks_the_model_about_doubtful_names_only(monkeypatch):
    class Entity:
        def __init__(self, text, start, label_):
            self.start_char, self.end_char, self.label_ = start, start + len(text), label_

    class Document:
        def __init__(self, text):
            asked.append(text)
            labels = {"Zyrkan Pollidès": "PER", "Brumval Vertou": "LOC"}
            self.ents = [Entity(n, text.find(n), label) for n, label in labels.items() if n in text]

    class Model:
        def pipe(self, texts):
            return map(Document, texts)

    class Spacy:
        def load(self, name, exclude):
            assert name == ner.MODEL
            assert "parser" in exclude
            return Model()

    asked: list[str] = []
    ner._model.cache_clear()
    monkeypatch.setattr(ner, "import_module", lambda name: Spacy())
    extractor: PersonExtractor = open_extractor("ner")
    text = "Jean Moulin est venu. On a vu Zyrkan Pollidès hier. Brumval Vertou dort."
    assert extractor.persons(article(body=text)) == ("Jean Moulin", "Zyrkan Pollidès")
    assert asked == ["On a vu Zyrkan Pollidès hier.", "Brumval Vertou dort."]
    ner._model.cache_clear()


def test_the_model_is_not_imported_unasked():
    source = importlib.import_module("indexer.persons.ner").__file__
    assert source
    assert not hasattr(ner, "spacy")


def test_a_name_set_in_capitals_takes_the_spelling_of_the_body():
    text = "LEONARDO DICAPRIO À CANNES\n\nLeonardo DiCaprio est arrivé."
    assert gather(text) == ("Leonardo DiCaprio",)


def test_the_spelling_with_accents_is_shown():
    assert gather("Edouard Philippe est venu. Édouard Philippe a parlé.") == ("Édouard Philippe",)


def test_soft_hyphens_and_special_blanks_are_no_obstacle():
    assert gather("Bruno Ma\u00adgras et Emmanuel\u00a0Macron.") == ("Bruno Magras", "Emmanuel Macron")


def test_a_long_family_name_is_kept_an_affiliation_is_not():
    assert gather("Marc Ladreit de Lacharrière a donné.") == ("Marc Ladreit de Lacharrière",)
    lines = (
        "Étaient là Anne Martin d'Azurial, Paul Leroy de Bricor, Julie Petit de Clarmont, Luc Roux d'Elvado."
    )
    assert gather(lines) == ("Anne Martin", "Paul Leroy", "Julie Petit", "Luc Roux")


def test_a_surname_alone_never_makes_a_person():
    text = "M. Delmas a parlé. Selon Mme Delmas et Delmas, le ministre Delmas a tort."
    assert gather(text) == ()


_PIECES = """
Jean Marie de la LE PEN Emmanuel MACRON d'Estaing l'abbé Pierre von J. K. M. Mme II pape reine rue le , . «
» ( ) et ministre 45 ans a déclaré Zyrkan Saint New York PSG -l'Oréal O'Brien al-Assad ’ Ier Un Ma là DE
"""
_WORDS = st.sampled_from([*_PIECES.split(), "\n", "\u00a0", ""])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_any_text_is_read_and_every_name_is_in_it(text):
    names = gather(text)
    flat = fold_key(text.replace("\u00ad", ""))
    for name in names:
        assert fold_key(name) in flat, name
    assert len({fold_key(name) for name in names}) == len(names)


@settings(max_examples=100, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join), st.lists(_WORDS, max_size=4).map(" ".join))
def test_reading_twice_gives_the_same(text, tag):
    extractor = open_extractor("names")
    one = article(body=text, tags=(tag,))
    assert extractor.persons(one) == extractor.persons(one)
