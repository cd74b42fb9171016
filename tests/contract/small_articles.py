"""Small articles, and short ways to write and find them."""

from __future__ import annotations

from indexer.engine import Engine, Entry
from indexer.query import Everything, Facet, Query, Search


def entry(id: str, text: str = "a", tag: str = "t", day: int | None = 20180401) -> Entry:
    """Make an article."""
    return Entry(id, {"text": text.split()}, {"tag": (tag,)}, day, day, text.encode())


def write(engine: Engine, *entries: Entry) -> None:
    """Add articles."""
    with engine.update() as writer:
        for each in entries:
            writer.add(each)


def ids(engine: Engine, query: Query | None = None) -> set[str]:
    """Return what is found."""
    page = engine.search(Search(query or Everything(), limit=1000))
    assert page.total == len(page.hits)
    return {hit.id for hit in page.hits}


def tags(engine: Engine) -> dict[str, int]:
    """Return the counts of tags."""
    counts = engine.search(Search(Everything(), limit=0, facets=(Facet("tag", None),))).facets["tag"].counts
    return {count.value: count.count for count in counts}
