"""French typography: spaces, numbers, plurals, dates; never in what others wrote."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from searchapp.typography import articles, from_to, long_day, month, number, say, short_day


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
