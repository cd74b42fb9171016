"""The files of a Whoosh index: its table of contents, and segments read and written as arrays.

This is the only place that imports Whoosh. Table of contents, segments, the index of terms and the stored
texts are as Whoosh makes them; the postings in a segment are packed by `postings`, and each has a file of
`columns` beside the others, named so that Whoosh clears it away with them.
"""

from __future__ import annotations

import io
import mmap
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import versionstring
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.formats import Frequency
from whoosh.index import TOC, EmptyIndexError, clean_files
from whoosh.system import pack_ushort

from indexer.engines.spans import Ints
from indexer.engines.whoosh.columns import Columns
from indexer.engines.whoosh.postings import Inverter, PackedTerm
from indexer.engines.whoosh.trust import check_trusted
from indexer.errors import EngineError
from indexer.query import TEXT_FIELDS

VERSION = str(versionstring())

_NAME = "MAIN"
_COLUMNS = ".columns.npz"
_SCHEMA = Schema(**{field: FieldType(Frequency(), None) for field in TEXT_FIELDS})

# What W3TermInfo.to_bytes writes; its from_bytes forgets to unpack the length, and is slower.
_TERM = struct.Struct("!BfIBBfIIqi")


class Contents:
    """Hold a table of contents: the segments of one commit, with the articles deleted in each."""

    def __init__(self, directory: Path) -> None:
        """Read the newest table; a folder without an index has one without segments."""
        self.directory = directory
        self._storage = _Storage(str(directory))
        self.generation = 0
        self.segments: list[Segment] = []
        self.written = False
        check_trusted(directory)
        try:
            toc = TOC.read(self._storage, _NAME, schema=_SCHEMA)
        except EmptyIndexError:
            if any(directory.glob(f"{_NAME}_*{W3Codec.TERMS_EXT}")):
                lost = f"the index in {directory} has no table of contents: build it in another folder"
                raise EngineError(lost) from None
            return
        self.generation = toc.generation
        self.segments = [Segment(directory, raw) for raw in toc.segments]

    def write(self, segments: Sequence[Segment]) -> None:
        """Write the next table, which makes these segments the index, and remove all other files."""
        raw = [segment.raw for segment in segments]
        TOC(_SCHEMA, raw, self.generation + 1).write(self._storage, _NAME)
        self.written = True
        _sync(self.directory)
        clean_files(self._storage, _NAME, self.generation + 1, raw)


class Segment:
    """Name a segment and know which of its articles are deleted."""

    def __init__(self, directory: Path, raw: Any) -> None:
        self._directory = directory
        self.raw = raw
        self.name: str = raw.segment_id()
        self.count: int = raw.doc_count_all()

    @property
    def deleted(self) -> int:
        """Return how many articles are deleted."""
        return int(self.raw.deleted_count())

    def living(self) -> Ints:
        """Return the articles that are not deleted."""
        mask = np.ones(self.count, bool)
        mask[list(self.raw.deleted_docs())] = False
        return np.flatnonzero(mask)

    def delete(self, doc: int) -> None:
        """Mark an article; it counts once the next table of contents is written."""
        self.raw.delete_document(doc)

    def remove(self) -> None:
        """Remove the files of a segment that is in no table of contents."""
        for file in self._directory.glob(f"{self.name}.*"):
            file.unlink()

    @classmethod
    def new(cls, directory: Path) -> Segment:
        """Name a segment that is still to be written."""
        return cls(directory, W3Codec().new_segment(_Storage(str(directory)), _NAME))

    def write(
        self, columns: Columns, stored: Sequence[bytes], terms: Mapping[str, Inverter], numbers: Ints
    ) -> None:
        """Write the files, those terms whose article `d` has a place `numbers[d]` here of 0 or more."""
        storage = _Storage(str(self._directory))
        codec = W3Codec()
        self.count = len(stored)
        self.raw.set_doc_count(self.count)
        scratch = storage.temp_storage(f"{_NAME}.tmp")  # the codec makes it, and leaves it
        texts = codec.per_document_writer(storage, self.raw)
        for doc, data in enumerate(stored):
            texts.start_doc(doc)
            texts.add_field("stored", None, data, 0)
            texts.finish_doc()
        texts.close()
        scratch.destroy()
        writer = _FieldWriter(codec, storage, self.raw)
        for field, inverter in terms.items():
            writer.start_field(field, _SCHEMA[field])
            for term in inverter.packed(numbers):
                writer.add_packed(term)
            writer.finish_field()
        writer.close()
        columns.save(self._directory / self.raw.make_filename(_COLUMNS))
        files = list(self._directory.glob(f"{self.name}.*"))
        for file in files:
            _sync(file)
        # Goes into the table of contents with the rest of Whoosh's own object.
        self.raw.sizes = {file.name: file.stat().st_size for file in files}

    def open(self) -> SegmentFiles:
        """Open the files for reading."""
        return SegmentFiles(self._directory, self.raw)


class SegmentFiles:
    """Hold the open files of a segment; they never change, and close when nothing refers to them."""

    def __init__(self, directory: Path, raw: Any) -> None:
        for name, size in raw.sizes.items():
            if (directory / name).stat().st_size != size:
                raise EngineError(f"{directory / name} is damaged: it should have {size} bytes")
        storage = _Storage(str(directory))
        self.columns = Columns.load(directory / raw.make_filename(_COLUMNS))
        self._terms = OrderedHashReader.open(storage, raw.make_filename(W3Codec.TERMS_EXT))
        self._numbers: dict[str, int] = self._terms.extras["fieldmap"]
        self._postings: memoryview = storage.open_file(raw.make_filename(W3Codec.POSTS_EXT)).view()
        self._texts = W3Codec().per_document_reader(storage, raw)

    def stored(self, doc: int) -> bytes:
        """Return what is stored with an article."""
        stored: bytes = self._texts.stored_fields(doc)["stored"]
        return stored

    def entry(self, field: str, text: str) -> tuple[int, memoryview] | None:
        """Return in how many articles a term is, deleted ones included, and its packed postings."""
        value = self._terms.get(self._key(field, text))
        return None if value is None else self._parse(value)

    def entries(self, field: str, prefix: str) -> Iterator[tuple[str, int, memoryview]]:
        """Return the terms that begin so, each with its `entry`."""
        key = self._key(field, prefix)
        for text, value in self._terms.items_from(key):
            if not text.startswith(key):
                return
            yield (_word(text), *self._parse(value))

    def words(self, field: str) -> Iterator[str]:
        """Return all terms of a field."""
        key = self._key(field, "")
        for text in self._terms.keys_from(key):
            if not text.startswith(key):
                return
            yield _word(text)

    def _key(self, field: str, text: str) -> bytes:
        if field not in self._numbers:
            raise EngineError(f"there is no text field {field!r}")
        key: bytes = pack_ushort(self._numbers[field])
        return key + text.encode("utf-8", "surrogatepass")

    def _parse(self, value: bytes) -> tuple[int, memoryview]:
        _, _, count, *_, start, length = _TERM.unpack(value)
        return count, self._postings[start : start + length]


class WriteLock:
    """Keep other processes from writing in a folder."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._lock = _Storage(str(directory)).lock(f"{_NAME}_WRITELOCK")
        if not self._lock.acquire():
            raise EngineError(f"the index in {directory} is being written by another process")

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class _Storage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Open files as maps, which any number of threads may read, and sync before a name counts."""

    def open_file(self, name: str, **_: object) -> _MappedFile:
        return _MappedFile(Path(self.folder, name))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        _sync(Path(self.folder, oldname))
        super().rename_file(oldname, newname, safe)


class _MappedFile(BufferFile):  # type: ignore[misc]
    """Read from a map of a file; Whoosh's own class would copy all of it into memory."""

    def __init__(self, path: Path) -> None:
        self._buf: mmap.mmap | bytes = b""
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size:  # an empty file cannot be mapped
                self._buf = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        StructFile.__init__(self, self._buf or io.BytesIO(), name=path.name)

    def view(self) -> memoryview:
        return memoryview(self._buf)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_packed(self, term: PackedTerm) -> None:
        """Add a term after all smaller ones, as `start_term`, `add` and `finish_term` do."""
        info = W3TermInfo(term.tokens, term.docs, minid=term.first, maxid=term.last)
        info.set_extent(self._postfile.tell(), len(term.data))
        self._postfile.write(term.data)
        self._tindex.add(pack_ushort(self._fieldid) + term.text, info.to_bytes())


def _word(key: bytes) -> str:
    return key[2:].decode("utf-8", "surrogatepass")


def _sync(path: Path) -> None:
    """Wait until a file or the names in a folder are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
