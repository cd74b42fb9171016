"""What two articles that are the same, or nearly, have in common: keys of address and text, and a sketch.

The sketch is MinHash with one permutation: of all shingles, hashed, the smallest of each of 128 ranges. The
library datasketch hashes shingle by shingle, with as many permutations as ranges, at over a millisecond an
article; an article is built in that time. This takes a sixteenth of it, as whole arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from indexer.article import Article

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST = 200
"""Texts with fewer bytes, spaces and punctuation left out, are no sign: « Article réservé aux abonnés »."""

SHINGLE = 32
"""Bytes of a shingle: about five words."""

RANGES = 128
BANDS, _ROWS = 12, 5
"""Two texts with 0.8 of their shingles in common share one of 12 bands of 5 with a probability of 0.99, two
with half of them with 0.3; those that share one are then compared by the whole sketch."""

_DROPPED = bytes({*range(48), *range(58, 65), *range(91, 97), *range(123, 128)})
_MARKS = tuple(mark.encode() for mark in "\u00a0\u202f\u2009«»’‘“”–—…")
_TRACKING = re.compile(r"(?:utm_|xtor|at_|fbclid|gclid|mc_|igshid|ref$)", re.IGNORECASE)
_MASK = 2**64 - 1
_FACTOR = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold the keys of an article, None where it has none, and its sketch, empty for a short text."""

    url: int | None
    body: int | None
    bands: bytes
    lows: bytes


def signature_of(article: Article) -> Signature:
    """Return the signature of an article, which depends on its address, standfirst and body alone."""
    address = _address(article.url)
    flat = _flat(f"{article.lede}{article.body}")
    if len(flat) < SHORTEST:
        return Signature(_key(address.encode()), None, b"", b"")
    return Signature(_key(address.encode()), _key(flat), *_sketch(flat))


def likeness(left: bytes, right: bytes) -> float:
    """Return about the share of shingles that two texts have in common, by their sketches."""
    import numpy as np

    same = np.frombuffer(left, np.uint8) == np.frombuffer(right, np.uint8)
    return float(same.mean())


def _flat(text: str) -> bytes:
    """Return a text without case, spaces and punctuation; on bytes it takes half the time."""
    flat = text.lower().encode("utf-8", "replace").translate(None, _DROPPED)
    for mark in _MARKS:
        flat = flat.replace(mark, b"")
    return flat


def _address(url: str) -> str:
    """Return what of an address names a page; the empty text for that of a whole site."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
    return f"{host}{path}?{urlencode(asked)}" if host and (path or asked) else ""


def _key(data: bytes) -> int | None:
    """Return 63 bits for some bytes: SQLite's integers are signed."""
    if not data:
        return None
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1


def _sketch(flat: bytes) -> tuple[bytes, bytes]:
    import numpy as np

    edges, places = _edges()
    hashes = np.frombuffer(flat, np.uint8).astype(np.uint64)
    width, factor = 1, _FACTOR
    while width < SHINGLE:  # of two shingles that stand together one that is twice as long
        hashes = hashes[:-width] * np.uint64(factor) + hashes[width:]
        factor = factor * factor & _MASK
        width *= 2
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(_MIX)
    hashes ^= hashes >> np.uint64(32)
    hashes = hashes[hashes & np.uint64(1) == 0]  # one half of the shingles says as much, and is sorted sooner
    if not len(hashes):  # a text that repeats a few letters
        return b"", b""
    hashes.sort()
    first = np.searchsorted(hashes, edges)
    filled = np.flatnonzero(np.diff(first, append=len(hashes)))
    # An empty range borrows from the next that is not: both sketches of two like texts do.
    smallest = hashes[first[filled[np.searchsorted(filled, places) % len(filled)]]]
    rows = smallest[: BANDS * _ROWS].reshape(BANDS, _ROWS)
    band = np.zeros(BANDS, np.uint64)
    for row in range(_ROWS):
        band = band * np.uint64(_FACTOR) + rows[:, row]
    return (band >> np.uint64(32)).astype(np.uint32).tobytes(), smallest.astype(np.uint8).tobytes()


@cache
def _edges() -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    places = np.arange(RANGES)
    return places.astype(np.uint64) << np.uint64(57), places
