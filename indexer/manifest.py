"""The manifest: what a generation is, written when it is complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from indexer.catalogue import Summary
from indexer.dates import PARIS
from indexer.entries import SCHEMA_VERSION
from indexer.errors import IndexDamaged, IndexOutdated
from indexer.failures import reading
from indexer.french import ANALYSER_VERSION

NAME = "manifest.json"
_ADVICE = "Run: index check, then index rollback or index rebuild"
_BLOCK = 1 << 20

READ_AT_OPENING = 16 << 20
"""Bytes whose checksums are compared whenever a generation is opened, the smallest files first: about 20 ms.

Tables of contents are small, and damage there costs most: Whoosh keeps its own as pickles.
"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold what is known of a generation.

    `files` has the size and the checksum of each of its files, `zone` is that of the days that it counts.
    """

    engine: str
    engine_version: str
    schema_version: int
    analyser_version: int
    persons: str
    built: str
    articles: int
    undated: int
    first: str
    last: str
    previous: str
    files: Mapping[str, tuple[int, str]]
    zone: str = PARIS.key

    def of(self, summary: Summary) -> Manifest:
        """Return the same with the numbers and the period of a summary."""
        zone = ZoneInfo(self.zone)
        return replace(
            self,
            articles=summary.articles,
            undated=summary.undated,
            first=day_text(summary.first, zone),
            last=day_text(summary.last, zone),
        )

    def save(self, directory: Path) -> None:
        """Write the manifest into the folder of its generation."""
        row = asdict(self)
        text = json.dumps(row | {"checksum": _own_checksum(row)}, indent=1, ensure_ascii=False)
        directory.joinpath(NAME).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> Manifest:
        """Read the manifest of a generation.

        Raises IndexDamaged where there is none, IndexOutdated where this version cannot read it.
        """
        row = _read(directory)
        found = row.get("schema_version"), row.get("analyser_version")
        if found != (SCHEMA_VERSION, ANALYSER_VERSION):
            raise IndexOutdated(
                f"{directory.parent.parent}: built with schema {found[0]}, analyser {found[1]}; this version "
                f"needs {SCHEMA_VERSION} and {ANALYSER_VERSION}. Run: index rebuild"
            )
        with reading(directory / NAME):
            return cls(**row | {"files": _files(row)})

    def check_cheaply(self, directory: Path) -> None:
        """Raise IndexDamaged where a file is missing, has another size, or is small and changed.

        To be called before any file is mapped to memory: reading beyond the end of one kills the process.
        """
        whole_sizes(directory, self.files)
        left = READ_AT_OPENING
        for name, (size, sum) in sorted(self.files.items(), key=lambda item: item[1][0]):
            left -= size
            if left < 0:
                break
            with reading(directory / name):
                if checksum(directory / name) != sum:
                    raise IndexDamaged(f"{directory / name}: checksum differs. {_ADVICE}")

    def damaged(self, directory: Path) -> list[str]:
        """Return a line for each file that is missing or changed, read in full."""
        lines = []
        for name, (size, sum) in self.files.items():
            file = directory / name
            if not file.is_file():
                lines.append(f"{file}: missing")
            elif file.stat().st_size != size:
                lines.append(f"{file}: {file.stat().st_size} bytes instead of {size}")
            elif checksum(file) != sum:
                lines.append(f"{file}: checksum differs")
        return lines


def is_whole(directory: Path) -> bool:
    """Tell whether a generation of any version has its manifest, and files of the sizes it names."""
    try:
        whole_sizes(directory, _files(_read(directory)))
    except IndexDamaged:
        return False
    return True


def previous_of(directory: Path) -> str:
    """Return the name of the generation that one of any version replaced; raise IndexDamaged."""
    return str(_read(directory).get("previous", ""))


def whole_sizes(directory: Path, files: Mapping[str, tuple[int, str]]) -> None:
    """Raise IndexDamaged where a file is missing or has another size."""
    for name, (size, _) in files.items():
        file = directory / name
        try:
            found = file.stat().st_size
        except OSError as error:
            raise IndexDamaged(f"{file}: {error.strerror}. {_ADVICE}") from error
        if found != size:
            raise IndexDamaged(f"{file}: {found} bytes instead of {size}. {_ADVICE}")


def day_text(seconds: int | None, zone: ZoneInfo) -> str:
    """Return the day of a publication as a manifest has it; the empty text for None."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, zone).date().isoformat()


def list_files(directory: Path) -> dict[str, tuple[int, str]]:
    """Return the size and the checksum of each file below a folder, the manifest left out."""
    files = sorted(file for file in directory.rglob("*") if file.is_file() and file.name != NAME)
    with ThreadPoolExecutor() as pool:  # hashing lets go of the interpreter
        sums = pool.map(checksum, files)
        return {
            file.relative_to(directory).as_posix(): (file.stat().st_size, sum)
            for file, sum in zip(files, sums, strict=True)
        }


def checksum(file: Path) -> str:
    """Return the BLAKE2b of a file, 16 bytes in hexadecimal."""
    sum = blake2b(digest_size=16)
    with file.open("rb") as blocks:
        while block := blocks.read(_BLOCK):
            sum.update(block)
    return sum.hexdigest()


def _read(directory: Path) -> dict[str, Any]:
    file = directory / NAME
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        # Manifests had no checksum of their own before.
        if "checksum" in row and row.pop("checksum") != _own_checksum(row):
            raise ValueError("checksum differs")
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{directory}: the manifest cannot be read ({error}). {_ADVICE}") from error
    found: dict[str, Any] = row
    return found


def _files(row: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    with reading(Path(NAME)):
        return {name: (int(size), str(sum)) for name, (size, sum) in dict(row["files"]).items()}


def _own_checksum(row: Mapping[str, Any]) -> str:
    return blake2b(json.dumps(row, sort_keys=True).encode(), digest_size=16).hexdigest()
