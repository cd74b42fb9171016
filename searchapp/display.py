"""Display: what a host decides of the pages of one mount, beyond title, layout and language."""

from __future__ import annotations

from dataclasses import dataclass

from searchapp.parameters import MAX_SIZE
from searchapp.state import FACETS, SIZE

DATE = "date"
THEMES = ("", "light", "dark")


@dataclass(frozen=True, slots=True)
class Display:
    """Decide how the pages of a mount look; raises ValueError for what it cannot be.

    `size`: articles on a page of results, 1 to 100; the API has 10 unless it is asked otherwise. `facets`:
    those that are shown, in this order, of person, tag, date and section. `theme`: light or dark; empty
    follows the host and the reader's system. `feeds`: whether searches can be followed as Atom.
    `indexed`: whether search engines may list the pages.
    """

    size: int = SIZE
    facets: tuple[str, ...] = ("person", "tag", DATE, "section")
    theme: str = ""
    feeds: bool = True
    indexed: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.size <= MAX_SIZE:
            raise ValueError(f"size {self.size}: 1 to {MAX_SIZE}")
        known = {*FACETS, DATE}
        if not set(self.facets) <= known or len(set(self.facets)) != len(self.facets):
            raise ValueError(f"facets {self.facets!r}: each of {', '.join(sorted(known))} at most once")
        if self.theme not in THEMES:
            raise ValueError(f"theme {self.theme!r}: light, dark or empty")
