"""Single articles of an index: what they say, what repeats them, and what is like them."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.article import Article
from indexer.budget import charging
from indexer.codes import LONG, code_of, number_of, numbers_of
from indexer.copies import Copies
from indexer.highlight import HighlightedArticle, Highlighter
from indexer.opened import Opened
from indexer.parser import parse
from indexer.results import Chapter, Listed, ReadAlso, Related
from indexer.searching import widened


class Articles(Opened):
    """Answer what is asked of one article."""

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
        with self._current() as snapshot, charging():
            parsed = widened(parse(words, self._analyser), snapshot, used, spelling=spelling)
        return Highlighter(parsed.wanted, self._analyser).article(article)
