"""Duplicates: an article that comes twice is kept once, with what each of the two knows.

The same is what has the same address or the same text. The one in the index stays, so that its id does;
what it lacks comes from the others, and the longest text. When it goes, another takes its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from indexer.article import Article
from indexer.copies import CopiesWriter
from indexer.entries import seconds
from indexer.signature import Signature, signature_of

_COMPLETED = ("published", "section", "tags", "author", "source", "url", "caption", "credit", "read_also")


class Coming(Protocol):
    """Be an article that comes: what decides about it is at hand, itself it may have to be made first."""

    @property
    def id(self) -> str:
        """Return its id."""

    @property
    def digest(self) -> bytes:
        """Return what changes when it does."""

    @property
    def signature(self) -> Signature | None:
        """Return its signature, where it is known."""

    @property
    def published(self) -> int | None:
        """Return its date in seconds."""

    @property
    def article(self) -> Article:
        """Return the article."""


class Duplicates:
    """Decide what goes into an index; remember what does not, and which articles it completes."""

    def __init__(self, copies: CopiesWriter) -> None:
        self._copies = copies
        self.changed: set[str] = set()
        """The articles of the index whose duplicates are others than before, or that are new themselves."""

    def unchanged(self, id: str, digest: bytes) -> str | None:
        """Return for which article this one was left out before, just as it is now."""
        noted = self._copies.noted(id)
        if noted is None or noted[1] != digest:
            return None
        self._copies.meet(id)
        return noted[0]

    def repeated(self, coming: Coming) -> bool:
        """Note an article whose id this run has had; tell whether it is the same article."""
        signature = coming.signature or signature_of(coming.article)
        if not self._copies.same(coming.id, signature):
            return False
        if self.unchanged(coming.id, coming.digest) is None:
            self._copies.note(coming.article, coming.id, coming.digest, signature)
            self.changed.add(coming.id)
        return True

    def first(self, coming: Coming) -> str | None:
        """Do what `owner` does, for an id that nothing is known of yet: with two questions, not six."""
        signature = coming.signature or signature_of(coming.article)
        kept = self._copies.owner(signature, coming.id)
        if kept:
            self._copies.note(coming.article, kept, coming.digest, signature)
            self.changed.add(kept)
        else:
            self._copies.keep(coming.id, signature, coming.published)
        return kept

    def owner(self, coming: Coming) -> str | None:
        """Return the article of the index that this one repeats; None where it is the first, and kept."""
        id, signature = coming.id, coming.signature or signature_of(coming.article)
        before = self._copies.forget(id)
        if before:
            self.changed.add(before)
        kept = self._copies.owner(signature, id)
        self._copies.drop(id)
        if kept:
            self._copies.note(coming.article, kept, coming.digest, signature)
            self.changed.add(kept)
            return kept
        self._copies.keep(id, signature, coming.published)
        if self._copies.duplicates(id):
            self.changed.add(id)
        return None

    def drop(self, id: str) -> None:
        """Forget an article that is gone."""
        self._copies.drop(id)

    def drop_unmet(self) -> None:
        """Forget the duplicates that this run did not meet."""
        self.changed.update(filter(None, map(self._copies.forget, self._copies.unmet())))

    def settle(self, digest: Callable[[Article], bytes], add: Callable[[Article], None]) -> None:
        """Put each duplicate whose article is gone in its place, or behind another that is the same."""
        for article in self._copies.stale():
            if self.owner(_LeftOut(article, digest(article))) is None:
                add(article)

    def completed(self, id: str, stored: Article) -> Article:
        """Return an article of the index with what its duplicates know; `stored` is as the index has it."""
        own = self._copies.original(id) or stored
        whole = own
        for other in self._copies.duplicates(id):
            whole = complete(whole, other)
        self._copies.set_original(id, own if whole != own else None)
        return whole


def complete(article: Article, other: Article) -> Article:
    """Return an article with what it lacks from another that is the same, and the longer text."""
    values: dict[str, Any] = {
        name: getattr(other, name)
        for name in _COMPLETED
        if not getattr(article, name) and getattr(other, name)
    }
    if len(other.lede) + len(other.body) > len(article.lede) + len(article.body):
        values |= {"lede": other.lede, "body": other.body}
    elif not article.lede and other.lede and article.body.startswith(other.lede):
        values |= {"lede": other.lede, "body": article.body[len(other.lede) :].lstrip()}
    return replace(article, **values) if values else article


@dataclass(frozen=True, slots=True)
class _LeftOut:
    article: Article
    digest: bytes

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def signature(self) -> Signature:
        return signature_of(self.article)

    @property
    def published(self) -> int | None:
        return seconds(self.article)
