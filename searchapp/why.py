"""Why a result: what an article has of one word of the search, as a sentence."""

from __future__ import annotations

from markupsafe import Markup

from indexer import Reason
from searchapp.pages import Why
from searchapp.typography import FIXED, number, say


def why(reason: Reason) -> Why:
    """Return a word of the search and where the article has it."""
    if not reason.share:
        return Why(reason.word, say("absent"))
    places = [
        *([f"{number(reason.title)} fois dans le titre"] if reason.title else []),
        *([f"{number(reason.text)} fois dans le texte"] if reason.text else []),
        *(["dans les tags"] if reason.tags else []),
    ]
    # Without its own forms a word is there by its synonyms or another spelling alone.
    form = " ; forme exacte" if reason.exact else "" if reason.via else " ; autre forme"
    others = Markup(", ").join(say("« {word} »", {"word": word}) for word in reason.via)
    sentence = "{places}" + form + (" ; par {others}" if reason.via else "") + " ; {share} du score"
    share = f"{round(reason.share * 100)}{FIXED}%"
    return Why(reason.word, say(sentence, {"places": ", ".join(places), "others": others, "share": share}))
