"""`index diff`: what a search finds otherwise in another generation, as rows and as text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.difference import Change, Difference


def difference_row(difference: Difference) -> dict[str, Any]:
    """Return what `index diff --json` prints."""
    return asdict(difference)


def difference_text(difference: Difference) -> str:
    """Return the changed searches as lines: the words, both totals, and what left the first ten or came."""
    head = (
        f"{difference.before} → {difference.after}: {difference.articles_before:,} → "
        f"{difference.articles_after:,} articles; of {difference.queries:,} searches "
        f"{len(difference.changes):,} find something else"
    )
    return "\n".join([head, *(_line(change) for change in difference.changes)])


def _line(change: Change) -> str:
    count = f"{change.before:,} → {change.after:,}" if change.before != change.after else f"{change.after:,}"
    moved = [f"   − {id}" for id in change.left] + [f"   + {id}" for id in change.came]
    order = "" if moved or change.before != change.after else ", in another order"
    return "\n".join([f"{change.query}: {count}{order}", *moved])
