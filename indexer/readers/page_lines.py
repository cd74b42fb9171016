"""The lines of a saved page: cut, cleaned of the site's, joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.furniture import is_furniture

_SENTENCE_END = re.compile(r"[.!?…][»\"”’)\s]*$")
_OPENS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ«\"“–—•\d-]")
_WRAPPED = 100
"""Lines of a text that was wrapped are shorter than this; a longer one is a paragraph of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line that has text, and how it stands to the one above."""

    text: str
    after_blank: bool
    after_furniture: bool = False

    @property
    def is_sentence(self) -> bool:
        """Tell whether it ends as a sentence does, which headlines and titles do not."""
        return self.text.endswith((".", ".»", ".”", '."', ". »", ".\u00a0»", ".\u202f»")) and (
            not self.text.endswith("...")
        )


def lines_of(text: str) -> list[Line]:
    """Return the lines that have text and are not furniture."""
    lines: list[Line] = []
    blank = furniture = False
    for raw in re.split(r"\r\n?|\n|\x0c|\u2028|\u2029", text.lstrip("\ufeff")):
        line = raw.strip("\x00\x1f\u200b\ufeff").strip()
        if not line:
            blank, furniture = True, False
        elif is_furniture(line):
            furniture = True
        else:
            lines.append(Line(line, blank, furniture))
            blank = furniture = False
    return lines


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs: wrapped lines joined, lines that are paragraphs kept apart."""
    return [paragraph for block in _blocks(lines) for paragraph in _split(block)]


def _blocks(lines: Sequence[Line]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.after_blank and block:
            yield block
            block = []
        block.append(line.text)
    if block:
        yield block


def _split(block: list[str]) -> Iterator[str]:
    width = max(map(len, block))
    parts = block[:1]
    for above, line in pairwise(block):
        ends = _SENTENCE_END.search(above) and _OPENS.match(line)
        if (ends and (len(above) > _WRAPPED or len(above) < width * 0.75)) or width > 2 * _WRAPPED:
            yield " ".join(parts)
            parts = []
        parts.append(line)
    yield " ".join(parts)
