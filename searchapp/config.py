"""The settings of the app: each from the mapping that `create_app` gets, else from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from indexer import SettingsError
from searchapp.headers import POLICY, Protection
from searchapp.language import Wanted, checked
from searchapp.mount import BUDGET

INDEX_DIR = "MANCHETTE_INDEX_DIR"


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold a setting: its name, its value where none is given, and what it decides."""

    name: str
    default: str
    text: str


SETTINGS = (
    Setting(INDEX_DIR, "", "folder of the index; empty: the one of the `index` command"),
    Setting("MANCHETTE_TITLE", "Manchette", "title of the archive"),
    Setting("MANCHETTE_LAYOUT", "searchapp/layout.html", "template that the pages extend"),
    Setting("MANCHETTE_POLICY", POLICY, "Content-Security-Policy; empty: none is sent"),
    Setting("MANCHETTE_FRAMES", "'self'", "who may frame the pages: `'self'`, `'none'`, or origins"),
    Setting("MANCHETTE_LANGUAGE", "", "`fr` or `en`; empty: that of the reader"),
    Setting("MANCHETTE_CONTACT", "", "e-mail address or page for those who have met a fault"),
    Setting(
        "MANCHETTE_BUDGET",
        str(BUDGET),
        "milliseconds that the engine may work for the words of one request; 0: no limit",
    ),
    Setting(
        "MANCHETTE_RATE",
        "20 per second; 600 per minute",
        "requests that one address may send, where `manchette[limits]` is installed; empty: no limit",
    ),
    Setting("MANCHETTE_RATE_STORAGE", "memory://", "where they are counted; in memory: in each worker"),
    Setting("MANCHETTE_PROXIES", "0", "proxies in front whose `X-Forwarded-` headers are believed"),
    Setting("MANCHETTE_ACCESS_LOG", "0", "1: a line of JSON a request, on the logger `manchette.access`"),
    Setting("MANCHETTE_METRICS", "0", "1: `/metrics` for Prometheus, needs `manchette[metrics]`"),
)


@dataclass(frozen=True, slots=True)
class AppConfig:
    """Hold the settings, read."""

    index_dir: str
    title: str
    layout: str
    protection: Protection
    language: Wanted
    contact: str
    budget: int
    rate: str
    rate_given: bool
    rate_storage: str
    proxies: int
    access_log: bool
    metrics: bool

    @classmethod
    def read(cls, given: Mapping[str, object], environ: Mapping[str, str] | None = None) -> AppConfig:
        """Return the settings; raises SettingsError for a value that means nothing."""
        environ = os.environ if environ is None else environ
        named = {each.name: given.get(each.name, environ.get(each.name)) for each in SETTINGS}
        text = {
            each.name: each.default if named[each.name] is None else str(named[each.name] or "")
            for each in SETTINGS
        }
        return cls(
            index_dir=text[INDEX_DIR],
            title=text["MANCHETTE_TITLE"],
            layout=text["MANCHETTE_LAYOUT"],
            protection=_protection(text["MANCHETTE_POLICY"], text["MANCHETTE_FRAMES"]),
            language=_language(text["MANCHETTE_LANGUAGE"]),
            contact=text["MANCHETTE_CONTACT"],
            budget=_number("MANCHETTE_BUDGET", text, 600_000),
            rate=text["MANCHETTE_RATE"].strip(),
            rate_given=named["MANCHETTE_RATE"] is not None,
            rate_storage=text["MANCHETTE_RATE_STORAGE"],
            proxies=_number("MANCHETTE_PROXIES", text, 10),
            access_log=_number("MANCHETTE_ACCESS_LOG", text, 1) == 1,
            metrics=_number("MANCHETTE_METRICS", text, 1) == 1,
        )


def _number(name: str, text: Mapping[str, str], highest: int) -> int:
    value = text[name].strip() or "0"
    value = {"True": "1", "False": "0"}.get(value, value)
    if not (value.isascii() and value.isdigit() and int(value) <= highest):
        raise SettingsError(f"{name}: {text[name]!r} is no number from 0 to {highest}")
    return int(value)


def _protection(policy: str, frames: str) -> Protection:
    try:
        return Protection(policy or None, frames)
    except ValueError as error:
        raise SettingsError(f"MANCHETTE_FRAMES: {error}") from None


def _language(name: str) -> Wanted:
    try:
        return checked(name or None)
    except ValueError as error:
        raise SettingsError(f"MANCHETTE_LANGUAGE: {error}") from None
