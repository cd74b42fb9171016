"""Parts of a long file, lines or records: each can be read without the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from indexer.article import Article
from indexer.errors import ReadError
from indexer.readers.source import Source
from indexer.skipped import Skipped

P = TypeVar("P", bound="Part")


class Part(Protocol):
    """Hold what of a long file can be read without the rest of it."""

    @property
    def data(self) -> bytes:
        """Return its bytes."""

    @property
    def position(self) -> str:
        """Return where in the file it stands."""


def read_parts(
    parts: Iterable[P | ReadError | Skipped],
    source: Source,
    part: Callable[[Source, P], Iterator[Article | ReadError | Skipped]],
) -> Iterator[Article | ReadError | Skipped]:
    """Yield what `part` reads of each part; what is wrong or passed over as it comes."""
    for each in parts:
        if isinstance(each, ReadError | Skipped):
            yield each
        else:
            yield from part(source, each)
