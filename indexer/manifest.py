"""The manifest: what a generation is, written when it is complete."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.catalogue import Summary
from indexer.dates import PARIS
from indexer.entries import SCHEMA_VERSION
from indexer.errors import IndexDamaged, IndexOutdated
from indexer.french import ANALYSER_VERSION

NAME = "manifest.json"
_BLOCK = 1 << 20


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
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        directory.joinpath(NAME).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> Manifest:
        """Read the manifest of a generation.

        Raises IndexDamaged where there is none, IndexOutdated where this version cannot read it.
        """
        try:
            row = json.loads(directory.joinpath(NAME).read_text(encoding="utf-8"))
            row["files"] = {name: (size, sum) for name, (size, sum) in row["files"].items()}
            manifest = cls(**row)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(f"{directory}: the manifest cannot be read ({error})") from error
        found = manifest.schema_version, manifest.analyser_version
        if found != (SCHEMA_VERSION, ANALYSER_VERSION):
            raise IndexOutdated(
                f"{directory.parent.parent}: built with schema {found[0]}, analyser {found[1]}; this version "
                f"needs {SCHEMA_VERSION} and {ANALYSER_VERSION}. Run: index rebuild"
            )
        return manifest

    def check_sizes(self, directory: Path) -> None:
        """Raise IndexDamaged where a file is missing or has another size."""
        for name, (size, _) in self.files.items():
            file = directory / name
            if not file.is_file():
                raise IndexDamaged(f"{file}: missing")
            if file.stat().st_size != size:
                raise IndexDamaged(f"{file}: {file.stat().st_size} bytes instead of {size}")

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


def day_text(seconds: int | None, zone: ZoneInfo) -> str:
    """Return the day of a publication as a manifest has it; the empty text for None."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, zone).date().isoformat()


def list_files(directory: Path) -> dict[str, tuple[int, str]]:
    """Return the size and the checksum of each file below a folder, the manifest left out."""
    files = sorted(file for file in directory.rglob("*") if file.is_file() and file.name != NAME)
    return {file.relative_to(directory).as_posix(): (file.stat().st_size, checksum(file)) for file in files}


def checksum(file: Path) -> str:
    """Return the BLAKE2b of a file, 16 bytes in hexadecimal."""
    sum = blake2b(digest_size=16)
    with file.open("rb") as blocks:
        while block := blocks.read(_BLOCK):
            sum.update(block)
    return sum.hexdigest()
