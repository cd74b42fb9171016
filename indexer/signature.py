"""What two articles that are the same, or nearly, have in common: keys of address and text, and a sketch.

The sketch is MinHash with one permutation: of all shingles, hashed, the smallest of each of 128 ranges. The
library datasketch hashes shingle by shingle, with as many permutations as ranges, at over a millisecond an
article; an article is built in that time. This takes a twentieth of it, as whole arrays.
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
"""Texts with fewer letters and digits are no sign: « Article réservé aux abonnés »."""

SHINGLE = 32
"""Letters of a shingle: about six words."""

RANGES = 128
BANDS, _ROWS = 12, 5
"""Two texts with 0.8 of their shingles in common share one of 12 bands of 5 with a probability of 0.99, two
with half of them with 0.3; those that share one are then compared by the whole sketch."""

_DROPPED = bytes({*range(48), *range(58, 65), *range(91, 97), *range(123, 192)})
_TRACKING = re.compile(r"(?:utm_|xtor|at_|fbclid|gclid|mc_|igshid|ref$)", re.IGNORECASE)
_MASK = 2**32 - 1
_FACTOR = 0x9E3779B1
_EMPTY = _MASK
_BAND_FACTOR = 0x9E3779B97F4A7C15


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
    """Return a text without case, spaces and punctuation.

    Latin-1 has a byte for each letter and none for typographic marks: it takes a third of the time. Of texts
    in other scripts it would leave nothing.
    """
    text = text.lower()
    flat = text.encode("latin-1", "ignore").translate(None, _DROPPED)
    return flat if 2 * len(flat) >= len(text) else text.encode("utf-8", "replace")


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

    hashes = np.frombuffer(flat, np.uint8).astype(np.uint32)
    width, factor = 1, _FACTOR
    while width < SHINGLE:  # of two shingles that stand together one that is twice as long
        hashes = hashes[:-width] * np.uint32(factor) + hashes[width:]
        factor = factor * factor & _MASK
        width *= 2
    # The rounds of Mueller's hash prospector, « triple32 » without its last.
    hashes ^= hashes >> np.uint32(17)
    hashes *= np.uint32(0xED5AD4BB)
    hashes ^= hashes >> np.uint32(11)
    hashes *= np.uint32(0xAC4C1B51)
    hashes ^= hashes >> np.uint32(15)
    smallest = np.full(RANGES, _EMPTY, np.uint32)
    np.minimum.at(smallest, (hashes >> np.uint32(25)).astype(np.intp), hashes)
    filled = np.flatnonzero(smallest != _EMPTY)
    if len(filled) < RANGES:
        # An empty range borrows from the next that is not: both sketches of two like texts do.
        smallest = smallest[filled[np.searchsorted(filled, np.arange(RANGES)) % len(filled)]]
    bands = smallest[: BANDS * _ROWS].reshape(BANDS, _ROWS).astype(np.uint64) @ _powers()
    return (bands >> np.uint64(32)).astype(np.uint32).tobytes(), smallest.astype(np.uint8).tobytes()


@cache
def _powers() -> NDArray[Any]:
    import numpy as np

    return np.array([pow(_BAND_FACTOR, row, 2**64) for row in range(1, _ROWS + 1)], np.uint64)
