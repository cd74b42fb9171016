"""Why a result: what an article has of each word of the search, as sentences."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from indexer import Reason
from searchapp.language import current
from searchapp.parts import Why
from searchapp.typography import later, later_many, percent, quoted, say, say_many, together


def whys(reasons: tuple[Reason, ...]) -> tuple[Why, ...]:
    """Return each word of the search and where the article has it; the shares add up to 100 %."""
    shares = _percent([reason.share for reason in reasons])
    return tuple(_why(reason, share) for reason, share in zip(reasons, shares, strict=True))


def _why(reason: Reason, share: int) -> Why:
    places = _places(reason)
    if not places:
        return Why(reason.word, say("absent"))
    parts = [together(", ", places), *_how(reason), _of_score(share, current().code)]
    return Why(reason.word, together(say(" ; "), parts))


_TIMES = {
    "title": later_many("{n} fois dans le titre", "{n} fois dans le titre"),
    "text": later_many("{n} fois dans le texte", "{n} fois dans le texte"),
    "caption": later_many("{n} fois dans la légende", "{n} fois dans la légende"),
}


def _places(reason: Reason) -> list[Markup]:
    """Return where an article has a word, the place that counts most first."""
    times = {"title": reason.title, "text": reason.text, "caption": reason.caption}
    there = (
        (reason.tags, later("dans les tags")),
        (reason.persons, later("parmi les personnes")),
        (reason.section, later("nom de la section")),
        (reason.author, later("nom de l’auteur")),
    )
    return [
        *(say_many(*_TIMES[place], count) for place, count in times.items() if count),
        *(say(place) for count, place in there if count),
    ]


def _how(reason: Reason) -> tuple[Markup, ...]:
    """Return how the words found are those of the search: as typed, inflected, corrected, synonyms."""
    # The results of one search say much the same, each in its place and with its own numbers.
    how = (reason.exact, reason.forms, reason.spellings, reason.synonyms)
    return _said(current().code, reason.word, *how)


@lru_cache(maxsize=300)
def _of_score(share: int, language: str) -> Markup:  # noqa: ARG001 - what is said depends on it
    return say("{share} du score", {"share": percent(share)})


@lru_cache(maxsize=2_000)
def _said(
    language: str,  # noqa: ARG001 - what is said depends on it
    word: str,
    exact: bool,
    forms: tuple[str, ...],
    spellings: tuple[str, ...],
    synonyms: tuple[str, ...],
) -> tuple[Markup, ...]:
    said = []
    listed = {"forms": quoted(forms)}
    if exact:
        said.append(say("forme exacte et {forms}", listed) if forms else say("forme exacte"))
    elif forms:
        said.append(say_many("sous la forme {forms}", "sous les formes {forms}", len(forms), listed))
    said += [
        say("« {found} », par correction de « {word} »", {"found": spelling, "word": word})
        for spelling in spellings
    ]
    if synonyms:
        found, count = {"found": quoted(synonyms), "word": word}, len(synonyms)
        said.append(
            say_many("{found}, synonyme de « {word} »", "{found}, synonymes de « {word} »", count, found)
        )
    return tuple(said)


def _percent(shares: list[float]) -> list[int]:
    """Return shares in whole percent that add up as the shares do: the largest remainders are rounded up."""
    exact = [100 * share for share in shares]
    whole = [int(each) for each in exact]
    missing = round(sum(exact)) - sum(whole)
    for place in sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[:missing]:
        whole[place] += 1
    return whole
