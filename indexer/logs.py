"""Logs of the command: lines for people, or JSON for programs that collect them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

FORMATS = ("text", "json")
NAME = "manchette"

_KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def configure(format: str) -> None:
    """Let records of this project go to standard error, from now on in this format.

    As text these are warnings and errors, as JSON also what a run does.
    """
    logger = logging.getLogger(NAME)
    for handler in [handler for handler in logger.handlers if isinstance(handler, _Handler)]:
        logger.removeHandler(handler)
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonFormatter() if format == "json" else logging.Formatter("index: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if format == "json" else logging.WARNING)


class JsonFormatter(logging.Formatter):
    """Make of a record one line: time (UTC), level, message, and what it has beside as it is named."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        row: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        row |= {name: value for name, value in record.__dict__.items() if name not in _KNOWN}
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False, default=str)


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """Be told apart from the handlers of a host."""
