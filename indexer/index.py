"""The index: the one face that pages, the command and host applications use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from indexer.article import Article
from indexer.codes import LONG, code_of, number_of, numbers_of
from indexer.copies import Copies
from indexer.dates import PARIS
from indexer.french import Analyser, fold_key
from indexer.highlight import HighlightedArticle, Highlighter
from indexer.live import Live
from indexer.parser import parse
from indexer.personlist import Doubt, ListedPerson, list_doubts, list_persons
from indexer.persons import KnownPersons
from indexer.profile import profile_of
from indexer.progress import Listener, Recorder, Report
from indexer.query import FACET_FIELDS
from indexer.request import Request
from indexer.respelling import respell
from indexer.results import (
    Chapter,
    FacetValues,
    Listed,
    Overview,
    Profile,
    ReadAlso,
    Related,
    Results,
    Spelling,
    Suggestion,
)
from indexer.searching import run, widened
from indexer.snapshot import Snapshot
from indexer.suggesting import suggest
from indexer.synonymsfile import SynonymsFile
from indexer.taglist import Tag, list_tags
from indexer.tagnames import TagNames
from indexer.valuelist import list_values
from indexer.visible import Visible

if TYPE_CHECKING:
    from indexer.readers import Reading


class Index:
    """Search an index folder. Opening is lazy, any number of threads may share one.

    A generation that was swapped in is noticed at the next call; calls under way go on with the one
    that they began with. Every method raises a ManchetteError where the index cannot answer:
    IndexMissing, IndexOutdated, IndexDamaged, EngineUnavailable, EngineError.

    `visible` are the rules of a view, none of them for the whole index.
    """

    def __init__(self, directory: str | Path, synonyms: str | Path | None = None) -> None:
        self.directory = Path(directory)
        self.synonyms = Path(synonyms) if synonyms else None
        self.visible: tuple[Visible, ...] = ()
        self._synonyms = SynonymsFile(self.synonyms)
        self._analyser = Analyser()
        self._live = Live(self.directory, self._analyser)

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
        with self._current() as snapshot:
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
        with self._current() as snapshot:
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

    def listed(self, first: int = 0, limit: int = 1_000) -> tuple[Listed, ...]:
        """Return ids of articles with their publication, in the order of ids, from the `first` on.

        A list of all, for a sitemap or an export, in parts of a fixed size.
        """
        with self._current() as snapshot:
            rows = snapshot.catalogue.dated(first, limit)
        return tuple(
            Listed(id, None if seconds is None else datetime.fromtimestamp(seconds, UTC))
            for id, seconds in rows
        )

    def article(self, id: str) -> Article | None:
        """Return one article by its id; None where there is none."""
        with self._current() as snapshot:
            return snapshot.article(id)

    def code(self, id: str) -> str:
        """Return the short code of an article of the index, which leads back to it and never changes.

        It is made of the id: ten letters, or twelve where an article published before has the same ten.
        """
        number = number_of(id)
        with self._current() as snapshot:
            short = code_of(number)
            alone = snapshot.catalogue.coded(numbers_of(short)) == id
        return short if alone else code_of(number, LONG)

    def coded(self, code: str) -> str | None:
        """Return the id of the article that has this code; None where there is none."""
        with self._current() as snapshot:
            return snapshot.catalogue.coded(numbers_of(code))

    def related(self, id: str, limit: int = 6) -> tuple[Related, ...]:
        """Return the articles most like one of the index, each with the reason; none for an unknown id."""
        with self._current() as snapshot:
            return snapshot.related(id, limit)

    def copies(self, id: str) -> Copies:
        """Return the ids of the near copies of an article, and of those that repeat it and were left out.

        A view knows nothing of those that were left out.
        """
        with self._current() as snapshot:
            found = snapshot.copies.of(id)
            if not self.visible:
                return found
            seen = snapshot.article(id) is not None
            return Copies(tuple(each for each in found.near if seen and snapshot.article(each)))

    def related_to(
        self, text: str, *, title: str = "", published: datetime | None = None, limit: int = 6
    ) -> tuple[Related, ...]:
        """Return the articles most like a text that is not in the index, each with the words in common.

        Paragraphs of `text` are parted by a blank line; `published` has a zone. An article that is a near
        copy of the text is left out. Raises ValueError where the zone is missing.
        """
        # An id that no reader makes: an article with the same one would be left out as this very text.
        article = Article(id="\0", title=title, body=text, published=published)
        with self._current() as snapshot:
            return snapshot.related_to(article, limit)

    def story(self, id: str, limit: int = 12) -> tuple[Chapter, ...]:
        """Return the articles on the same event as one of the index, itself included, by date.

        None where there are fewer than four, where the article has no date, or for an unknown id. Of
        more than `limit` those most alike are given.
        """
        with self._current() as snapshot:
            return snapshot.story(id, limit)

    def read_also(self, article: Article) -> tuple[ReadAlso, ...]:
        """Return the titles under « Lire aussi », each with the article that has it, where one has."""
        with self._current() as snapshot:
            return snapshot.read_also(article)

    def highlight(
        self, article: Article, words: str, *, spelling: bool = True, synonyms: bool = True
    ) -> HighlightedArticle:
        """Return the texts of an article as safe HTML with the words of a search marked."""
        used = self._synonyms.current(self._analyser) if synonyms else None
        with self._current() as snapshot:
            parsed = widened(parse(words, self._analyser), snapshot, used, spelling=spelling)
        return Highlighter(parsed.wanted, self._analyser).article(article)

    def profile(self, facet: str, value: str, limit: int = 6) -> Profile | None:
        """Return what the articles of a `person`, `tag` or `section` are about; None where none has it."""
        if facet not in FACET_FIELDS:
            raise ValueError(f"{facet!r} is no facet: {', '.join(FACET_FIELDS)}")
        with self._current() as snapshot:
            return profile_of(facet, value, snapshot, self._analyser, limit)

    def complete(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return tags, persons, words and titles that begin so, accents and case left aside."""
        with self._current() as snapshot:
            return suggest(prefix, snapshot, self._analyser, limit)

    def spellings(self, words: str, limit: int = 3) -> tuple[Spelling, ...]:
        """Return words of the index spelt nearly like those of a search that hardly any article has.

        At most `limit` for a word, the nearest first; words within quotes and fields are looked at too.
        """
        with self._current() as snapshot:
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

    def info(self) -> Overview:
        """Return what the index is: engine, versions, generation, number of articles, period, size."""
        with self._current() as snapshot:
            manifest, engine = snapshot.manifest, snapshot.engine.info()
            return Overview(
                directory=str(self.directory),
                engine=manifest.engine,
                engine_version=engine.version,
                schema_version=manifest.schema_version,
                analyser_version=manifest.analyser_version,
                persons=manifest.persons,
                generation=snapshot.name,
                built=manifest.built,
                articles=manifest.articles,
                undated=manifest.undated,
                first=manifest.first,
                last=manifest.last,
                bytes=sum(size for size, _ in manifest.files.values()),
                previous=manifest.previous,
                zone=manifest.zone,
            )

    @property
    def stamp(self) -> str:
        """Return a text that is another as soon as answers may be: after a swap, with other synonyms.

        That of a view is another than that of the index and of all other views.
        """
        synonyms = self._synonyms.stamp()
        rules = repr(self.visible) if self.visible else ""
        with self._live.snapshot() as snapshot:
            return " ".join(filter(None, (snapshot.name, str(synonyms or ""), rules)))

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the days that the index counts, for showing dates."""
        with self._current() as snapshot:
            return ZoneInfo(snapshot.manifest.zone)

    def restricted(self, to: Visible) -> Index:
        """Return the same index as it is for those who may see these articles alone; costs nothing.

        Nothing of the other articles shows in any answer: neither in totals and facets nor in suggestions
        and corrections. Restricted again, both must hold. Scores stay those of the whole index.
        """
        view = copy(self)
        view.visible = (*self.visible, to)
        return view

    def close(self) -> None:
        """Release files and memory; the next question opens them again. A view leaves that to its index."""
        if not self.visible:
            self._live.close()

    @contextmanager
    def _current(self) -> Iterator[Snapshot]:
        """Give the snapshot of the live generation, kept open until the last of its readers is done."""
        with self._live.snapshot() as snapshot:
            yield snapshot.within(self.visible) if self.visible else snapshot
