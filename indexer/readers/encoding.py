"""Bytes → text: UTF-8 wherever it fits, else what is declared, else the likeliest; guesses are said."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MAGIC: tuple[bytes, ...] = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x7fELF",
    b"7z\xbc\xaf",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"Rar!",
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_KNOWN = re.compile(
    r"(?:utf-?8|utf-?16|(?:iso|latin|windows|cp|x-mac|mac|koi8|us|ascii)[-_a-z0-9]*)", re.IGNORECASE
)
_DAMAGED = "\ufffd"
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»‹›’‘“”„–—…€°§©®²³·•½¼\u00a0\u00ad£")
_WESTERN = ["cp1252", "mac_roman", "cp850", "iso8859_15"]
"""What French was written in: among all that it knows, charset-normalizer takes short texts for Greek."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""")


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text and a warning, empty where nothing was guessed."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return text, _replaced(text) if _DAMAGED in text else ""
    if (wide := _wide(data)) is not None:
        return data.decode(wide, "replace"), f"encoding guessed: {wide}"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, declared)
    if declared and not text.isascii() and _canonical(declared) not in ("utf-8", ""):
        return text, f"declared as {declared}, read as UTF-8, which it is"
    return text, ""


def encoding_of(head: bytes) -> tuple[str, str]:
    """Return Python's name of the encoding that a stream begins in, and a warning where it is guessed."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return "utf-8-sig" if name == "utf-8" else "utf-16", ""
    if (wide := _wide(head)) is not None:
        return wide, f"encoding guessed: {wide}"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        name = _likeliest(head)
        return name, f"encoding guessed: {name}"
    return "utf-8", ""


def declared_encoding(data: bytes) -> str:
    """Return the encoding that the first lines of an HTML or XML file name, empty where they name none."""
    found = _DECLARED.search(data, 0, 4096)
    return found[1].decode("ascii") if found else ""


def is_binary(head: bytes) -> bool:
    """Tell whether the first bytes of a file are no text in any encoding read here."""
    if head.startswith(_MAGIC):
        return True
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head) is not None:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) * 0.05


def _decode_other(data: bytes, declared: str) -> tuple[str, str]:
    if (name := _canonical(declared)) and name not in ("utf-8", "utf-16"):
        try:
            return data.decode(name), ""
        except ValueError:
            pass  # the declaration is wrong: go on as if there were none
    text = data.decode("utf-8", "replace")
    broken = text.count(_DAMAGED)
    # Latin-1 read as UTF-8 is nearly all broken: where most sequences are good, some bytes were damaged.
    if sum(char > "\x7f" for char in text) >= 5 * broken:
        return text, _replaced(text)
    name = _likeliest(data)
    return data.decode(name), f"encoding guessed: {name}"


def _likeliest(data: bytes) -> str:
    """Return the encoding of Western text that is no UTF-8."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _FRENCH.issuperset(char for char in text if char > "\x7f"):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_WESTERN).best()
    if best is not None and best.encoding in _WESTERN[1:]:
        return best.encoding
    return "cp1252" if text else "latin-1"


def _canonical(declared: str) -> str:
    """Return Python's name of an encoding that pages declare, empty where it is none of text."""
    if not _KNOWN.fullmatch(declared):
        return ""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""
    # As browsers do: what calls itself Latin-1 was written on Windows.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: Latin text has a NUL in every second byte."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _replaced(text: str) -> str:
    return f"damaged characters replaced: {text.count(_DAMAGED)}"
