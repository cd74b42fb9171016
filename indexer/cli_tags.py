"""`index tags`: the tags of an index, what they name, and which may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.taglist import Tag


def tag_rows(tags: Sequence[Tag]) -> list[dict[str, Any]]:
    """Return what `index tags --json` prints."""
    return [
        {
            "tag": tag.name,
            "count": tag.count,
            "type": tag.type or None,
            "like": [{"tag": name, "why": why} for name, why in tag.like],
        }
        for tag in tags
    ]


def tag_lines(tags: Sequence[Tag]) -> str:
    """Return the tags as lines: count, name, type, and what each may be the same as."""
    lines = []
    for tag in tags:
        kind = f" [{tag.type}]" if tag.type else ""
        like = "; ".join(f"{name} ({why})" for name, why in tag.like)
        lines.append(f"{tag.count:>6,}  {tag.name}{kind}{f'  ~ {like}' if like else ''}")
    return "\n".join(lines)
