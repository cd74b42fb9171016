"""The citation of an article: as a sentence, as BibTeX (biblatex) and as RIS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from indexer import Article, fold_key
from searchapp.typography import long_day, own, say

BIBTEX = "bibtex"
RIS = "ris"

TYPES = {BIBTEX: "application/x-bibtex", RIS: "application/x-research-info-systems"}
"""The media types; neither is registered, both are what reference managers send and take."""

ENDINGS = {BIBTEX: "bib", RIS: "ris"}

_LANGUAGES = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian"}
_BETWEEN_AUTHORS = re.compile(r"\s*[,;]\s*|\s+(?:et|and|&)\s+")
_NO_GIVEN_NAMES = {"Agence", "La", "Le", "Les", "Service", "The"}
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """Hold an article to be cited: its day, its permanent address, its code, and what archive has it."""

    article: Article
    day: date | None
    address: str
    code: str
    archive: str

    @property
    def journal(self) -> str:
        """Return what the article appeared in: its newspaper where that is known, else the archive."""
        return self.article.source or self.archive


def sentence(source: Source) -> Markup:
    """Return the citation as a sentence: author, title, newspaper, day, address."""
    article = source.article
    title = say("« {title} »", {"title": own(article.title, article.language)})
    journal = Markup("<cite>{}</cite>").format(source.journal)
    author = article.author if article.author != source.journal else ""
    day = long_day(source.day) if source.day else ""
    return Markup(", ").join(each for each in (author, title, journal, day, source.address) if each)


def citation(source: Source, form: str) -> str:
    """Return the citation in one of the forms of `TYPES`."""
    return bibtex(source) if form == BIBTEX else ris(source)


def bibtex(source: Source) -> str:
    """Return an entry of biblatex: letters as they are, what TeX reads as commands escaped."""
    article = source.article
    fields = {
        "author": " and ".join(map(_tex, _authors(article))),
        "title": f"{{{_tex(article.title)}}}",
        "journal": _tex(source.journal),
        "date": source.day.isoformat() if source.day else "",
        "url": source.address,
        "keywords": ", ".join(map(_tex, article.tags)),
        "langid": _LANGUAGES.get(article.language, ""),
    }
    lines = [f"  {name:<8} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    return "@article{" + ",\n".join([_key(source), *lines]) + "\n}\n"


def ris(source: Source) -> str:
    """Return a record of RIS: one line a value, ended by CR and LF."""
    article, day = source.article, source.day
    rows = [
        ("TY", "NEWS"),
        ("TI", article.title),
        *(("AU", _last_first(name)) for name in _authors(article)),
        ("T2", source.journal),
        ("PY", f"{day.year:04}" if day else ""),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}" if day else ""),
        ("SE", article.section),
        ("AB", article.lede),
        *(("KW", tag) for tag in article.tags),
        ("LA", article.language),
        ("DB", source.archive),
        ("UR", source.address),
    ]
    lines = [f"{tag}  - {line}" for tag, value in rows if (line := _one_line(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def _authors(article: Article) -> list[str]:
    return [name for name in _BETWEEN_AUTHORS.split(_one_line(article.author)) if name]


def _last_first(name: str) -> str:
    """Return a name of two words with the surname first; which part of others is one is not known."""
    words = name.split(" ")
    return f"{words[1]}, {words[0]}" if len(words) == 2 and words[0] not in _NO_GIVEN_NAMES else name


def _key(source: Source) -> str:
    """Return the key of an entry: surname, year, a word of the title, four letters that are its own."""
    authors = _authors(source.article) or [source.journal]
    surname = (_plain_words(authors[0]) or ["anonyme"])[-1]
    words = [word for word in _plain_words(source.article.title) if len(word) > 3]
    year = f"{source.day.year:04}" if source.day else ""
    return f"{surname}{year}{words[0] if words else ''}-{source.code[:4]}"


def _plain_words(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", fold_key(text))


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in _one_line(text))


def _one_line(text: str) -> str:
    """Return a text without line breaks and controls: a value that has some would end before its time."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text).split(" ")).strip()
