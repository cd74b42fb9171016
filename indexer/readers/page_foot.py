"""The foot of a saved page: « Lire aussi: », « Tags: », and what comes after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.readers.furniture import read_also_heading, tags_heading
from indexer.readers.page_lines import Line
from indexer.readers.tags import distinct, open_parenthesis, split_tags

_BULLETS = "-–—•*·»>→▶ \t\u00a0\u202f"
_TITLE = 200
_TAG = 60
_WRAPPED = 60
_LINES = 50
"""Tags go over fewer lines than this: a longer list is none."""


@dataclass(frozen=True, slots=True)
class Foot:
    """Hold what stands below the head: the lines of the body, and what was found under them."""

    body: Sequence[Line]
    read_also: tuple[str, ...]
    tags: tuple[str, ...]
    warnings: tuple[str, ...]


def split_foot(lines: Sequence[Line]) -> Foot:
    """Part the text from the lists at its end."""
    warnings: list[str] = []
    tags: tuple[str, ...] = ()
    at = next((at for at in reversed(range(len(lines))) if tags_heading(lines[at].text) is not None), None)
    if at is not None:
        tags = _tags(tags_heading(lines[at].text) or "", lines[at + 1 :], warnings)
        lines = lines[:at]
    body, titles = _read_also(lines)
    return Foot(body, titles, tags, tuple(warnings))


def _tags(first: str, below: Sequence[Line], warnings: list[str]) -> tuple[str, ...]:
    lines = [first] if first else []
    rest = list(below)
    while rest and len(lines) < _LINES and (not lines or not rest[0].after_blank):
        line = rest[0].text
        if lines and not _continues(lines, line, warnings):
            break
        lines.append(line)
        rest.pop(0)
    if any(len(line.text) > _TITLE for line in rest):
        warnings.append("text below the tags was left out")
    return split_tags(_joined(lines))


def _continues(lines: list[str], line: str, warnings: list[str]) -> bool:
    """Tell whether a line goes on with the tags above it, or is the site's."""
    above = lines[-1]
    if above.endswith(",") or line.startswith(",") or open_parenthesis(" ".join(lines)):
        return True
    if not any("," in part for part in lines):
        if len(line) <= _TAG and len(above) <= _TAG:
            warnings.append(f"taken for a tag, as it stands in a line below one: {line}")
            return True
        return False
    if "," in line and len(line) < 1000:
        warnings.append("the tags go on in another line without a comma between")
        return True
    return False


def _joined(lines: list[str]) -> str:
    """Join the lines of a list of tags: a line that was wrapped goes on, others end a tag."""
    text = ""
    for line in lines:
        if not text or text.endswith(",") or line.startswith(",") or open_parenthesis(text):
            text = f"{text} {line}"
        else:
            wrapped = "," in line and len(text) >= _WRAPPED
            text = f"{text} {line}" if wrapped else f"{text}, {line}"
    return text


def _read_also(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Part the titles under « Lire aussi » from the text; at the foot the list ends with the text."""
    last = max((at for at, line in enumerate(lines) if _is_text(line)), default=-1)
    body: list[Line] = []
    titles: list[str] = []
    in_list = fresh = False
    for at, line in enumerate(lines):
        rest = read_also_heading(line.text)
        if rest is not None:
            titles.append(rest)
            in_list, fresh = True, not rest
        elif in_list and not _is_text(line) and (at > last or fresh or not line.after_blank):
            titles.append(line.text.strip(_BULLETS))
            fresh = False
        else:
            body.append(line)
            in_list = False
    return body, distinct(titles)


def _is_text(line: Line) -> bool:
    return len(line.text) > _TITLE or (line.is_sentence and len(line.text) > 80)
