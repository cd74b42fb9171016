"""Samples: searches made from the index itself, one a kind of syntax, each of which finds something."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

from indexer import Index, Kind, Results
from searchapp.language import current
from searchapp.search import find
from searchapp.state import SearchState
from searchapp.typography import say

_LOOKED_AT = 10
"""Articles, tags and persons that samples are made of: the newest, and the most frequent."""

_TWO_WORDS = re.compile(r"(?<![\w'’-])[^\W\d_]{4,} [^\W\d_]{4,}(?![\w'’-])")
_LONG_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{6,}(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold a search, what of the syntax it shows, and how many articles it finds."""

    kind: str
    words: str
    total: int


_MOST = 64
"""Samples that are kept: of each index, each rule about who may see what, each language."""

_KEPT: OrderedDict[tuple[str, str, str], tuple[Sample, ...]] = OrderedDict()
_LOCK = Lock()


def samples(index: Index) -> tuple[Sample, ...]:
    """Return the samples of an index in the language of the request, made once a generation and a rule."""
    # By its stamp, which has the rule in it: a view of an index is another object in each request.
    key = str(index.directory.absolute()), index.stamp, current().code
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = tuple(_found(index))
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
    return found


def _found(index: Index) -> Iterator[Sample]:
    """Yield of each kind the first that finds something and needs no explanation."""
    done: set[str] = set()
    for kind, words in _tries(index.search(size=_LOOKED_AT, facet_size=_LOOKED_AT)):
        if kind in done:
            continue
        results = find(index, SearchState(words=words, size=0), facet_size=0)
        if results.total and all(notice.kind is Kind.SYNONYMS for notice in results.notices):
            done.add(kind)
            yield Sample(kind, words, results.total)


def _tries(results: Results) -> Iterator[tuple[str, str]]:
    """Yield kinds of syntax with searches that show them, in the order of the page that explains them."""
    articles = [hit.article for hit in results.hits]
    tags, persons, sections = (
        [value.label for value in results.facets[facet] if '"' not in value.label]
        for facet in ("tag", "person", "section")
    )
    words = [word for tag in tags for word in _LONG_WORD.findall(tag)]
    yield from (("words", f"{one.tags[0]} {one.tags[1]}") for one in articles if len(one.tags) > 1)
    yield from (("words", tag) for tag in tags)
    yield from (("phrase", f'"{pair}"') for one in articles for pair in _TWO_WORDS.findall(one.title))
    yield from (
        ("without", f"{_bare(tag)} -{_bare(other)}") for tag in tags for other in tags if tag != other
    )
    yield from (
        ("either", say("{one} OU {other}", {"one": _bare(tag), "other": _bare(other)}).unescape())
        for tag, other in pairwise(tags)
    )
    yield from (("prefix", f"{word[:5].lower()}*") for word in words)
    yield from (("near", f"{_misspelt(name)}~") for person in persons for name in _LONG_WORD.findall(person))
    yield from (
        ("title", say("titre:{word}", {"word": word.lower()}).unescape())
        for one in articles
        for word in _LONG_WORD.findall(one.title)
    )
    yield from (("person", say("personne:{name}", {"name": _bare(person)}).unescape()) for person in persons)
    yield from (("tag", f"tag:{_bare(tag)}") for tag in tags)
    yield from (("section", f"section:{_bare(section)}") for section in sections)
    months = sorted(
        (value for value in results.facets["date"] if value.value), key=lambda value: -value.count
    )
    yield from (("date", f"date:{value.value}") for value in months)
    yield from (
        (
            "together",
            say("personne:{name} date:{year}", {"name": _bare(person), "year": value.value[:4]}).unescape(),
        )
        for person in persons
        for value in months[:3]
    )


def _bare(value: str) -> str:
    """Return a value as it is written in a search: within quotation marks where it is not one word."""
    return value if re.fullmatch(r"\w+", value) else f'"{value}"'


def _misspelt(word: str) -> str:
    """Return a word with two letters of its middle turned round."""
    middle = len(word) // 2
    return f"{word[: middle - 1]}{word[middle]}{word[middle - 1]}{word[middle + 1 :]}".lower()
