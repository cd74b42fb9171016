"""French typography: spaces, numbers, plurals, dates; never in what others wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

import pytest
from flask import Flask
from markupsafe import Markup

from searchapp.language import choose, forget
from searchapp.typography import (
    articles,
    decimal,
    from_to,
    long_day,
    moment,
    month,
    number,
    own,
    percent,
    quoted,
    say,
    say_many,
    short_day,
)


@pytest.fixture
def english() -> Iterator[None]:
    """Let all be said as in a request for English."""
    with Flask("test").test_request_context("/"):
        choose("en")
        yield
        forget()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1234, "1\u202f234"), (48213, "48\u202f213"), (1234567, "1\u202f234\u202f567")],
)
def test_numbers(value: int, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0\u00a0article"),
        (1, "1\u00a0article"),
        (2, "2\u00a0articles"),
        (1234, "1\u202f234\u00a0articles"),
    ],
)
def test_nought_and_one_are_singular(value: int, shown: str) -> None:
    assert articles(value) == shown


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2016, 1, 1), "1er\u00a0janvier\u00a02016", "1er\u00a0janv.\u00a02016"),
        (date(2018, 11, 18), "18\u00a0novembre\u00a02018", "18\u00a0nov.\u00a02018"),
        (date(2015, 5, 2), "2\u00a0mai\u00a02015", "2\u00a0mai\u00a02015"),
        (date(2015, 8, 31), "31\u00a0août\u00a02015", "31\u00a0août\u00a02015"),
    ],
)
def test_days(day: date, long: str, short: str) -> None:
    assert long_day(day) == long
    assert short_day(day) == short


def test_months() -> None:
    assert month("2018-11") == "novembre\u00a02018"
    assert month("2018") == "2018"
    assert from_to("2018-04", "2019-02") == "d’avril\u00a02018 à février\u00a02019"
    assert from_to("2018-02", "2018-04") == "de février\u00a02018 à avril\u00a02018"


def test_spaces_of_the_sentence_only() -> None:
    said = say("pour « {q} » : {n} !", {"q": "que faire ? « a » : b", "n": 3})
    assert said == "pour «\u202fque faire ? « a » : b\u202f»\u00a0: 3\u202f!"


def test_values_are_escaped_unless_safe() -> None:
    assert say("{a} {b}", {"a": "<b>", "b": Markup("<i>")}) == "&lt;b&gt; <i>"
    assert say("« {q} »", {"q": "{q} %s {0}"}) == "«\u202f{q} %s {0}\u202f»"


@pytest.mark.parametrize(
    ("sentence", "set_right"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Non !", "Non\u202f!"),
        ("l’un ; l’autre", "l’un\u202f; l’autre"),
        ("Photo : Léa", "Photo\u00a0: Léa"),
        ("Mots surlignés :", "Mots surlignés\u00a0:"),
        ("« mot »", "«\u202fmot\u202f»"),
        ("5 % du score", "5\u00a0% du score"),
        ("de même tag:, date:2018", "de même tag:, date:2018"),
    ],
)
def test_spaces(sentence: str, set_right: str) -> None:
    assert say(sentence) == set_right


def test_a_moment() -> None:
    day = date(2018, 11, 18)
    assert moment(day, time(21, 11)) == "18\u00a0novembre\u00a02018 à 21\u00a0h\u00a011"
    assert moment(day, time(9, 5)) == "18\u00a0novembre\u00a02018 à 9\u00a0h\u00a005"
    assert moment(day, None) == "18\u00a0novembre\u00a02018"


def test_parts_and_decimals() -> None:
    assert re.fullmatch("29[\u00a0\u202f]%", percent(29))
    assert decimal(14.25) == "14,2"


@pytest.mark.usefixtures("english")
def test_all_of_it_in_english() -> None:
    day = date(2018, 11, 1)
    assert number(1234567) == "1,234,567"
    assert [articles(n) for n in (0, 1, 2, 1234)] == [
        "0\u00a0articles",
        "1\u00a0article",
        "2\u00a0articles",
        "1,234\u00a0articles",
    ]
    assert long_day(day) == "1\u00a0November\u00a02018"
    assert short_day(date(2016, 1, 1)) == "1\u00a0Jan\u00a02016"
    assert moment(day, time(21, 11)) == "1\u00a0November\u00a02018, 21:11"
    assert from_to("2018-04", "2019-02") == "from April\u00a02018 to February\u00a02019"
    assert say("pour « {words} »", {"words": "été ; <b>"}) == "for “été ; &lt;b&gt;”"
    assert quoted(["a", "b"]) == "“a”, “b”"
    assert (percent(29), decimal(14.25)) == ("29%", "14.2")
    assert own("<été>") == '<span lang="fr">&lt;été&gt;</span>'
    assert own("summer", "en") == "summer"


def test_a_text_of_a_host_stays_as_it_is(english: None) -> None:
    assert say("Inconnu : {x}", {"x": 1}) == "Inconnu : 1"
    assert say_many("{n} zèbre", "{n} zèbres", 0) == "0\u00a0zèbres"


def test_words_of_newspapers_are_not_marked_in_french() -> None:
    assert own("<été>") == "<été>"
