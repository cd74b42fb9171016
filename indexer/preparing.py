"""Preparing: article → persons, terms, values and bytes, all that is made of one article alone.

Nothing here knows of other articles, so it may run in any process.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.catalogue import Catalogue
from indexer.dates import PARIS
from indexer.engine import Entry
from indexer.entries import article_of, digest_of, entry_of, facet_labels, seconds
from indexer.errors import ArticleFailed
from indexer.french import Analyser, fold_key
from indexer.joining import joined
from indexer.persons import Join, open_extractor
from indexer.signature import Signature, signature_of
from indexer.tagnames import TagNames


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold how articles are prepared.

    `known` is the catalogue of the live generation, so that articles it has as they are need no work, and
    `joins` are the persons that it has joined. `cache` is the folder of what is kept between runs.
    """

    persons: str
    zone: ZoneInfo = PARIS
    known: Path | None = None
    joins: Mapping[str, Join] = field(default_factory=dict)
    cache: Path | None = None
    tags: TagNames = field(default_factory=TagNames)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold what an index takes of an article; `entry` is None where it has the article as it is.

    `labels` has the persons as the article spells them; so has `found`, where joins made others of them;
    `given` are those that the source names. `signature` is made where there is an entry, and `unchanged` is
    the article where there is none: all of it is sent from process to process only once.
    """

    id: str
    digest: bytes
    title_key: str
    labels: Mapping[str, Mapping[str, str]]
    entry: Entry | None
    given: tuple[str, ...]
    origin: tuple[str, str]
    warnings: tuple[str, ...]
    found: tuple[str, ...] | None = None
    signature: Signature | None = None
    unchanged: Article | None = None

    @property
    def published(self) -> int | None:
        """Return the date in seconds since 1970."""
        return self.entry.published if self.entry else seconds(self.article)

    @property
    def article(self) -> Article:
        """Return the article as it was read, its tags under their names."""
        if self.entry is None:
            assert self.unchanged is not None
            return self.unchanged
        return replace(article_of(self.entry.stored), persons=self.given, origin=self.origin)


class Preparer:
    """Prepare articles one by one.

    Raises SettingsError or EngineUnavailable where persons cannot be found in the way of the plan.
    """

    def __init__(self, plan: Plan) -> None:
        self._extractor = open_extractor(plan.persons, plan.cache)
        self._joins = plan.joins
        self._tags = plan.tags
        self._zone = plan.zone
        self._analyser = Analyser()
        self._known = Catalogue(plan.known) if plan.known else None

    def prepared(self, article: Article) -> Prepared:
        """Return what an index takes of an article; raises ArticleFailed where that goes wrong."""
        try:
            return self._prepared(article)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__}: {error}, in {Path(frame.filename).name}:{frame.lineno}"
            raise ArticleFailed(f"the article {article.id} cannot be indexed ({reason})") from error

    def digest(self, article: Article) -> bytes:
        """Return what changes when an article does, or what is known of its tags."""
        return digest_of(article, self._tags.types_of(article))

    def close(self) -> None:
        """Close what is open, and keep what the extractor of persons has learnt."""
        self._extractor.close()
        if self._known:
            self._known.close()

    def _prepared(self, article: Article) -> Prepared:
        given = article = self._tags.renamed(article)
        digest = self.digest(article)
        title_key = fold_key(article.title)
        if self._known and self._known.digest(article.id) == digest:
            return Prepared(
                id=article.id,
                digest=digest,
                title_key=title_key,
                labels={},
                entry=None,
                given=given.persons,
                origin=given.origin,
                warnings=given.warnings,
                unchanged=given,
            )
        found = article.with_persons(self._tags.persons(article, self._extractor.persons(article)))
        article = found.with_persons(joined(found.persons, self._joins))
        entry = entry_of(article, self._analyser, self._zone)
        return Prepared(
            id=article.id,
            digest=digest,
            title_key=title_key,
            labels=facet_labels(found),
            entry=entry,
            given=given.persons,
            origin=given.origin,
            warnings=given.warnings,
            found=found.persons if article.persons != found.persons else None,
            signature=signature_of(given),
        )
