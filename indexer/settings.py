"""Settings: a TOML file, then environment variables, then options of the command, each over the last."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indexer.article import Article
from indexer.dates import PARIS
from indexer.errors import SettingsError

FILE = "index.toml"
PREFIX = "MANCHETTE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what an operator decides.

    Each field is a key of `index.toml` and, in capitals with the prefix `MANCHETTE_`, an environment
    variable.

    `index_dir`: the folder of the index. `engine`: auto, whoosh, tantivy, memory or opensearch, with an
    address behind it: `opensearch+https://host:9200/prefix`. `persons`: names,
    ner, tags or off. `corpus`: files and folders to read; in the environment parted as in PATH.
    `synonyms`: a file in place of the one that ships; no index has to be built again for it. `tags`: a file
    of aliases and types of tags; `index update` takes its changes up.
    `persons_file`: what is known of names, on top of the file that ships; seen by the next update.
    `jobs`: processes that read and analyse in a build, 0 for one a processor, 1 for no other process.
    `zone`: the zone of dates that name none and of the days that are counted and shown. `columns`: a table,
    header of a CSV or key of a JSON row → field of an article; in the environment `header=field;…`.
    """

    index_dir: Path = Path("var/index")
    engine: str = "auto"
    persons: str = "names"
    corpus: tuple[Path, ...] = (Path("corpus"),)
    synonyms: Path | None = None
    tags: Path | None = None
    jobs: int = 0
    persons_file: Path | None = None
    zone: ZoneInfo = PARIS
    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
        """Return the settings of a TOML file (`index.toml` here, where there is one) and the environment.

        Paths in the file are relative to its folder. Raises SettingsError for a key that means
        nothing, a value of the wrong type, or a file that was asked for and cannot be read.
        """
        environ = os.environ if environ is None else environ
        asked = file or (Path(environ[f"{PREFIX}SETTINGS"]) if environ.get(f"{PREFIX}SETTINGS") else None)
        path = asked or Path(FILE)
        settings = cls()
        if asked or path.is_file():
            settings = _merged(settings, _read(path), str(path), path.parent)
        named = {name: environ[key] for name in _NAMES if (key := PREFIX + name.upper()) in environ}
        return _merged(settings, named, "environment", Path())


_NAMES = tuple(field.name for field in fields(Settings))
_FIELDS = frozenset(field.name for field in fields(Article))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error})") from error


def _merged(settings: Settings, row: Mapping[str, Any], where: str, folder: Path) -> Settings:
    for name, value in row.items():
        match name, value:
            case "index_dir", str():
                settings = replace(settings, index_dir=folder / value)
            case ("engine", str()):
                settings = replace(settings, engine=value)
            case ("persons", str()):
                settings = replace(settings, persons=value)
            case ("synonyms" | "tags" | "persons_file", str()):
                file: dict[str, Any] = {name: folder / value}
                settings = replace(settings, **file)
            case ("jobs", int() | str()) if re.fullmatch(r"\d{1,3}", str(value)):
                settings = replace(settings, jobs=int(value))
            case "zone", str():
                settings = replace(settings, zone=_zone(value, where))
            case "columns", str() | dict():
                settings = replace(settings, columns=_columns(value, where))
            case "corpus", str() | list():
                parts = value.split(os.pathsep) if isinstance(value, str) else value
                if not all(isinstance(part, str) for part in parts):
                    raise SettingsError(f"{where}: corpus is a list of paths")
                settings = replace(settings, corpus=tuple(folder / part for part in parts))
            case _:
                known = ", ".join(_NAMES)
                reason = "the value has the wrong type" if name in _NAMES else f"there are only {known}"
                raise SettingsError(f"{where}: {name}: {reason}")
    return settings


def _zone(value: str, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(f"{where}: zone: there is no zone {value!r} (as Europe/Paris)") from error


def _columns(value: str | Mapping[str, Any], where: str) -> dict[str, str]:
    """Return header → field; an empty field leaves the column out."""
    if isinstance(value, str):
        value = dict(pair.partition("=")[::2] for pair in value.split(";") if pair.strip())
    columns = {header.strip(): field.strip() for header, field in value.items() if isinstance(field, str)}
    unknown = sorted(set(columns.values()) - _FIELDS - {""})
    if unknown or len(columns) != len(value):
        reason = f"{unknown[0]!r} is no field" if unknown else "a field is a text"
        raise SettingsError(f"{where}: columns: {reason}; there are {', '.join(sorted(_FIELDS))}")
    return columns
