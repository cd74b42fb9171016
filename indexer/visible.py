"""Visible: which articles somebody may see, in the public terms of articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.engine import day_number
from indexer.entries import day_of, facet_values
from indexer.french import fold_key
from indexer.query import And, Everything, Kept, Not, OneOf, Or, Query, Range, Undated


@dataclass(frozen=True, slots=True)
class Visible:
    """Say which articles may be seen: those for which all that is given holds; without anything, all.

    `sections` and `tags`: the article has one of these; None sets no limit, an empty tuple lets nothing
    through. `not_sections` and `not_tags`: it has none of these. `first` and `last`: days, both included,
    in the zone of the index; articles without a date are then let through where `undated` says so. Accents
    and case make no difference. Raises TypeError for a text where several values are expected.
    """

    sections: Iterable[str] | None = None
    tags: Iterable[str] | None = None
    not_sections: Iterable[str] = ()
    not_tags: Iterable[str] = ()
    first: date | None = None
    last: date | None = None
    undated: bool = False

    def __post_init__(self) -> None:
        for name in ("sections", "tags", "not_sections", "not_tags"):
            values = getattr(self, name)
            if isinstance(values, str):
                raise TypeError(f"{name} is several texts, not one: {values!r}")
            if values is not None:
                # In one order, so that equal rules are equal, and their pages have the same ETag.
                object.__setattr__(self, name, tuple(sorted({fold_key(value) for value in values})))

    @property
    def query(self) -> Query:
        """Return the query that these articles match, each with the score 0."""
        parts: list[Query] = []
        for field, values in (("section", self.sections), ("tag", self.tags)):
            if values is not None:
                parts.append(_any(field, values))
        for field, values in (("section", self.not_sections), ("tag", self.not_tags)):
            if values:
                parts.append(Not(_any(field, values)))
        if self.first or self.last:
            period = Range(self.first, self.last)
            parts.append(Or((period, Kept(Undated()))) if self.undated else period)
        return And(tuple(parts)) if parts else Everything()

    def admits(self, article: Article, zone: ZoneInfo) -> bool:
        """Tell whether an article may be seen: whether it matches the query."""
        values = {field: set(keys) for field, keys in facet_values(article).items()}
        section, tags = values["section"], values["tag"]
        wanted = (self.sections is None or section & set(self.sections)) and (
            self.tags is None or tags & set(self.tags)
        )
        refused = section & set(self.not_sections) or tags & set(self.not_tags)
        return bool(wanted) and not refused and self._of_the_period(day_of(article, zone))

    def _of_the_period(self, day: int | None) -> bool:
        if self.first is None and self.last is None:
            return True
        if day is None:
            return self.undated
        after = self.first is None or day_number(self.first) <= day
        return after and (self.last is None or day <= day_number(self.last))


def _any(field: str, values: Iterable[str]) -> Query:
    keys = tuple(values)
    return Kept(OneOf(field, keys)) if keys else And(())
