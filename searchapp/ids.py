"""Ids of articles in paths: any text, in a form that no server or browser rewrites on the way."""

from __future__ import annotations

import re

from werkzeug.routing import PathConverter

CONVERTER = "manchette_id"
"""The name of the converter in the rules of an app."""

_ODD = re.compile(r"~|^/|(?<=/)/|/$|/(?=(?:related|story)$)|(?:(?<=/)|^)\.\.?(?=/|$)|[\x00-\x1f\x7f\\]")
_ESCAPED = re.compile("~([0-9A-F]{2})")


class IdConverter(PathConverter):
    """Put any id into a path and take it out again, so that `url_for(..., id=article.id)` is enough."""

    def to_python(self, value: str) -> str:
        """Return the id of a path."""
        return path_to_id(value)

    def to_url(self, value: str) -> str:
        """Return the path of an id."""
        return super().to_url(id_to_path(value))


def id_to_path(id: str) -> str:
    """Return an id as a path that no server or browser rewrites; most ids stay as they are.

    Doubled, leading and last slashes, `.` and `..` between slashes, a last `/related` or `/story`, control
    characters and the backslash become `~` and two hexadecimal digits.
    """
    return _ODD.sub(lambda odd: "".join(f"~{ord(char):02X}" for char in odd[0]), id)


def path_to_id(path: str) -> str:
    """Return the id that a path stands for."""
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), path)
