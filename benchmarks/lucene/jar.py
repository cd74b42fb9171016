"""The Java of this machine and a jar with Lucene that it can run.

Lucene comes in the package pyserini (its jar of Anserini holds all of Lucene). It is fetched once, with
`pip download --no-deps`, and the jar alone is kept in `~/.cache/manchette/lucene` (`XDG_CACHE_HOME` if set).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class LuceneMissing(Exception):
    """Say why Lucene cannot run here."""


@dataclass(frozen=True, slots=True)
class Java:
    """Hold a Java that was found and its version."""

    path: str
    version: int


@dataclass(frozen=True, slots=True)
class Release:
    """Hold a release of pyserini, the Lucene in it and the oldest Java that runs it."""

    pyserini: str
    lucene: str
    java: int


RELEASES = (Release("2.4.0", "10.5.0", 21), Release("0.40.0", "9.9.1", 11))


def java_and_jar() -> tuple[Java, Path]:
    """Return the newest Java and the newest jar that it can run, fetched where it is not there yet.

    Raises LuceneMissing.
    """
    found = [java for path in _places() if (java := _java(path))]
    if not found:
        raise LuceneMissing("no Java on this machine (looked at JAVA_HOME, PATH and /usr/lib/jvm)")
    java = max(found, key=lambda java: java.version)
    for release in RELEASES:
        if java.version >= release.java:
            return java, _jar(release)
    raise LuceneMissing(f"{java.path} is Java {java.version}; Lucene needs {RELEASES[-1].java} or newer")


def _places() -> list[Path]:
    home, on_path = os.environ.get("JAVA_HOME"), shutil.which("java")
    places = [Path(home) / "bin" / "java"] if home else []
    places += [Path(on_path)] if on_path else []
    places += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    return [path for path in places if path.is_file()]


def _java(path: Path) -> Java | None:
    shown = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', shown)
    return Java(str(path), int(version[1])) if version else None


def _jar(release: Release) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "manchette" / "lucene"
    jar = cache / f"lucene-{release.lucene}.jar"
    if not jar.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _unpack(_download(release, Path(folder)), Path(folder) / "jar")
            (Path(folder) / "jar").rename(jar)
    return jar


def _download(release: Release, folder: Path) -> Path:
    wanted = ["--python-version", "3.12", f"pyserini=={release.pyserini}"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
        *wanted,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    files = sorted(folder.glob("pyserini-*"))
    if done.returncode or not files:
        raise LuceneMissing(
            f"pyserini {release.pyserini} could not be downloaded: {done.stderr.strip()[-300:]}"
        )
    return files[0]


def _unpack(package: Path, jar: Path) -> None:
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            names = [name for name in wheel.namelist() if name.endswith("-fatjar.jar")]
            with wheel.open(names[0]) as source:
                _copy(source, jar)
        return
    with tarfile.open(package) as archive:
        member = next(member for member in archive if member.name.endswith("-fatjar.jar"))
        source_file = archive.extractfile(member)
        if source_file is None:
            raise LuceneMissing(f"{package.name} has no jar")
        with source_file:
            _copy(source_file, jar)


def _copy(source: IO[bytes], jar: Path) -> None:
    with jar.open("wb") as target:
        shutil.copyfileobj(source, target)
