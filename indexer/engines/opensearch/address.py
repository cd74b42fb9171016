"""Where the cluster is and what our indices are called there; who asks comes from the environment alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from indexer.errors import SettingsError

URL = "OPENSEARCH_URL"
_NUMBERS = {"shards": 1, "replicas": 0, "timeout": 1, "patience": 0}
"""The options of an address, each with the smallest number that it may be."""


@dataclass(frozen=True, slots=True)
class Login:
    """Hold who asks; the password is never printed. `authority` is a file of certificates to trust."""

    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Hold the nodes of a cluster and how our indices are made there.

    All of ours begin with `prefix`. `timeout` is how many seconds a search may take, `patience` how many
    a writer goes on trying while the cluster does not take what it is given.
    """

    nodes: tuple[str, ...]
    prefix: str = "manchette"
    shards: int = 3
    replicas: int = 1
    timeout: int = 10
    patience: int = 300
    login: Login = Login()

    @classmethod
    def parse(cls, text: str, environ: Mapping[str, str] | None = None) -> Address:
        """Read `https://one:9200,two:9200/prefix?shards=6&replicas=1`; without a text OPENSEARCH_URL is read.

        User, password and certificates come from OPENSEARCH_USER, OPENSEARCH_PASSWORD (or a file that
        OPENSEARCH_PASSWORD_FILE names) and OPENSEARCH_CA. Raises SettingsError, never with a password.
        """
        environ = os.environ if environ is None else environ
        text = text or environ.get(URL, "")
        if not text:
            raise SettingsError(
                f"the engine opensearch needs an address: set {URL}, or engine = "
                '"opensearch+https://host:9200/prefix"'
            )
        parts = urlsplit(text)
        if "@" in parts.netloc:
            raise SettingsError(
                "the address of the cluster holds a password: set OPENSEARCH_USER and "
                "OPENSEARCH_PASSWORD instead"
            )
        hosts = [host for host in parts.netloc.split(",") if host]
        prefix = parts.path.strip("/") or "manchette"
        if parts.scheme not in ("http", "https") or not hosts or parts.fragment:
            raise SettingsError(f"{text!r} is no address of a cluster (as https://host:9200/prefix)")
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", prefix):
            raise SettingsError(f"{prefix!r} cannot begin the names of indices: a-z, 0-9, - and _")
        nodes = tuple(f"{parts.scheme}://{host}" for host in hosts)
        return cls(nodes, prefix, **_options(parts.query), login=_login(environ))

    @property
    def secure(self) -> bool:
        """Tell whether the cluster is asked through TLS."""
        return self.nodes[0].startswith("https:")

    def __str__(self) -> str:
        hosts = ",".join(node.partition("://")[2] for node in self.nodes)
        return f"{self.nodes[0].partition('://')[0]}://{hosts}/{self.prefix}"


def _options(query: str) -> dict[str, int]:
    options = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        least = _NUMBERS.get(name)
        if least is None or not re.fullmatch(r"\d{1,5}", value) or int(value) < least:
            known = ", ".join(f"{name} (a number of {least} or more)" for name, least in _NUMBERS.items())
            raise SettingsError(f"{name}={value} is no option of a cluster; there are {known}")
        options[name] = int(value)
    return options


def _login(environ: Mapping[str, str]) -> Login:
    password = environ.get("OPENSEARCH_PASSWORD", "")
    if file := environ.get("OPENSEARCH_PASSWORD_FILE"):
        try:
            password = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"OPENSEARCH_PASSWORD_FILE: {file} cannot be read ({error})") from error
    authority = environ.get("OPENSEARCH_CA", "")
    if authority and not Path(authority).is_file():
        raise SettingsError(f"OPENSEARCH_CA: there is no file {authority}")
    return Login(environ.get("OPENSEARCH_USER", ""), password, authority)
