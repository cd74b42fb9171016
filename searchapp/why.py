"""Why a result: what an article has of each word of the search, as sentences."""

from __future__ import annotations

from markupsafe import Markup

from indexer import Reason
from searchapp.parts import Why
from searchapp.typography import FIXED, number, quoted, say


def whys(reasons: tuple[Reason, ...]) -> tuple[Why, ...]:
    """Return each word of the search and where the article has it; the shares add up to 100 %."""
    shares = _percent([reason.share for reason in reasons])
    return tuple(_why(reason, share) for reason, share in zip(reasons, shares, strict=True))


def _why(reason: Reason, share: int) -> Why:
    places = _places(reason)
    if not places:
        return Why(reason.word, say("absent"))
    parts = [Markup(", ").join(places), *_how(reason), say("{share} du score", {"share": f"{share}{FIXED}%"})]
    return Why(reason.word, say(" ; ").join(parts))


def _places(reason: Reason) -> list[Markup]:
    """Return where an article has a word, the place that counts most first."""
    times = ((reason.title, "le titre"), (reason.text, "le texte"), (reason.caption, "la légende"))
    there = (
        (reason.tags, "dans les tags"),
        (reason.persons, "parmi les personnes"),
        (reason.section, "nom de la section"),
        (reason.author, "nom de l’auteur"),
    )
    return [
        *(say(f"{number(count)} fois dans {place}") for count, place in times if count),
        *(say(place) for count, place in there if count),
    ]


def _how(reason: Reason) -> list[Markup]:
    """Return how the words found are those of the search: as typed, inflected, corrected, synonyms."""
    said = []
    if reason.exact or reason.forms:
        one = "sous la forme {forms}" if len(reason.forms) == 1 else "sous les formes {forms}"
        sentence = "forme exacte" + (" et {forms}" if reason.forms else "") if reason.exact else one
        said.append(say(sentence, {"forms": quoted(reason.forms)}))
    word = {"word": reason.word}
    said += [
        say("« {found} », par correction de « {word} »", {"found": spelling, **word})
        for spelling in reason.spellings
    ]
    if reason.synonyms:
        one = "synonyme" if len(reason.synonyms) == 1 else "synonymes"
        said.append(say(f"{{found}}, {one} de « {{word}} »", {"found": quoted(reason.synonyms), **word}))
    return said


def _percent(shares: list[float]) -> list[int]:
    """Return shares in whole percent that add up as the shares do: the largest remainders are rounded up."""
    exact = [100 * share for share in shares]
    whole = [int(each) for each in exact]
    missing = round(sum(exact)) - sum(whole)
    for place in sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[:missing]:
        whole[place] += 1
    return whole
