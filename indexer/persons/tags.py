"""Tags that are persons."""

from __future__ import annotations

import re

from indexer.persons.gather import gather
from indexer.persons.order import in_order
from indexer.persons.settle import name_key

_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")


def persons_in_tags(tags: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons among the tags; `named` are those of the text, whose spelling is taken.

    A tag is a person where its text names that person, in whatever case or order of given name and
    surname, or where the tag as a whole has the form of a name.
    """
    known = {name_key(name): name for name in named}
    found = []
    for tag in tags:
        name = _person(_ASIDE.sub("", tag), known)
        if name:
            found.append(name)
    return tuple(found)


def _person(tag: str, known: dict[str, str]) -> str | None:
    words = name_key(tag).split()
    if len(words) < 2:
        return None
    for key in (" ".join(words), " ".join((words[-1], *words[:-1])), " ".join((*words[1:], words[0]))):
        if key in known:
            return known[key]
    tag = in_order(tag)
    whole = gather(tag)
    return whole[0] if len(whole) == 1 and name_key(whole[0]) == name_key(tag) else None
