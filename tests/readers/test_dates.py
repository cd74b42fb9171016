"""Dates: what is one is read with its zone, everything else is none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import PARIS, date_in_url, parse_date

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("dates.tsv").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_parse_date(text: str, expected: str) -> None:
    parsed = parse_date(text)
    assert (parsed.isoformat() if parsed else "") == expected


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_without_a_zone_is_of_the_zone_given() -> None:
    zone = ZoneInfo("America/Montreal")
    for text in ("2018-11-18 21:11", "18 novembre 2018, 21 h 11", "18/11/2018 21:11"):
        assert str(parse_date(text, zone)) == "2018-11-18 21:11:00-05:00"
    assert str(parse_date("18 novembre 2018, 21 h 11 GMT", zone)) == "2018-11-18 21:11:00+00:00"
    assert str(date_in_url("/2018/11/18/", zone)) == "2018-11-18 00:00:00-05:00"


@given(st.text(max_size=40) | st.from_regex(r"[0-3]?\d[ /.][a-zéû0-9]{1,5}[ /.]\d{4}( \d\d?[h:]\d\d)?"))
def test_any_text_is_a_date_with_a_zone_or_none(text: str) -> None:
    parsed = parse_date(text)
    assert parsed is None or parsed.tzinfo is not None


@given(st.datetimes(min_value=datetime(1400, 1, 1), max_value=datetime(8999, 12, 31)))  # noqa: DTZ001
def test_what_is_written_in_french_is_read_back(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    text = format_datetime(at, "EEEE d MMMM yyyy 'à' H'h'mm", locale="fr")
    assert parse_date(text) == at.replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://journal.example/2018/11/18/sommet.html", "2018-11-18"),
        ("https://journal.example/international/201811181038953391-sommet/", "2018-11-18"),
        ("https://journal.example/sommet-2018-11-18", "2018-11-18"),
        ("https://journal.example/2018/11/sommet", None),
        ("https://journal.example/sommet-1038953391", None),
        ("https://20181118.example/sommet", None),
        ("20181118-sommet.txt", "2018-11-18"),
        ("20181318-sommet.txt", None),
    ],
)
def test_date_in_url(url: str, day: str | None) -> None:
    found = date_in_url(url)
    assert (found and found.date().isoformat()) == day
