"""Gather: a text → the full names of the persons in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.persons.candidates import Candidate, candidates
from indexer.persons.context import Before, after_tells, bears_a_name, is_a_work, previous_word, quoted
from indexer.persons.credits import is_credited
from indexer.persons.lexicon import Kind, is_function, kind, named_after, not_persons, speech_verbs
from indexer.persons.runs import addressed, mononyms, runs
from indexer.persons.settle import name_key, settled
from indexer.persons.words import words

_KEPT_TITLES = frozenset({"pape", "abbé", "sœur", "soeur", "mère", "lady"})
"""Titles that stay in the name: without them nobody would know who « François » is."""
_ARTICLES = words("le la les l du des au aux")
_PLACING = words("a en dans chez sur vers")
_SENTENCE_ENDS = (". ", "\n", "? ", "! ")
_BETWEEN = re.compile(r"(?:[ \u00a0]*,)?[ \u00a0]+(?:(?:et|ou)[ \u00a0]+)?")


Judge = Callable[[Sequence[str], Sequence[tuple[int, int]]], list[bool]]
"""Sentences and a span in each → whether the span is a person."""


def gather(text: str, judge: Judge | None = None) -> tuple[str, ...]:
    """Return the names in order of first appearance, each once, in its best spelling.

    `judge` is asked about the names that have no known given name and nothing around them that decides.
    """
    text = text.replace("\u00ad", "")
    surnames = addressed(text)
    accepted: list[Candidate] = []
    doubtful: list[Candidate] = []
    credited: set[int] = set()
    for start, run in runs(text):
        for candidate in candidates(start, run):
            chosen = _chosen(candidate, text, surnames)
            if chosen is None or chosen.barred or _is_listed(chosen.name):
                continue
            if is_credited(text, chosen.start, chosen.end) or _follows(text, chosen.start, credited):
                credited.add(chosen.end)
                continue
            if chosen.sure:
                if not _is_a_thing(chosen, text):
                    accepted.append(chosen)
            elif chosen.shorter or _is_supported(chosen, text, surnames):
                accepted.append(chosen)
            else:
                doubtful.append(chosen)
    accepted += _beside(doubtful, accepted, text)
    if judge is not None and doubtful:
        accepted += _judged([found for found in doubtful if _may_be_person(found, text)], text, judge)
    mentions = [(candidate.start, candidate.name) for candidate in accepted]
    mentions += _with_title(text)
    return settled(sorted(mentions))


def _chosen(candidate: Candidate, text: str, surnames: frozenset[str]) -> Candidate | None:
    """Return the candidate, without its first word where that is not of the name: « le maire de Z X Y »."""
    if candidate.shorter is None or candidate.barred:
        return candidate
    word = previous_word(text, candidate.lead)
    announced = candidate.titled or is_function(word) or word in speech_verbs()
    if announced and candidate.name.partition(" ")[0].istitle() and _is_supported(candidate, text, surnames):
        return candidate
    return candidate.shorter


def _is_listed(name: str) -> bool:
    """Tell whether a name is listed as no person, with more words after it or not."""
    key = name_key(name)
    if key in not_persons():
        return True
    parts = key.split()
    return len(parts) > 2 and " ".join(parts[:2]) in not_persons()


def _is_a_thing(candidate: Candidate, text: str) -> bool:
    """Tell whether a name in good form is that of a street, a ship, a film."""
    if candidate.first or candidate.titled:
        word = previous_word(text, candidate.lead)
        if word in _ARTICLES and not candidate.titled:
            return True
        if word in named_after():
            return not Before(text, candidate.lead).leads and not after_tells(text, candidate.end)
        if word and bears_a_name(text, candidate.lead, word, titled=candidate.titled):
            return True
    return quoted(text, candidate.start, candidate.end) or is_a_work(text, candidate.start, candidate.end)


def _is_supported(candidate: Candidate, text: str, surnames: frozenset[str]) -> bool:
    """Tell whether the words around say that a name without a known given name is a person's."""
    word = previous_word(text, candidate.lead) if candidate.first or candidate.titled else ""
    if candidate.first and not candidate.titled and word in _ARTICLES:
        return False
    if candidate.titled or candidate.last in surnames:
        return not bears_a_name(text, candidate.lead, word, titled=candidate.titled)
    if quoted(text, candidate.start, candidate.end) or is_a_work(text, candidate.start, candidate.end):
        return False
    before = Before(text, candidate.start)
    if before.names_a_thing:
        return False
    if before.announces or (candidate.first and before.says):
        return True
    return word not in _PLACING and after_tells(text, candidate.end)


def _beside(doubtful: list[Candidate], accepted: list[Candidate], text: str) -> list[Candidate]:
    """Return the doubtful names that stand in a list with a person: « X, Y et Z »."""
    if not doubtful or not accepted:
        return []
    ends = {candidate.end for candidate in accepted}
    starts = {candidate.start for candidate in accepted}
    found: list[Candidate] = []
    for candidate in doubtful:
        if candidate.first and _follows(text, candidate.start, ends):
            ends.add(candidate.end)
            found.append(candidate)
    for candidate in reversed(doubtful):
        gap = _BETWEEN.match(text, candidate.end)
        if gap and gap.end() in starts and candidate.first and candidate not in found:
            word = previous_word(text, candidate.start)
            if word not in _ARTICLES and word not in _PLACING:
                starts.add(candidate.start)
                found.append(candidate)
    return found


def _may_be_person(candidate: Candidate, text: str) -> bool:
    word = previous_word(text, candidate.lead)
    return candidate.first and word not in _ARTICLES and word not in _PLACING


def _judged(doubtful: list[Candidate], text: str, judge: Judge) -> list[Candidate]:
    """Return the doubtful names that the judge takes for persons."""
    sentences, spans = [], []
    for candidate in doubtful:
        start = max(text.rfind(end, 0, candidate.start) + len(end) for end in _SENTENCE_ENDS)
        ends = [place for end in _SENTENCE_ENDS if (place := text.find(end, candidate.end)) >= 0]
        sentences.append(text[start : min(ends, default=len(text)) + 1])
        spans.append((candidate.start - start, candidate.end - start))
    return [found for found, good in zip(doubtful, judge(sentences, spans), strict=True) if good]


def _follows(text: str, start: int, ends: set[int]) -> bool:
    return bool(ends) and any(
        end in ends and _BETWEEN.fullmatch(text, end, start) is not None
        for end in range(start - 1, start - 7, -1)
    )


def _with_title(text: str) -> Iterator[tuple[int, str]]:
    """Yield the single names that a title makes full: « le pape François », « le prince Harry »."""
    for start, title, name in mononyms(text):
        kept = title.lower() in _KEPT_TITLES
        if kind(name) is not Kind.GIVEN and not (title == "Lady" and kind(name) is Kind.PLAIN):
            continue
        if previous_word(text, start) in named_after():
            continue
        yield (
            start,
            f"{title if title[0].isupper() and title != 'Pape' else title.lower()} {name}" if kept else name,
        )
