"""Codes: a short text that stands for an id, the same on every machine and after every rebuild."""

from __future__ import annotations

from hashlib import blake2b

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 of Crockford: no i, l, o or u, so that nothing is read wrongly."""

SHORT = 10
"""Letters of most codes: 50 bits, which two of a million articles share once in two thousand archives."""

LONG = 12
"""Letters of a code that another article has the beginning of: 60 bits, a number that SQLite holds."""

_BITS = 5
_ALIKE = str.maketrans("ilo", "110")


def number_of(id: str) -> int:
    """Return the number of an id that its codes are written from."""
    digest = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - LONG * _BITS)


def code_of(number: int, length: int = SHORT) -> str:
    """Return the code of a number, its first letters only."""
    places = range(LONG - 1, LONG - 1 - length, -1)
    return "".join(ALPHABET[number >> (place * _BITS) & 31] for place in places)


def numbers_of(code: str) -> range:
    """Return the numbers that a code may stand for, in whatever case; none where it is no code."""
    letters = code.lower().translate(_ALIKE)
    if len(letters) not in {SHORT, LONG} or not set(letters) <= set(ALPHABET):
        return range(0)
    first = 0
    for letter in letters:
        first = first << _BITS | ALPHABET.index(letter)
    rest = (LONG - len(letters)) * _BITS
    return range(first << rest, first + 1 << rest)
