"""What a reader cannot read in a file and an operator has to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from indexer.dates import PARIS


@dataclass(frozen=True, slots=True)
class Conventions:
    """Hold how the files of an archive are written.

    `zone` is that of dates that name none. `columns` says which field a header of a table or a key of a
    JSON row means, over the names that are known (`columns.py`); an empty field leaves the column out.
    """

    zone: ZoneInfo = PARIS
    columns: Mapping[str, str] = field(default_factory=dict)
