"""Web archives → their records, one at a time; what is damaged is named with its place and gone round.

warcio reads a record. Where one begins is found here: warcio stops at the first damage, or goes on without
a word. Packed archives have a gzip member a record, as the standard asks, or one for all.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from indexer.errors import ReadError
from indexer.readers.source import WHOLE, Source, shown
from indexer.readers.unpacking import GZIP, Budget, unpacked

MOST_DAMAGED = 1_000
"""An archive with more damaged records is given up: each costs a search for the next."""

_LINE = 64 * 2**10
_HEADERS = 2**20
_CHUNK = 64 * 2**10
_FIRST = b"WARC/"
_DAMAGES = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, zlib.error, ValueError),
    *(AttributeError, TypeError, IndexError),  # warcio, where a header that it needs is missing
)


@dataclass(frozen=True, slots=True)
class Head:
    """Hold what a record says of itself; `status` is 0 and `content_type` its own where it is no answer."""

    kind: str
    url: str
    date: str
    digest: str
    language: str
    status: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Record:
    """Hold a record with its content, decoded, and where it begins."""

    head: Head
    data: bytes
    position: str


def records(source: Source, wanted: Callable[[Head], bool]) -> Iterator[Record | ReadError]:
    """Yield the records that are wanted, and an error for each that is damaged or too long."""
    packed = source.layers[-1:] == (GZIP,)
    layers = source.layers[:-1] if packed else source.layers
    with unpacked(source.raw, layers, source.budget) as stream:
        start = 0
        for _ in range(MOST_DAMAGED):
            stream.seek(start)
            lines = _Members(stream, source.budget) if packed else _Plain(stream)
            try:
                yield from _from_here(lines, wanted, source)
            except _DAMAGES as error:
                yield ReadError(shown(source.path), f"the record is damaged ({error})", lines.position)
            else:
                return
            start = _next_start(stream, lines.start + 1, packed)
            if start < 0:
                return
        reason = f"more than {MOST_DAMAGED:,} damaged records: the rest is not read"
        yield ReadError(shown(source.path), reason, lines.position)


def _from_here(lines: _Lines, wanted: Callable[[Head], bool], source: Source) -> Iterator[Record | ReadError]:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while first := lines.first():
        record: Any = loader.parse_record_stream(lines, first, "warc")
        limited = record.raw_stream
        length = record.rec_headers.get_header("Content-Length") or ""
        if not isinstance(limited, LimitReader) or not length.strip().isdecimal():
            raise ValueError("no length")
        head = _head(record)
        data = _content(record) if wanted(head) else None
        while limited.read(_CHUNK):
            pass
        if limited.limit:
            raise EOFError("cut off")
        if data is not None and len(data) > WHOLE:
            reason = f"longer than {WHOLE // 2**20} MB, too long for a page"
            yield ReadError(shown(source.path), reason, lines.position)
        elif data is not None:
            yield Record(head, data, lines.position)


def _head(record: Any) -> Head:
    own, http = record.rec_headers, record.http_headers
    status = http.get_statuscode() if http else ""
    return Head(
        kind=own.get_header("WARC-Type") or "",
        url=own.get_header("WARC-Target-URI") or "",
        date=own.get_header("WARC-Date") or "",
        digest=own.get_header("WARC-Payload-Digest") or own.get_header("WARC-Block-Digest") or "",
        language=own.get_header("WARC-Identified-Content-Language")
        or (http.get_header("content-language") if http else "")
        or "",
        status=int(status) if status.isdecimal() else 0,
        content_type=(http.get_header("content-type") if http else own.get_header("Content-Type")) or "",
    )


def _content(record: Any) -> bytes:
    """Return the content, one byte more than a page may have at most."""
    http, stream = record.http_headers, record.raw_stream
    if http and (http.get_header("transfer-encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream, decomp_type=None)
    encoding = ((http.get_header("content-encoding") if http else "") or "identity").strip().lower()
    data = cast(bytes, stream.read(WHOLE + 1))
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflated(data)
    if encoding not in ("identity", "none", "utf-8"):
        raise ValueError(f"the content is packed as {encoding}, which is not read")
    return data


def _inflated(data: bytes) -> bytes:
    """Return the bytes of packed content; what is not packed, whatever it says, as it is."""
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(bits)
        try:
            plain = decoder.decompress(data, WHOLE + 1)
        except zlib.error:
            continue
        if len(plain) <= WHOLE and not decoder.eof:
            raise EOFError("the packed content is cut off")
        return plain
    if data.lstrip()[:1] == b"<":
        return data
    raise ValueError("the packed content is damaged")


class _Lines:
    """Give a record parser lines and bytes, no line and no block of headers without a bound."""

    start = 0
    """Where the record that is being read begins, in bytes of the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._headers = _HEADERS

    @property
    def position(self) -> str:
        return f"byte {self.start}"

    def first(self) -> bytes:
        """Return the first line of the next record, empty at the end."""
        self._headers = _HEADERS
        while (line := self.readline()) and not line.strip(b"\r\n\x00"):
            self._headers = _HEADERS
        if line and not line.startswith(_FIRST):
            raise ValueError("no record begins where one must")
        return line

    def readline(self, length: int | None = None) -> bytes:
        line = self._stream.readline(_LINE if length is None else min(length, _LINE))
        self._headers -= len(line)
        if self._headers < 0:
            raise ValueError("the headers are too long")
        return line

    def read(self, length: int) -> bytes:
        return self._stream.read(length)

    def tell(self) -> int:
        return self._stream.tell()


class _Plain(_Lines):
    """Read an archive that is not packed."""

    def first(self) -> bytes:
        self.start = self._stream.tell()
        while (line := super().first()) and not line.startswith(_FIRST):
            pass
        self.start = self._stream.tell() - len(line)
        return line


class _Members(_Lines):
    """Read an archive of gzip members."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._raw = _MemberBytes(stream, budget)
        super().__init__(cast(BinaryIO, io.BufferedReader(self._raw, _CHUNK)))

    @property
    def start(self) -> int:  # type: ignore[override]
        return self._raw.start

    def tell(self) -> int:
        return 0


class _MemberBytes(io.RawIOBase):
    """Unpack gzip members one after the other; no read goes over the end of one."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._packed = b""
        self._decoder: Any = None
        self.start = stream.tell()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while True:
            if not self._packed:
                self._packed = self._stream.read(_CHUNK)
            if self._decoder is None:
                self._packed = self._packed.lstrip(b"\x00")
                if not self._packed:
                    return 0
                self.start = self._stream.tell() - len(self._packed)
                self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            elif not self._packed:
                raise EOFError("cut off")
            data = self._decoder.decompress(self._packed, len(view))
            self._packed = self._decoder.unconsumed_tail
            if self._decoder.eof:
                self._packed, self._decoder = self._decoder.unused_data, None
            if data:
                self._budget.spend(len(data))
                view[: len(data)] = data
                return len(data)


def _next_start(stream: BinaryIO, start: int, packed: bool) -> int:
    """Return where the next record begins, at this byte or later; -1 where none does."""
    sign = GZIP + b"\x08" if packed else b"\n" + _FIRST
    at = start
    tail = b""
    stream.seek(start)
    while chunk := stream.read(2**20):
        block = tail + chunk
        found = block.find(sign)
        while found >= 0:
            place = at - len(tail) + found
            if not packed:
                return place + 1
            if _is_member(block[found : found + 4096]):
                return place
            found = block.find(sign, found + 1)
        at += len(chunk)
        tail = block[-(len(sign) - 1) :]
    return -1


def _is_member(data: bytes) -> bool:
    """Tell whether a gzip member of a record begins so; the three bytes of the sign occur by chance."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(_FIRST)) == _FIRST
    except zlib.error:
        return False
