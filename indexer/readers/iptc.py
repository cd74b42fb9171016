"""Subjects of the IPTC: the seventeen headings of its codes, which agencies send without their names.

The codes 01000000 to 17000000 are the same in the Subject NewsCodes and in Media Topics
(https://cv.iptc.org/newscodes/mediatopic/); what is below a heading has its two first digits in the older
set only.
"""

from __future__ import annotations

import re

_HEADINGS = {
    "01": "Arts, culture, divertissement et médias",
    "02": "Criminalité, droit et justice",
    "03": "Désastres et accidents",
    "04": "Économie et finances",
    "05": "Éducation",
    "06": "Environnement",
    "07": "Santé",
    "08": "Gens, animaux, insolite",
    "09": "Social",
    "10": "Vie quotidienne et loisirs",
    "11": "Politique",
    "12": "Religion et croyance",
    "13": "Science et technologie",
    "14": "Société",
    "15": "Sport",
    "16": "Conflits, guerre et paix",
    "17": "Météo",
}


def heading(code: str) -> str:
    """Return the heading above a subject code of eight digits, empty for all other codes."""
    found = re.fullmatch(r"(?:.*[:/])?(\d\d)\d{6}", code.strip())
    return _HEADINGS.get(found[1], "") if found else ""


def is_heading(code: str) -> bool:
    """Tell whether a code is a heading itself: `medtop:04000000`."""
    return code.strip().endswith("000000") and bool(heading(code))
