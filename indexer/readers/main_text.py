"""The main text of an HTML page, by trafilatura; no other file imports it."""

from __future__ import annotations

import logging
import re

from lxml.html import HtmlElement

from indexer.readers.tags import one_line

_EMPTY_CELLS = re.compile(r"\s*\|(?:\s*\|)+\s*")
"""Tables that only lay a page out come as rows of bars."""


def main_text(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the page's main text, none where there is no text."""
    # Imported late: it takes a third of a second, which a corpus without HTML need not wait for.
    from trafilatura import bare_extraction

    # Pages without text are reported as errors of the reader: not a second time on the terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(tree, include_comments=False, with_metadata=False)
    if document is None or isinstance(document, dict):
        return []
    text = document.text or ""
    lines = (_EMPTY_CELLS.sub(" | ", line).strip(" |") for line in text.splitlines())
    return [one_line(line) for line in lines if line]
