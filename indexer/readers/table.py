"""The table of readers: a new format is one file with `sniff` and `read`, and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers import feed, html, jsondoc, jsonl, newsml, newsml_g2, nitf, page, separated, warc
from indexer.readers.parts import Part
from indexer.readers.source import Source
from indexer.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold how one format is recognised and read.

    `sniff` looks at a source's opening and says whether the file is surely of the format; `read` yields
    its articles one by one, an error for each that is broken (or raises one for the whole file), and what
    it passed over on purpose.

    A format of many articles a file may have `parts`, which yields lines or records as they stand there,
    and `part`, which reads one of them: so those of a long file can be read by several processes.
    """

    format: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Article | ReadError | Skipped]]
    parts: Callable[[Source], Iterator[Part | ReadError | Skipped]] | None = None
    part: Callable[[Source, Any], Iterator[Article | ReadError | Skipped]] | None = None


READERS = (
    Reader("web archive", (".warc", ".wet"), warc.sniff, warc.read, warc.parts, warc.part),
    Reader("JSON Lines", (".jsonl", ".ndjson"), jsonl.sniff, jsonl.read, jsonl.parts, jsonl.part),
    Reader("JSON and ninjs", (".json", ".ninjs"), jsondoc.sniff, jsondoc.read),
    Reader("NewsML-G2", (), newsml_g2.sniff, newsml_g2.read),
    Reader("NewsML 1", (), newsml.sniff, newsml.read),
    Reader("NITF", (".nitf",), nitf.sniff, nitf.read),
    Reader("RSS and Atom", (".rss", ".atom", ".rdf"), feed.sniff, feed.read),
    Reader("CSV and TSV", (".csv", ".tsv"), separated.sniff, separated.read),
    Reader("HTML", (".html", ".htm", ".xhtml"), html.sniff, html.read),
    Reader("page saved as text", (".txt", ".text", ""), page.sniff, page.read),
)
"""All readers. Those first whose sign is the surest: the first that knows a file reads it."""


def reader_of(source: Source) -> Reader | None:
    """Return the reader of a file, by its content, else by its suffix; None where none fits."""
    for reader in READERS:
        if reader.sniff(source):
            return reader
    for reader in READERS:
        if source.suffix in reader.suffixes:
            return reader
    return None
