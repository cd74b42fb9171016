"""Dates as French newsrooms write them: « mardi 3 déc. 2019 à 9h05 », « 18/11/2018 21:11 ».

An own grammar, since a general library guesses: dateparser reads « mardi », « 12 » and « mars » alone as days
of this year, swaps day and month where one of them fits, and takes a second to load; Babel has the names of
months for writing dates, and reads numeric ones only.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juill juil",
            "aout aou",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}

_ZONES = {"z": 0, "utc": 0, "gmt": 0, "tu": 0, "cet": 1, "hec": 1, "cest": 2, "heec": 2}
"""Hours east of Greenwich of the abbreviations that mean one zone only; TU, HEC and HEEC are French."""

_DATE = re.compile(
    r"""
    (?:(?:(?:publie|paru|poste|diffuse|mis\ en\ ligne|mise\ en\ ligne)\ ?:?\ ?)?(?:le\ (?::\ )?)?)
    (?:(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|edi|anche)?\.?,?\ )?
    (?:(?P<day>\d\d?)\ ?(?:er)?\ (?P<month>[a-z]{3,9})\.?\ (?P<year>\d{4})
      |(?P<day2>\d\d?)(?P<sign>[/.-])(?P<month2>\d\d?)(?P=sign)(?P<year2>\d{4}))
    (?:\ ?[,|·–—-]?\ ?(?:a\ )?
      (?P<hour>\d\d?)\ ?(?:h|:|\ heures?\ ?)(?:\ ?(?P<minute>\d\d)(?:[:m]\ ?(?P<second>\d\d)s?)?(?:\ ?min)?)?
      \ ?(?P<zone>\(?(?:z|utc|gmt|tu|cet|cest|hec|heec|heure\ de\ paris|[+-]\d\d:?\d\d)\)?)?)?
    \.?
    """,
    re.VERBOSE,
)


def parse_french_date(text: str, zone: ZoneInfo) -> datetime | None:
    """Read a day in French words or as day/month/year, with or without its hour; None for all else.

    The whole text must be the date, with its year in four digits; the name of the weekday is not compared.
    A day without an hour is its midnight in `zone`.
    """
    found = _DATE.fullmatch(_folded(text))
    if found is None:
        return None
    month = _MONTHS.get(found["month"]) if found["month"] else int(found["month2"])
    if month is None:
        return None
    try:
        return datetime(
            int(found["year"] or found["year2"]),
            month,
            int(found["day"] or found["day2"]),
            int(found["hour"] or 0),
            int(found["minute"] or 0),
            int(found["second"] or 0),
            tzinfo=_zone(found["zone"], zone),
        )
    except ValueError:
        return None


def _folded(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.replace("ᵉʳ", "er")).casefold()
    return " ".join("".join(char for char in marks if not unicodedata.combining(char)).split())


def _zone(text: str | None, zone: ZoneInfo) -> tzinfo:
    name = (text or "").strip("() ")
    if not name:
        return zone
    if name == "heure de paris":
        return ZoneInfo("Europe/Paris")
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name])) if _ZONES[name] else UTC
    digits = name[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if name[0] == "-" else offset)
