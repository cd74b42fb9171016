"""Dates as news writes them → date-times with a zone; nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from indexer.datewords import parse_french_date

PARIS = ZoneInfo("Europe/Paris")
"""The zone of dates that name none."""

_DAY_DIGITS = 8
_FIRST_YEAR, _LAST_YEAR = 1400, 9000

_URL_DAY = re.compile(
    r"(?:^|[/_-])(?P<y>(?:19|20)\d\d)(?:(?P<m>\d\d)(?P<d>\d\d)(?:\d{0,12})(?=\D|$)"
    r"|[/-](?P<m2>\d\d?)[/-](?P<d2>\d\d?)(?=[/_.-]|$))"
)


def parse_date(text: str, zone: ZoneInfo = PARIS) -> datetime | None:
    """Read an ISO 8601, French or RFC 822 date; a day without an hour is its midnight in `zone`.

    Returns None for anything else, for days that do not exist, and for years that only stand for « none ».
    Where a number may be the day or the month it is the day: 03/04/2018 is the third of April.
    """
    text = text.strip()
    if text.isdecimal() and len(text) != _DAY_DIGITS:
        return None  # seconds or milliseconds since 1970, which ISO 8601 reads as some day of the year 1511
    parsed = _iso(text) or parse_french_date(text, zone) or _rfc822(text)
    if parsed is None or not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def date_in_url(url: str, zone: ZoneInfo = PARIS) -> datetime | None:
    """Read the day in the path of an address or in a file name: `/20181118…`, `/2018/11/18/`.

    Digits behind the day are a number of the site, not an hour: they are not read.
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url, flags=re.IGNORECASE)
    for found in _URL_DAY.finditer(path):
        year, month, day = (
            int(found[name] or found[f"{name}2"]) if name != "y" else int(found["y"]) for name in "ymd"
        )
        try:
            return at_midnight(date(year, month, day), zone)
        except ValueError:
            continue
    return None


def at_midnight(day: date, zone: ZoneInfo = PARIS) -> datetime:
    """Return the first instant of a day, which stands for « the hour is not known »."""
    return datetime.combine(day, time(), zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s*(?:UTC|GMT)$", "+00:00", text))
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    # RFC 5322: with -0000 the hour is universal, its place unknown.
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None and text.endswith("-0000") else parsed
