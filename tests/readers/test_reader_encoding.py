"""Bytes → text: what is certain is silent, what is guessed is said."""

from __future__ import annotations

import pytest

from indexer.readers.encoding import declared_encoding, decode, is_binary

TEXT = "L’été à Nîmes : « cœur », œuvre, 12 €"
DOS = "Déjà, l'été s'achève à Nîmes."


@pytest.mark.parametrize(
    ("data", "declared", "text", "warning"),
    [
        (TEXT.encode(), "", TEXT, ""),
        (TEXT.encode("utf-8-sig"), "", TEXT, ""),
        (TEXT.encode("utf-16"), "", TEXT, ""),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "", TEXT, ""),
        (TEXT.encode("utf-16-le"), "", TEXT, "encoding guessed: utf-16-le"),
        (TEXT.encode("utf-16-be"), "", TEXT, "encoding guessed: utf-16-be"),
        (TEXT.encode("cp1252"), "", TEXT, "encoding guessed: cp1252"),
        (TEXT.encode("cp1252"), "windows-1252", TEXT, ""),
        (TEXT.encode("cp1252"), "ISO-8859-1", TEXT, ""),
        (TEXT.encode("iso-8859-15", "replace"), "iso-8859-15", TEXT.replace("’", "?"), ""),
        (TEXT.encode("cp1252"), "utf-8", TEXT, "encoding guessed: cp1252"),
        (TEXT.encode("cp1252"), "rot13", TEXT, "encoding guessed: cp1252"),
        (TEXT.encode("cp1252"), "unicode-escape", TEXT, "encoding guessed: cp1252"),
        (TEXT.encode(), "iso-8859-1", TEXT, "declared as iso-8859-1, read as UTF-8, which it is"),
        (b"plain", "iso-8859-1", "plain", ""),
        (b"\xe9t\xe9 \x81", "", "été \x81", "encoding guessed: latin-1"),
        ("été ".encode() * 9 + b"\xff", "", "été " * 9 + "\ufffd", "damaged characters replaced: 1"),
        (TEXT.encode("mac_roman"), "", TEXT, "encoding guessed: mac_roman"),
        (
            DOS.encode("cp850"),
            "",
            DOS,
            "encoding guessed: cp850",
        ),
        (b"", "", "", ""),
    ],
)
def test_decode(data: bytes, declared: str, text: str, warning: str) -> None:
    assert decode(data, declared) == (text, warning)


def test_declared_encoding() -> None:
    assert declared_encoding(b'<meta charset="iso-8859-1">') == "iso-8859-1"
    assert declared_encoding(b"<meta http-equiv=x content='text/html; charset=UTF-8'>") == "UTF-8"
    assert declared_encoding(b'<?xml version="1.0" encoding="windows-1252"?>') == "windows-1252"
    assert declared_encoding(b"<p>charset</p>") == ""


def test_binary() -> None:
    assert is_binary(b"%PDF-1.7 text")
    assert is_binary(bytes(range(32)) * 4)
    assert not is_binary(TEXT.encode("utf-16"))
    assert not is_binary(TEXT.encode("utf-16-le"))
    assert not is_binary(TEXT.encode("cp1252"))
    assert not is_binary(b"one \x00 in a long text" * 3)
