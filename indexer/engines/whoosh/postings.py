"""Postings as arrays: tokens in, the packed postings of every term out, and back again."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint32]

_WIDTHS = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"))


@dataclass(frozen=True, slots=True)
class Postings:
    """Hold the articles of a term in ascending order, how often each has it, and all places in turn."""

    docs: Ints
    freqs: Ints
    positions: Ints


@dataclass(frozen=True, slots=True)
class PackedTerm:
    """Hold a term as it is written: its bytes, what is known of its postings, and these as bytes."""

    text: bytes
    docs: int
    tokens: int
    first: int
    last: int
    data: bytes


class Inverter:
    """Take the terms of one field article by article and give the postings term by term."""

    def __init__(self) -> None:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        self._numbers = numbers
        self._tokens = array("I")
        self._docs = array("I")
        self._lengths = array("I")
        self._copied: list[tuple[Numbers, Numbers, Numbers]] = []

    def add(self, doc: int, terms: Sequence[str]) -> int:
        """Take the terms of an article and count them; its number must be above all before it."""
        self._tokens.extend(map(self._numbers.__getitem__, terms))
        self._docs.append(doc)
        self._lengths.append(len(terms))
        return len(terms)

    def copy(self, words: Sequence[str], postings: Sequence[Postings], numbers: Ints) -> None:
        """Take over whole postings, article `d` as `numbers[d]`, or not at all where that is below 0."""
        if not words:
            return
        tokens = [posting.positions.size for posting in postings]
        freqs = np.concatenate([posting.freqs for posting in postings])
        docs = np.repeat(numbers[np.concatenate([posting.docs for posting in postings])], freqs)
        ids = np.repeat(np.array([self._numbers[word] for word in words], np.uint32), tokens)
        positions = np.concatenate([posting.positions for posting in postings])
        keep = docs >= 0
        self._copied.append((ids[keep], docs[keep].astype(np.uint32), positions[keep].astype(np.uint32)))

    def packed(self, numbers: Ints) -> Iterator[PackedTerm]:
        """Give the terms in the order of their bytes, article `d` as `numbers[d]`, or not where below 0."""
        words = [word.encode("utf-8", "surrogatepass") for word in self._numbers]
        by_bytes = sorted(range(len(words)), key=words.__getitem__)
        ids, docs, positions = self._columns(numbers)
        if not ids.size:
            return
        rank = np.empty(len(words), np.uint64)
        rank[by_bytes] = np.arange(len(words), dtype=np.uint64)
        # One sort of distinct numbers is several times faster than a stable sort of the ranks.
        keys = rank[ids]
        keys <<= np.uint64(32)
        keys |= np.arange(ids.size, dtype=np.uint64)
        keys.sort()
        picked = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        ranks = (keys >> np.uint64(32)).astype(np.uint32)
        del keys, ids
        docs, positions = docs[picked], positions[picked]
        new_term = _changes(ranks)
        token_at = np.flatnonzero(new_term | _changes(docs))
        term_at = np.flatnonzero(new_term[token_at])
        texts = (words[by_bytes[n]] for n in ranks[token_at[term_at]].tolist())
        del picked, ranks, new_term
        yield from _pack(texts, docs[token_at].astype(np.int64), token_at, term_at, positions)

    def _columns(self, numbers: Ints) -> tuple[Numbers, Numbers, Numbers]:
        """Return term, article and place of every token, those of an article and term in ascending order."""
        lengths = np.frombuffer(self._lengths, np.uint32).astype(np.int64)
        docs = np.repeat(np.frombuffer(self._docs, np.uint32), lengths)
        starts = np.repeat((np.cumsum(lengths) - lengths).astype(np.uint32), lengths)
        places = np.arange(docs.size, dtype=np.uint32) - starts
        copied = tuple(zip(*self._copied, strict=True)) or ((), (), ())
        ids = np.concatenate([np.frombuffer(self._tokens, np.uint32), *copied[0]])
        docs = np.concatenate([docs, *copied[1]])
        places = np.concatenate([places, *copied[2]])
        keep = (numbers >= 0)[docs]
        if not keep.all():
            ids, docs, places = ids[keep], docs[keep], places[keep]
        return ids, np.maximum(numbers, 0).astype(np.uint32)[docs], places


def unpack(data: memoryview, count: int, with_positions: bool) -> Postings:
    """Return the postings of a packed term that `count` articles have; without places where not asked."""
    gaps, freqs, places = (_WIDTHS[data[0] // 3**n % 3] for n in range(3))
    freqs_at = 1 + count * gaps.itemsize
    positions_at = freqs_at + count * freqs.itemsize
    return Postings(
        np.cumsum(np.frombuffer(data, gaps, count, 1), dtype=np.int64),
        np.frombuffer(data, freqs, count, freqs_at).astype(np.int64),
        np.frombuffer(data[positions_at:] if with_positions else b"", places).astype(np.int64),
    )


def unpack_docs(data: memoryview, count: int) -> Ints:
    """Return only the articles of a packed term."""
    return np.cumsum(np.frombuffer(data, _WIDTHS[data[0] % 3], count, 1), dtype=np.int64)


def _pack(
    texts: Iterator[bytes], docs: Ints, token_at: Ints, term_at: Ints, positions: Numbers
) -> Iterator[PackedTerm]:
    """Pack each term as a byte of widths, gaps between articles, frequencies, places.

    Each array of a term takes the narrowest numbers that hold it; the widths are powers of 3 in the byte.
    """
    freqs = np.diff(token_at, append=positions.size)
    gaps = np.diff(docs, prepend=0)
    gaps[term_at] = docs[term_at]
    arrays = (gaps, freqs, positions)
    starts = (term_at, term_at, token_at[term_at])
    codes = [_width(np.maximum.reduceat(values, at)) for values, at in zip(arrays, starts, strict=True)]
    heads = (codes[0] + 3 * codes[1] + 9 * codes[2]).astype(np.uint8).tolist()
    packed = [[values.astype(width).tobytes() for width in _WIDTHS] for values in arrays]
    ends = np.append(term_at[1:], docs.size)
    bounds = zip(
        term_at.tolist(),
        ends.tolist(),
        starts[2].tolist(),
        np.append(starts[2][1:], positions.size).tolist(),
        strict=True,
    )
    firsts, lasts = docs[term_at].tolist(), docs[ends - 1].tolist()
    widths = zip(*(code.tolist() for code in codes), strict=True)
    for text, head, width, (a, b, c, d), first, last in zip(
        texts, heads, widths, bounds, firsts, lasts, strict=True
    ):
        g, f, p = width
        data = b"".join(
            (
                bytes((head,)),
                packed[0][g][a << g : b << g],
                packed[1][f][a << f : b << f],
                packed[2][p][c << p : d << p],
            )
        )
        yield PackedTerm(text, b - a, d - c, first, last, data)


def _changes(values: Numbers) -> NDArray[np.bool_]:
    return np.append(True, values[1:] != values[:-1])


def _width(largest: Ints) -> Ints:
    return (largest > 0xFF).astype(np.int64) + (largest > 0xFFFF)
