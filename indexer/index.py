"""The index: the one face that pages, the command and host applications use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from indexer.articles import Articles
from indexer.budget import charging
from indexer.dates import PARIS
from indexer.french import fold_key
from indexer.personlist import Doubt, ListedPerson, list_doubts, list_persons
from indexer.persons import KnownPersons
from indexer.profile import profile_of
from indexer.progress import Listener, Recorder, Report
from indexer.query import FACET_FIELDS
from indexer.request import Request
from indexer.respelling import respell
from indexer.results import (
    FacetValues,
    Profile,
    Results,
    Spelling,
    Suggestion,
)
from indexer.searching import run
from indexer.suggesting import suggest
from indexer.taglist import Tag, list_tags
from indexer.tagnames import TagNames
from indexer.valuelist import list_values

if TYPE_CHECKING:
    from indexer.readers import Reading


class Index(Articles):
    """Search an index folder. Opening is lazy, any number of threads may share one.

    A generation that was swapped in is noticed at the next call; calls under way go on with the one
    that they began with. Every method raises a ManchetteError where the index cannot answer:
    IndexMissing, IndexOutdated, IndexDamaged, EngineUnavailable, EngineError.
    """

    @classmethod
    def open(cls, directory: str | Path, *, synonyms: str | Path | None = None) -> Index:
        """Return the index of a folder; nothing is read before the first question.

        `synonyms` is a TOML file of the operator's in place of the one that ships; it is read again
        when it has changed.
        """
        return cls(directory, synonyms)

    @classmethod
    def rebuild(
        cls,
        directory: str | Path,
        articles: Iterable[Reading],
        engine: str = "auto",
        progress: Listener | None = None,
        *,
        persons: str = "names",
        persons_file: str | Path | None = None,
        strict: bool = False,
        jobs: int = 0,
        zone: ZoneInfo = PARIS,
        recorder: Recorder | None = None,
        tags: Path | None = None,
    ) -> Report:
        """Build an index of all these articles beside the live one, check it, swap it in.

        `persons_file` is a TOML file of the operator's that says which names are one person. `jobs`
        processes read and analyse, where there are many articles; 0 stands for as many as there are
        processors, 1 for this process alone. `zone` is that of the days of its facets; updates keep it.
        `recorder` is told each problem and warning of the run; `tags` is a file of aliases and types.
        """
        # Here, since who only searches needs neither the readers nor the parsers that they use.
        from indexer import build

        file = Path(persons_file) if persons_file else None
        recipe = build.Recipe(engine, persons, strict, zone, jobs, file, recorder, tags)
        return build.rebuild(Path(directory), articles, recipe, progress)

    @classmethod
    def update(
        cls,
        directory: str | Path,
        articles: Iterable[Reading],
        progress: Listener | None = None,
        *,
        persons_file: str | Path | None = None,
        strict: bool = False,
        jobs: int = 0,
        recorder: Recorder | None = None,
        tags: Path | None = None,
    ) -> Report:
        """Add new, replace changed and remove vanished articles; `articles` is the whole corpus.

        A changed `persons_file` or `tags` is seen in the other articles, too; give the same ones each time.
        """
        from indexer import build

        file = Path(persons_file) if persons_file else None
        recipe = build.Recipe(strict=strict, jobs=jobs, persons_file=file, recorder=recorder, tags=tags)
        return build.update(Path(directory), articles, recipe, progress)

    def search(
        self,
        words: str = "",
        *,
        tags: Iterable[str] = (),
        persons: Iterable[str] = (),
        sections: Iterable[str] = (),
        first: date | None = None,
        last: date | None = None,
        undated: bool = False,
        sort: str = "relevance",
        page: int = 1,
        size: int = 10,
        facet_size: int = 10,
        spelling: bool = True,
        synonyms: bool = True,
        all_tags: bool = False,
        all_persons: bool = False,
    ) -> Results:
        """Find articles. Values of one facet are alternatives, facets must all hold.

        With `all_tags` or `all_persons` an article must have every one of these tags or persons; the values
        of that facet are then counted among the articles found, as what one more would leave.

        `first` and `last` are days, both included; `undated` adds the articles without a date.
        `sort` is relevance, newest or oldest; without words the newest come first. `page` counts
        from 1, `size` is the number of hits a page, `facet_size` that of values a facet. `spelling`
        and `synonyms` set to False take the words as they were typed.
        """
        request = Request.of(
            words,
            tags=tags,
            persons=persons,
            sections=sections,
            first=first,
            last=last,
            undated=undated,
            sort=sort,
            page=page,
            size=size,
            facet_size=facet_size,
            spelling=spelling,
            synonyms=synonyms,
            all_tags=all_tags,
            all_persons=all_persons,
        )
        with self._current() as snapshot, charging():
            return run(request, snapshot, self._analyser, self._synonyms.current(self._analyser))

    def values(
        self,
        facet: str,
        words: str = "",
        *,
        tags: Iterable[str] = (),
        persons: Iterable[str] = (),
        sections: Iterable[str] = (),
        first: date | None = None,
        last: date | None = None,
        undated: bool = False,
        sort: str = "count",
        prefix: str = "",
        contains: str = "",
        page: int = 1,
        size: int = 50,
        spelling: bool = True,
        synonyms: bool = True,
        all_tags: bool = False,
        all_persons: bool = False,
    ) -> FacetValues:
        """Return a page of all values that a facet has under a search, its own filters left out.

        With `all_tags` and `all_persons` those of tags and persons are not left out, as in `search`.
        `facet` is tag, person, section or date (months); `sort` is count or name. `prefix` and `contains`
        keep the values that begin so, or have it in them, accents and case left aside.
        """
        request = Request.of(
            words,
            tags=tags,
            persons=persons,
            sections=sections,
            first=first,
            last=last,
            undated=undated,
            sort="relevance",
            page=page,
            size=size,
            facet_size=0,
            spelling=spelling,
            synonyms=synonyms,
            all_tags=all_tags,
            all_persons=all_persons,
        )
        used = self._synonyms.current(self._analyser)
        with self._current() as snapshot, charging():
            return list_values(
                facet,
                request,
                snapshot,
                self._analyser,
                used,
                sort=sort,
                prefix=prefix,
                contains=contains,
            )

    def initials(self, facet: str) -> str:
        """Return the first letters of all tags, persons or sections, without accents, in order, each once."""
        if facet not in FACET_FIELDS:
            raise ValueError(f"{facet!r} is no facet: {', '.join(FACET_FIELDS)}")
        with self._current() as snapshot:
            return snapshot.catalogue.initials(facet)

    def profile(self, facet: str, value: str, limit: int = 6) -> Profile | None:
        """Return what the articles of a `person`, `tag` or `section` are about; None where none has it."""
        if facet not in FACET_FIELDS:
            raise ValueError(f"{facet!r} is no facet: {', '.join(FACET_FIELDS)}")
        with self._current() as snapshot:
            return profile_of(facet, value, snapshot, self._analyser, limit)

    def complete(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return tags, persons, words and titles that begin so, accents and case left aside."""
        with self._current() as snapshot, charging():
            return suggest(prefix, snapshot, self._analyser, limit)

    def spellings(self, words: str, limit: int = 3) -> tuple[Spelling, ...]:
        """Return words of the index spelt nearly like those of a search that hardly any article has.

        At most `limit` for a word, the nearest first; words within quotes and fields are looked at too.
        """
        with self._current() as snapshot, charging():
            return respell(words, snapshot, self._analyser, limit)

    def counts(self, facet: str, values: Iterable[str]) -> Mapping[str, int]:
        """Return in how many articles of the whole index each value of a facet occurs."""
        with self._current() as snapshot:
            labels = {value: snapshot.catalogue.label(facet, fold_key(value)) for value in values}
        return {value: label.count if label else 0 for value, label in labels.items()}

    def tags(self, names: Path | None = None) -> list[Tag]:
        """Return all tags, the most frequent first, with types and likely duplicates.

        `names` is the file of aliases and types.
        """
        with self._current() as snapshot:
            return list_tags(snapshot.catalogue, TagNames.load(names), self._analyser)

    def persons(self, limit: int = 100) -> tuple[ListedPerson, ...]:
        """Return the most frequent persons, each with its other spellings and why they were joined."""
        with self._current() as snapshot:
            return list_persons(snapshot.catalogue, limit)

    def doubtful_persons(self, limit: int = 100, persons_file: str | Path | None = None) -> tuple[Doubt, ...]:
        """Return names that may be one person, two or none; `persons_file` says what is settled."""
        known = KnownPersons.load(Path(persons_file) if persons_file else None)
        with self._current() as snapshot:
            return list_doubts(snapshot.catalogue, snapshot.engine, known, limit)
