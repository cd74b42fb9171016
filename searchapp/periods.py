"""Months and years as the date facet writes them."""

from __future__ import annotations

from datetime import date


def month_after(month: str) -> str:
    """Return the month after one: 2019-01 after 2018-12."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def year_period(year: str) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(int(year), 1, 1), date(int(year), 12, 31)
