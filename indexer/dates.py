"""Dates as news writes them → date-times with a zone; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
"""The zone of dates that name none."""

_URL_DAY = re.compile(
    r"(?:^|[/_-])(?P<y>(?:19|20)\d\d)(?:(?P<m>\d\d)(?P<d>\d\d)(?:\d{0,12})(?=\D|$)"
    r"|[/-](?P<m2>\d\d?)[/-](?P<d2>\d\d?)(?=[/_.-]|$))"
)


def parse_date(text: str, zone: ZoneInfo = PARIS) -> datetime | None:
    """Read an ISO 8601 or RFC 822 date; a day without an hour is its midnight in `zone`.

    Returns None for anything else, and for days that do not exist.
    """
    text = text.strip()
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        try:
            parsed = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
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
