"""The file of known persons: what it says, and what is wrong with it."""

from __future__ import annotations

import pytest

from indexer.errors import SettingsError
from indexer.french import fold_key
from indexer.persons import KnownPersons, Named, find_joins


def load(folder, text: str) -> KnownPersons:
    file = folder / "persons.toml"
    file.write_text(text, encoding="utf-8")
    return KnownPersons.load(file)


def test_the_file_that_ships_is_large_enough_and_joins_nobody_it_keeps_apart():
    known = KnownPersons.load()
    assert len(known.named) >= 150
    for pair in known.apart:
        one, other = sorted(pair)
        assert fold_key(known.mains.get(one, one)) != fold_key(known.mains.get(other, other))


def test_an_own_file_is_put_on_top(tmp_path):
    known = load(tmp_path, '[[person]]\nname = "Vladimir Putin"\naliases = ["Vladimir Poutine"]\n')
    assert known.mains["wladimir putin"] == "Vladimir Putin"
    assert known.mains["vladimir poutine"] == "Vladimir Putin"
    assert "vladimir putin" not in known.mains
    assert known.mains["boris yeltsin"] == "Boris Eltsine"


def test_an_own_file_is_put_in_place(tmp_path):
    known = load(tmp_path, 'replace = true\nnever = ["Le Chat Botté"]\n')
    assert known == KnownPersons(never=frozenset({"le chat botte"}))


def test_an_own_file_can_part_what_the_other_joins(tmp_path):
    known = load(tmp_path, 'apart = [["Boris Eltsine", "Boris Yeltsin"]]\n')
    assert "boris yeltsin" not in known.mains


def test_the_name_of_an_own_file_is_shown_though_rarer(tmp_path):
    known = load(tmp_path, '[[person]]\nname = "Yves Delmas"\naliases = ["Y. Delmas-Roche"]\n')
    names = [Named("yves delmas", "Yves Delmas", 1), Named(fold_key("Y. Delmas-Roche"), "Y. Delmas-Roche", 9)]
    assert [join.name for join in find_joins(names, known).values()] == ["Yves Delmas"]


def test_apart_is_stronger_than_every_rule(tmp_path):
    names = [Named("oleg tchernov", "Oleg Tchernov", 9), Named("oleg chernov", "Oleg Chernov", 1)]
    assert set(find_joins(names, load(tmp_path, ""))) == {"oleg chernov"}
    assert find_joins(names, load(tmp_path, 'apart = [["Oleg Tchernov", "Oleg Chernov"]]')) == {}


WRONG = [
    ("[[person]", "persons.toml: the persons cannot be read"),
    ("names = 1", "persons.toml: names: there are only apart, given_names, never, person, replace"),
    ('replace = "yes"', "persons.toml: replace is true or false"),
    ("[person]\nname = 'A B'", "persons.toml: person: a person begins with"),
    ("[[person]]\naliases = ['A B']", "persons.toml: person 1: name is the text that is shown"),
    (
        "[[person]]\nname = 'A B'\nalias = 'C'",
        "person 1: alias: there are only name and aliases",
    ),
    ("[[person]]\nname = 'A B'\naliases = 'C'", r"person 1 \(A B\): aliases: a list of texts expected"),
    ("[[person]]\nname = 'A B'\naliases = ['']", r"person 1 \(A B\): aliases: a text is empty"),
    ("[[person]]\nname = 'A B'\n[[person]]\nname = 'a b'", r"person 2 \(a b\): the name is there twice"),
    (
        "[[person]]\nname = 'A B'\naliases = ['C D']\n[[person]]\nname = 'E F'\naliases = ['C D']",
        r"person 2 \(E F\): « c d » is an alias of « A B », too",
    ),
    (
        "[[person]]\nname = 'A B'\naliases = ['C D']\n[[person]]\nname = 'C D'",
        r"person 2 \(C D\): the name is an alias of « A B »",
    ),
    ("never = ['A B']\n[[person]]\nname = 'A B'", "never: « a b » is a person of this file, too"),
    ("apart = [['A B']]", "apart 1: two different names, at least, are kept apart"),
    (
        "apart = [['A B', 'C D']]\n[[person]]\nname = 'A B'\naliases = ['C D']",
        "apart 1: two of the names are one person in this file",
    ),
    ("apart = ['A B', 'C D']", "apart 1: a list of texts expected"),
    ("given_names = [['Ann', 'Anna'], ['Anna', 'Anne']]", "given_names 2: « anna » is in another list"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, message):
    with pytest.raises(SettingsError, match=message):
        load(tmp_path, text)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere.toml: the persons cannot be read"):
        KnownPersons.load(tmp_path / "nowhere.toml")
