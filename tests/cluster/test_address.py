"""The address of a cluster, and who asks: read from a setting and the environment, wrong ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines import resolve_engine
from indexer.engines.opensearch.address import Address, Login
from indexer.errors import EngineUnavailable, SettingsError


def test_an_address_with_everything() -> None:
    environ = {"OPENSEARCH_USER": "u", "OPENSEARCH_PASSWORD": "p", "OPENSEARCH_CA": __file__}
    address = Address.parse("https://one:9200,two/archive?shards=24&replicas=2&timeout=5&patience=9", environ)
    assert address == Address(
        ("https://one:9200", "https://two"), "archive", 24, 2, 5, 9, Login("u", "p", __file__)
    )
    assert address.secure
    assert str(address) == "https://one:9200,two/archive"
    assert "p'" not in repr(address)


def test_the_address_may_come_from_the_environment() -> None:
    assert Address.parse("", {"OPENSEARCH_URL": "http://h:1/x"}) == Address(("http://h:1",), "x")
    assert Address.parse("", {"OPENSEARCH_URL": "http://h:1"}).prefix == "manchette"


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("mot de passe\n", "utf-8")
    environ = {"OPENSEARCH_USER": "u", "OPENSEARCH_PASSWORD_FILE": str(file)}
    assert Address.parse("http://h", environ).login.password == "mot de passe"


@pytest.mark.parametrize(
    ("text", "environ", "reason"),
    [
        ("", {}, "set OPENSEARCH_URL"),
        ("ftp://h", {}, "is no address of a cluster"),
        ("http:///x", {}, "is no address of a cluster"),
        ("http://u:geheim@h/x", {}, "set OPENSEARCH_USER and OPENSEARCH_PASSWORD instead"),
        ("http://h/Archive", {}, "'Archive' cannot begin"),
        ("http://h/a/b", {}, "'a/b' cannot begin"),
        ("http://h/x?shards=0", {}, "shards=0 is no option"),
        ("http://h/x?shards=", {}, "shards= is no option"),
        ("http://h/x?colour=red", {}, "there are shards (a number of 1 or more), replicas"),
        ("http://h/x", {"OPENSEARCH_CA": "/nowhere"}, "OPENSEARCH_CA: there is no file /nowhere"),
        ("http://h/x", {"OPENSEARCH_PASSWORD_FILE": "/nowhere"}, "/nowhere cannot be read"),
    ],
)
def test_what_is_no_address(text: str, environ: dict[str, str], reason: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Address.parse(text, environ)
    assert reason in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("name", ["whoosh+http://h", "elastic", "opensearc+http://h"])
def test_what_is_no_engine(name: str) -> None:
    with pytest.raises(EngineUnavailable, match="there is no engine"):
        resolve_engine(name)
