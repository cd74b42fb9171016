"""The builder: prepared articles → engine, catalogue and copies, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.catalogue import SPELLED
from indexer.catalogue_writer import CatalogueWriter
from indexer.duplicates import Duplicates
from indexer.engine import Engine, Writer
from indexer.entries import article_of, day_of, facet_labels
from indexer.errors import IndexDamaged, ReadError
from indexer.preparing import Prepared, Preparer
from indexer.progress import Tally
from indexer.skipped import Skipped


class Builder:
    """Take articles one by one into an engine and a catalogue; leave out those that come twice."""

    def __init__(
        self,
        writer: Writer,
        catalogue: CatalogueWriter,
        duplicates: Duplicates,
        tally: Tally,
        zone: ZoneInfo,
    ) -> None:
        self._writer = writer
        self._catalogue = catalogue
        self._duplicates = duplicates
        self._tally = tally
        self._zone = zone

    def articles(
        self, items: Iterable[Prepared | ReadError | Skipped], *, strict: bool
    ) -> Iterator[Prepared]:
        """Yield the articles; broken files and ids that come twice are noted, or raised where `strict`."""
        for item in items:
            if isinstance(item, Skipped):
                self._tally.skip(item)
                continue
            if isinstance(item, Prepared) and self._catalogue.seen(item.id):
                if self._duplicates.repeated(item):
                    self._tally.articles += 1
                    self._tally.repeat(item.id, item.origin, item.id)
                    continue
                item = ReadError(item.id, "another article of this run has the same id")
            if isinstance(item, ReadError):
                if strict:
                    raise item
                self._tally.note(item)
                continue
            self._tally.doubt(item.id, item.origin, item.warnings)
            self._tally.articles += 1
            yield item

    def take(self, prepared: Prepared) -> None:
        """Take in an article of a new index, unless it is the same as one before."""
        if kept := self._duplicates.first(prepared):
            self._tally.repeat(prepared.id, prepared.origin, kept)
            return
        self._tally.added += 1
        self.add(prepared)

    def add(self, prepared: Prepared) -> None:
        """Take in a new article."""
        entry = prepared.entry
        assert entry is not None
        self._writer.add(entry)
        self._catalogue.add(prepared.id, prepared.digest, prepared.title_key, entry.published)
        if prepared.found is not None:
            self._catalogue.keep_found(prepared.id, prepared.found)
        self._count(prepared.labels, entry.day, 1)

    def replace(self, prepared: Prepared, engine: Engine) -> None:
        """Take in an article that may be there already."""
        id = prepared.id
        if prepared.entry is None:
            self._catalogue.keep(id)
            self._tally.unchanged += 1
            return
        before = self._catalogue.digest(id)
        if before is None and (kept := self._duplicates.unchanged(id, prepared.digest)):
            self._tally.repeat(id, prepared.origin, kept)
            return
        if before is not None:
            self._uncount(id, engine)
        if kept := self._duplicates.owner(prepared):
            self._tally.repeat(id, prepared.origin, kept)
            if before is not None:
                self._forget(id)
            return
        if before is None:
            self._tally.added += 1
        else:
            self._tally.changed += 1
        self.add(prepared)

    def remove_vanished(self, engine: Engine) -> None:
        """Remove the articles that this run did not meet."""
        for id in self._catalogue.vanished():
            self._uncount(id, engine)
            self._forget(id)
            self._duplicates.drop(id)
        self._duplicates.drop_unmet()

    def settle(self, preparer: Preparer) -> None:
        """Let duplicates take the place of articles that are gone or no longer the same."""

        def promote(article: Article) -> None:
            self._tally.added += 1
            self.add(preparer.prepared(article))

        self._duplicates.settle(preparer.digest, promote)

    def complete(self, id: str, engine: Engine, preparer: Preparer) -> None:
        """Give an article of the index what its duplicates know."""
        hit, digest = engine.get(id), self._catalogue.digest(id)
        if hit is None or digest is None:
            return
        stored = article_of(hit.stored)
        # Joins made other persons of those that the article spells: what is kept is what it spells.
        found = self._catalogue.drop_found(id)
        stored = stored if found is None else stored.with_persons(found)
        whole = self._duplicates.completed(id, stored)
        if whole != stored:
            self._discount(stored)
            self.add(replace(preparer.prepared(whole), digest=digest))
        elif found is not None:
            self._catalogue.keep_found(id, found)

    def _forget(self, id: str) -> None:
        self._writer.delete(id)
        self._catalogue.drop(id)
        self._tally.removed += 1

    def _uncount(self, id: str, engine: Engine) -> None:
        hit = engine.get(id)
        if hit is None:
            raise IndexDamaged(f"article {id} is in the catalogue and not in the engine. Run: index rebuild")
        article = article_of(hit.stored)
        found = self._catalogue.drop_found(id)
        self._discount(article if found is None else article.with_persons(found))

    def _discount(self, article: Article) -> None:
        self._count(facet_labels(article), day_of(article, self._zone), -1)

    def _count(self, labels: Mapping[str, Mapping[str, str]], day: int | None, by: int) -> None:
        for field, spellings in labels.items():
            # Persons are counted as they are spelled; which of them are one is found at the end.
            name = SPELLED if field == "person" else field
            self._catalogue.count(name, spellings.items(), day, by)
