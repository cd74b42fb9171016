"""Context: what the words around a candidate say about it."""

from __future__ import annotations

import re

from indexer.french import fold
from indexer.persons.lexicon import Kind, is_function, kind, named_after, speech_verbs
from indexer.persons.words import words

_REACH = 90
_BREAK = re.compile(r"[.!?;:\n«»“”\"()\[\]…]|,(?=.*\s\S+\s\S)")
_ARTICLES = words("le la les l du des au aux un une cette cet ce ces")
_LINKS = _ARTICLES | words(
    "de d a en dans sur sous par pour vers chez entre avec sans et ou que qu qui est sont selon comme contre"
)
_OF = words("de du des d a au aux charge chargee en")
_OWNERS = words(
    "personnage personnages role roles aventures heros heroine statue buste effigie poupee "
    "scenario auteur auteure autrice romancier romanciere realisateur realisatrice interprete"
)
_PLAYS = words("incarne incarnait incarner interprete interpretait interpreter campe campait")
_STREETS = words("rue avenue boulevard quai square lycee college ecole stade hopital caserne pont rond-point")
_ADJECTIVE = re.compile(
    r".*(?:ain|aine|ais|aise|ois|oise|ien|ienne|en|enne|al|ale|el|elle|iste|ique|if|ive|aire|eur|euse|teur|trice|eux|ol|ole|que"
    r"|grec|turc|turque|russe|belge|suisse|allemand|allemande|sud|nord|adjoint|adjointe|general|delegue|sortant|sortante|lr|lrem|ps|rn)s?"
)
_AGE = re.compile(r"\s*[,(]?\s*(?:âgée?s? de |alors âgée? de )?\d{1,3} ans\b")
_APPOSED = re.compile(
    r"\s*[,(]\s*(?:(?:le|la|l['’]|les|un|une|son|sa|leur|notre|mon|ma|ex-?|ancien|ancienne|ancienne?s?|actuel|actuelle|jeune|futur|nouveau"
    r"|nouvelle|premier|première|célèbre|autre|également|aussi)\s*)*(?P<word>[^\W\d_][\w-]*)"
)
_SAID = re.compile(
    r"\s*,?\s(?:(?:a|avait|est|était|n['’]a pas|lui)\s|s['’](?:est|était)\s)?(?:également |aussi )?"
    r"(?P<verb>[^\W\d_]+)"
)
_BY = re.compile(r"(?:, | \()d(?:e[ \u00a0]|['’])([^\W\d_]+(?:-[^\W\d_]+)*)[ \u00a0]")
_OPENING = '«“"‘'
_CLOSING = '»”"’'
_BLANK = " \u00a0\u202f"


class Before:
    """Hold the words that precede a place in a text, up to the last break of its sentence."""

    def __init__(self, text: str, at: int) -> None:
        chunk = text[max(0, at - _REACH) : at]
        breaks = [match.end() for match in _BREAK.finditer(chunk)]
        chunk = chunk[breaks[-1] :] if breaks else chunk
        self.words = re.findall(r"[^\W_]+(?:-[^\W_]+)*\.?", fold(chunk.rstrip(" ,\u00a0")))

    @property
    def article(self) -> bool:
        """Tell whether an article stands right before: « le Charles de Gaulle »."""
        return bool(self.words) and self.words[-1] in _ARTICLES

    @property
    def linked(self) -> bool:
        """Tell whether an article, preposition or conjunction stands right before."""
        return bool(self.words) and self.words[-1] in _LINKS

    @property
    def names_a_thing(self) -> bool:
        """Tell whether the name is that of a street or a prize: « rue X Y », « rue du général X Y »."""
        found = self.words
        if not found:
            return False
        if found[-1] in named_after():
            return not self.leads
        if len(found) > 1 and found[-1] in _OF:
            return found[-2] in _OWNERS
        return len(found) > 2 and is_function(found[-1]) and found[-2] in _OF and found[-3] in _STREETS

    @property
    def leads(self) -> bool:
        """Tell whether « chef de cabinet » and the like stands right before: a function, not a thing."""
        return len(self.words) > 2 and self.words[-2] in {"de", "d"} and is_function(self.words[-3])

    @property
    def announces(self) -> bool:
        """Tell whether a function announces the name: « le ministre russe X Y », « la maire de Z X Y »."""
        found = self.words
        if not found:
            return False
        if is_function(found[-1]):
            return True
        if found[-1] in _LINKS:
            return False
        for back in range(2, min(8, len(found)) + 1):
            if is_function(found[-back]):
                following = found[-back + 1 :]
                while following and following[0] not in _OF and _ADJECTIVE.fullmatch(following[0]):
                    following = following[1:]
                return not following or following[0] in _OF
        return False

    @property
    def says(self) -> bool:
        """Tell whether a verb that has a person as subject stands right before: « explique X Y »."""
        found = self.words
        if len(found) > 2 and found[-1] in {"afp", "reuters"}:
            found = found[: -3 if found[-2] == "l" else -2]
        return bool(found) and found[-1] in speech_verbs()


def after_tells(text: str, at: int) -> bool:
    """Tell whether what follows says that a person precedes: an age, a function, a verb of saying."""
    chunk = text[at : at + 60]
    if _AGE.match(chunk):
        return True
    apposed = _APPOSED.match(chunk)
    if apposed and is_function(apposed["word"]):
        return True
    said = _SAID.match(chunk)
    return said is not None and fold(said["verb"]) in speech_verbs()


def bears_a_name(text: str, at: int, word: str, *, titled: bool) -> bool:
    """Tell whether « rue du général », « le personnage de » or « incarne » precede.

    `word` is the last word before `at`; `titled` says that a function of the run is after it.
    """
    if word in _PLAYS:
        return True
    at -= len(word) + 1
    if titled:
        return word in _OF and previous_word(text, at) in _STREETS
    if word in {"de", "d"}:
        return previous_word(text, at) in _OWNERS
    if word in {"et", "&"}:
        first = previous_word(text, at)
        return previous_word(text, at - len(first) - 1) in named_after()
    if not is_function(word):
        return False
    second = previous_word(text, at)
    return second in _OF and previous_word(text, at - len(second) - 1) in _STREETS


def quoted(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks stand right around: the title of a work more often than a person."""
    before = text[max(0, start - 2) : start].rstrip(_BLANK)
    after = text[end : end + 2].lstrip(_BLANK)
    return bool(before) and bool(after) and before[-1] in _OPENING and after[0] in _CLOSING


def is_a_work(text: str, start: int, end: int) -> bool:
    """Tell whether an author follows, not the next of a list: « Lacombe Lucien, de Louis Malle »."""
    by = _BY.match(text, end)
    return by is not None and kind(by[1]) is Kind.GIVEN and previous_word(text, start) not in {"de", "d"}


def previous_word(text: str, at: int) -> str:
    """Return the folded word or elided article right before a place, or nothing after a break."""
    if at and text[at - 1] in "'’ʼ-":
        at -= 1
    elif not at or text[at - 1] not in _BLANK:
        return ""
    else:
        at -= 1
    if at and text[at - 1] == "&":
        return "&"
    first = at
    while first and (text[first - 1].isalnum() or text[first - 1] == "-"):
        first -= 1
    word = text[first:at].lower()
    return "ici" if word == "là" else fold(word)  # folded, « là » would be an article
