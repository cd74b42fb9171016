"""Periods as readers type them: 2018, 2018-11, 18/11/2018, 2018-11..2019-02."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FRENCH = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a first and a last day, None where open; `swapped` where they were typed the other way."""

    first: date | None
    last: date | None
    swapped: bool = False


def parse_period(text: str) -> Period | None:
    """Read a day, a month, a year or a range of them with two dots; None where it is none.

    Days that do not exist are no period: 2018-11-31 is never read as 1 December.
    """
    left, dots, right = text.strip().partition("..")
    if not dots:
        return _single(left)
    first, last = _single(left), _single(right)
    if (left and not first) or (right and not last) or not (left or right):
        return None
    period = Period(first.first if first else None, last.last if last else None)
    if period.first and period.last and period.first > period.last:
        assert first
        assert last
        return Period(last.first, first.last, swapped=True)
    return period


def _single(text: str) -> Period | None:
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif french := _FRENCH.fullmatch(text):
        day, month, year = french.groups()
    else:
        return None
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return Period(only, only)
        first_month, last_month = (int(month), int(month)) if month else (1, 12)
        last_day = monthrange(int(year), last_month)[1]
        return Period(date(int(year), first_month, 1), date(int(year), last_month, last_day))
    except ValueError:
        return None
