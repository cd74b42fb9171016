"""The rows of a JSON array, read one at a time from a stream, with the lines that they begin on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

LONGEST = 20 * 2**20
"""A row with more characters than this is broken."""

_CHUNK = 2**16
_GAP = re.compile(r"[\s,]*")


class TextStream(Protocol):
    """Be what text is read from."""

    def read(self, size: int, /) -> str:
        """Return the next characters, at most so many; none at the end."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a value of the array and its first line."""

    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Hold what is wrong with the array, and in which line."""

    reason: str
    line: int


class JsonArray:
    """Iterate over the values of an array, at the beginning of which a stream stands.

    Behind a row that is broken, reading goes on at the next line that begins as that row did. `line` is
    the line that was reached.
    """

    def __init__(self, stream: TextStream) -> None:
        self.line = 1
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self._indent: str | None = None
        self._decoder = json.JSONDecoder()

    def __iter__(self) -> Iterator[Row | Broken]:
        self._more()
        begin = self._text.find("[")
        if begin < 0:
            yield Broken("no array", 1)
            return
        self._go(begin + 1)
        while True:
            self._pass_gap()
            if self._at == len(self._text):
                yield Broken("the array has no end: the file is cut short", self.line)
                return
            if self._text.startswith("]", self._at):
                return
            found = self._row()
            yield found
            if isinstance(found, Broken) and not self._recover():
                yield Broken("the rows below it cannot be told from it", found.line)
                return

    def _row(self) -> Row | Broken:
        """Return the value that stands here, and go behind it; where it is broken, stay."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # An error before the end is one of the text, except that of a string that goes on.
                cut = error.pos >= len(self._text) - 8 or error.msg.startswith("Unterminated")
                if cut and len(self._text) - self._at < LONGEST and self._more():
                    continue
                line = self.line + self._text.count("\n", self._at, error.pos)
                return Broken(f"the row is not JSON: {error.msg}", line)
            except (ValueError, RecursionError) as error:
                return Broken(f"the row is not JSON that can be read: {error}", self.line)
            if end == len(self._text) and not isinstance(value, dict | list | str) and self._more():
                continue  # a number may go on
            row = Row(value, self.line)
            self._go(end)
            return row

    def _recover(self) -> bool:
        """Go to the next line that begins as the broken row did; False where there is none."""
        if self._indent is None:
            return False
        begins = re.compile(rf"\n{re.escape(self._indent)}(?=\{{)")
        self._go(self._at + 1)
        while (found := begins.search(self._text, self._at)) is None:
            self._go(max(self._at, len(self._text) - len(self._indent) - 2))
            if not self._more():
                return False
        self._go(found.start())
        return True

    def _pass_gap(self) -> None:
        """Go to the next value, and see whether it begins its line."""
        self._indent = None
        while True:
            found = _GAP.match(self._text, self._at)
            gap = found[0] if found else ""
            end = self._at + len(gap)
            if "\n" in gap:
                self._indent = gap.rpartition("\n")[2]
            elif self._indent is not None:
                self._indent += gap
            self._go(end)
            if end < len(self._text) or not self._more():
                break
        if not self._text.startswith("{", self._at) or "," in (self._indent or ""):
            self._indent = None

    def _go(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        """Read on, as much again as is held, and forget what was passed; False at the end."""
        kept = self._text[self._at :]
        chunk = "" if self._ended else self._stream.read(max(_CHUNK, len(kept)))
        self._ended = not chunk
        self._text, self._at = kept + chunk, 0
        return bool(chunk)
