"""What finds the persons of an article, and how one is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from indexer.article import Article
from indexer.errors import SettingsError
from indexer.persons import ner
from indexer.persons.answers import Answers
from indexer.persons.gather import Judge, gather
from indexer.persons.order import in_order
from indexer.persons.settle import name_key
from indexer.persons.tags import persons_in_tags

MODES = ("names", "ner", "tags", "off")


class PersonExtractor(Protocol):
    """Find the persons that an article names."""

    def persons(self, article: Article) -> tuple[str, ...]:
        """Return full names, those given by the source first, then in order of first appearance."""

    def close(self) -> None:
        """Write and release what is kept between runs."""


def open_extractor(mode: str, kept: Path | None = None) -> PersonExtractor:
    """Return the extractor of a mode: `names`, `ner`, `tags` or `off`.

    `kept` is a folder in which `ner` keeps the answers of its model for the next time.
    Raises SettingsError for another mode, EngineUnavailable where the model of `ner` is not installed.
    """
    match mode:
        case "names":
            return _Names(None)
        case "tags":
            return _Tags()
        case "off":
            return _Given()
        case "ner":
            ner.load()
            return _Names(Answers(ner.says_person, ner.version(), kept) if kept else ner.says_person)
    raise SettingsError(f"persons: {mode!r} is none of {', '.join(MODES)}")


def article_text(article: Article) -> str:
    """Return the text in which persons are looked for; author and credit are not of it."""
    return "\n\n".join(part for part in (article.title, article.lede, article.body, article.caption) if part)


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names, each in order and without those that are another's spelling; the first is kept."""
    kept: dict[str, str] = {}
    for name in map(in_order, names):
        kept.setdefault(name_key(name), name)
    return tuple(kept.values())


class _Names:
    """Find persons by given names, surnames and the words around them; `judge` decides the rest."""

    def __init__(self, judge: Judge | None) -> None:
        self._judge = judge

    def persons(self, article: Article) -> tuple[str, ...]:
        found = gather(article_text(article), self._judge)
        return distinct((*article.persons, *found, *persons_in_tags(article.tags, found)))

    def close(self) -> None:
        if isinstance(self._judge, Answers):
            self._judge.close()


class _Tags:
    """Take the tags that are persons, nothing else."""

    def close(self) -> None:
        """Have nothing to release."""

    def persons(self, article: Article) -> tuple[str, ...]:
        found = gather(article_text(article)) if article.tags else ()
        return distinct((*article.persons, *persons_in_tags(article.tags, found)))


class _Given:
    """Take what the source says and look no further."""

    def close(self) -> None:
        """Have nothing to release."""

    def persons(self, article: Article) -> tuple[str, ...]:
        return distinct(article.persons)
