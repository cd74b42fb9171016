"""Packed bytes → the bytes inside, as streams that say that they are damaged and refuse bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from indexer.errors import ReadError

SUFFIXES = (".gz", ".bz2", ".xz")
"""What a name ends with where its file is packed; whether it is, is told by the first bytes."""

RATIO = 200
"""A file may unpack to so many times its size: text packs to a third or a tenth, boilerplate to a fiftieth;
a file of one repeated byte to a thousandth and less."""

FREE = 64 * 2**20
"""Whatever the ratio, so many bytes may come out of a file."""

LAYERS = 2
"""A file may be packed so many times, one inside the other."""

GZIP = b"\x1f\x8b"
"""How a gzip file begins."""

_MAGIC: Mapping[bytes, Callable[[BinaryIO], Any]] = {
    GZIP: gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_BUFFER = io.DEFAULT_BUFFER_SIZE

Opener = Callable[[], BinaryIO]


class Budget:
    """Hold how many bytes may still come out of one file, from all its layers and members together."""

    def __init__(self, name: str, packed: int) -> None:
        self._name = name
        self._most = self._left = max(FREE, RATIO * packed)

    def spend(self, count: int) -> None:
        """Take bytes off; raises ReadError where there are none left."""
        self._left -= count
        if self._left < 0:
            size = f"{self._most // 2**20:,} MB"
            raise ReadError(self._name, f"unpacks to more than {size}, too much for its size: not read on")


def layers_of(raw: Opener, budget: Budget) -> tuple[bytes, ...]:
    """Return how the bytes of a stream are packed, the outermost first, none where they are not.

    Raises EOFError where they are damaged, ValueError where they are packed more often than is allowed.
    """
    layers: tuple[bytes, ...] = ()
    while True:
        with unpacked(raw, layers, budget) as stream:
            head = stream.read(6)
        found = next((magic for magic in _MAGIC if head.startswith(magic)), None)
        if found is None:
            return layers
        if len(layers) == LAYERS:
            raise ValueError(f"packed more than {LAYERS} times")
        layers = (*layers, found)


def unpacked(raw: Opener, layers: Sequence[bytes], budget: Budget) -> BinaryIO:
    """Return the bytes inside all layers; reading raises EOFError where they are damaged.

    Closing the stream closes those below.
    """
    stream = raw()
    for magic in layers:
        packed = cast(BinaryIO, _MAGIC[magic](stream))
        stream = cast(BinaryIO, io.BufferedReader(_Layer(packed, stream, budget), _BUFFER))
    return stream


def counted(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """Return a stream that others have unpacked, with the same care."""
    return cast(BinaryIO, io.BufferedReader(_Layer(stream, stream, budget), _BUFFER))


def bare_name(name: str) -> str:
    """Return a file's name without the suffixes that say that it is packed."""
    path = Path(name)
    while path.suffix.lower() in SUFFIXES:
        path = path.with_suffix("")
    return path.name


class _Layer(io.RawIOBase):
    """Read one layer, count what comes out, and give all damage one name: libraries have five."""

    def __init__(self, stream: BinaryIO, below: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._below = below
        self._budget = budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        try:
            data = cast(Any, self._stream).read1(len(view))  # what is good up to the damage comes first
        except (zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
            raise EOFError(str(error)) from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise EOFError(str(error)) from error
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._below.close()
        super().close()
