"""Ids of articles in paths: any text, in a form that no server or browser rewrites on the way."""

from __future__ import annotations

import re
from urllib.parse import quote

from werkzeug.routing import PathConverter

CONVERTER = "manchette_id"
"""The name of the converter in the rules of an app."""

_SAFE = "!$&'()*+,/:;=@"
"""What stands in a path as it is, by RFC 3986."""

_ODD = re.compile(r"~|^/|(?<=/)/|/$|/(?=(?:related|story)$)|(?:(?<=/)|^)\.\.?(?=/|$)|[\x00-\x1f\x7f\\]")
_ESCAPED = re.compile("~([0-9A-F]{2})")


class IdConverter(PathConverter):
    """Put any id into a path and take it out again, so that `url_for(..., id=article.id)` is enough."""

    def to_python(self, value: str) -> str:
        """Return the id of a path."""
        return path_to_id(value)

    def to_url(self, value: str) -> str:
        """Return the path of an id."""
        return id_to_url(value)


def id_to_url(id: str) -> str:
    """Return an id as it stands in a URL."""
    return quote(id_to_path(id), safe=_SAFE)


def id_to_path(id: str) -> str:
    """Return an id as a path that no server or browser rewrites; most ids stay as they are.

    Doubled, leading and last slashes, `.` and `..` between slashes, a last `/related` or `/story`, control
    characters and the backslash become `~` and two hexadecimal digits.
    """
    return _ODD.sub(lambda odd: "".join(f"~{ord(char):02X}" for char in odd[0]), id)


def path_to_id(path: str) -> str:
    """Return the id that a path stands for."""
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), path)
