"""What is shown of an article found, made when it is looked at: what nobody reads costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from indexer.article import Article
from indexer.budget import Made, current_budget
from indexer.entries import article_of
from indexer.errors import OutOfTime
from indexer.explain import Explainer, Rarity
from indexer.french import Analyser
from indexer.highlight import Highlighter
from indexer.lit import Lit
from indexer.results import Reason, Shown
from indexer.snippet import snippet_of
from indexer.words import Wanted


@dataclass(frozen=True)  # no slots: a property that is kept needs a place to be kept in
class Looking:
    """Hold what the articles of one search are looked at with; `rarity` is that of its words."""

    wanted: Wanted | None
    analyser: Analyser
    rarity: Rarity

    @cached_property
    def highlighter(self) -> Highlighter:
        """Return what marks the words."""
        return Highlighter(self.wanted, self.analyser)

    def light(self, text: str) -> Lit:
        """Return a text with its words marked; without marks where the budget of the request is used up."""
        return self.in_time(lambda: self.highlighter.light(text), Lit(text, [])) if text else Lit("", [])

    def in_time(self, make: Callable[[], Made], otherwise: Made) -> Made:
        """Return what is made, something else where the budget of the request is used up."""
        budget = current_budget()
        try:
            return budget.made(make) if budget else make()
        except OutOfTime:
            return otherwise

    @cached_property
    def explainer(self) -> Explainer:
        """Return what gives the reasons."""
        return Explainer(self.wanted, self.highlighter, self.rarity)


@dataclass(frozen=True)
class Looked:
    """Make what is shown of an article out of the bytes that are stored with it, each part once.

    It needs nothing of the index, and is pickled as what it shows.
    """

    stored: bytes
    looking: Looking

    @cached_property
    def article(self) -> Article:
        """Return the article."""
        return article_of(self.stored)

    @cached_property
    def title(self) -> Markup:
        """Return the title with the words found marked."""
        return self._title.marked()

    @cached_property
    def snippet(self) -> Markup:
        """Return the piece of the text that shows most of the words."""
        return snippet_of((self._text, self._caption))

    @cached_property
    def why(self) -> tuple[Reason, ...]:
        """Return what the article has of each word."""
        shown = self.article, self._title, self._text, self._caption
        return self.looking.in_time(lambda: self.looking.explainer.reasons(*shown), ())

    @cached_property
    def _title(self) -> Lit:
        return self.looking.light(self.article.title)

    @cached_property
    def _text(self) -> Lit:
        return self.looking.light(f"{self.article.lede}\n\n{self.article.body}".strip())

    @cached_property
    def _caption(self) -> Lit:
        return self.looking.light(self.article.caption)

    def __reduce__(self) -> tuple[type[Shown], tuple[object, ...]]:
        return Shown, (self.article, self.title, self.snippet, self.why)
