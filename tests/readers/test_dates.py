"""Dates: what is one is read with its zone, everything else is none."""

from __future__ import annotations

import pytest

from indexer.dates import date_in_url, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-11-18", "2018-11-18T00:00:00+01:00"),
        ("20180718", "2018-07-18T00:00:00+02:00"),
        (" 2018-11-18 21:11 ", "2018-11-18T21:11:00+01:00"),
        ("2018-11-18T21:11:00Z", "2018-11-18T21:11:00+00:00"),
        ("2018-11-18T21:11:00+0400", "2018-11-18T21:11:00+04:00"),
        ("2018-11-18 21:11:00 UTC", "2018-11-18T21:11:00+00:00"),
        ("Sun, 18 Nov 2018 21:11:00 GMT", "2018-11-18T21:11:00+00:00"),
        ("Sun, 18 Nov 2018 21:11:00 -0000", "2018-11-18T21:11:00+00:00"),
        ("18 Nov 2018 21:11:00 +0300", "2018-11-18T21:11:00+03:00"),
        ("2018-02-30", None),
        ("2018-11", None),
        ("2018", None),
        ("2111", None),
        ("1511121200000", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("hier", None),
        ("", None),
    ],
)
def test_parse_date(text: str, expected: str | None) -> None:
    parsed = parse_date(text)
    assert (parsed and parsed.isoformat()) == expected


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
