"""The page on how a search is written: each kind of syntax with a search that finds something."""

from __future__ import annotations

from collections.abc import Iterator

from indexer import Index
from searchapp.links import Links
from searchapp.pages import HelpPage
from searchapp.parts import Example
from searchapp.samples import samples
from searchapp.state import SearchState
from searchapp.typography import later, say

_EFFECTS = {
    "words": (
        later("espace mission"),
        later("Plus de la moitié des mots ; les articles qui les ont tous viennent d’abord."),
    ),
    "phrase": (later('"sonde Rosetta"'), later("L’expression telle quelle, ces mots dans cet ordre.")),
    "without": (
        later("climat -charbon"),
        later("Sans le mot ou l’expression que précède un tiret ; SAUF s’écrit aussi."),
    ),
    "either": (
        later("Philae OU Rosetta"),
        later("L’un ou l’autre ; il y a aussi ET, et des parenthèses."),
    ),
    "prefix": (later("élect*"), later("Tous les mots qui commencent ainsi, après deux lettres au moins.")),
    "near": (later("hidlago~"), later("Les mots qui s’écrivent presque ainsi.")),
    "title": (later("titre:comète"), later("Un mot du titre.")),
    "person": (
        later('personne:"Thomas Pesquet"'),
        later("Une personne nommée ; toutes les façons d’écrire son nom conviennent."),
    ),
    "tag": (later("tag:espace"), later("Un tag de l’article.")),
    "section": (later("section:sport"), later("Une section du journal ; de même auteur: et son nom.")),
    "date": (
        later("date:2018-11"),
        later("Un mois ; de même un jour, une année ou une période : date:2018..2019."),
    ),
    "together": (
        later('personne:"Thomas Pesquet" date:2016'),
        later("Tout cela ensemble, dans n’importe quel ordre."),
    ),
}
"""Each kind of syntax: an example for an index that has none of its own, and what it does."""


def help_page(index: Index, links: Links) -> HelpPage:
    """Return the page."""
    return HelpPage(
        title=say("Écrire une recherche"),
        examples=tuple(example for _, example in examples(index, links)),
        canonical=links.canonical_page("help"),
    )


def examples(index: Index, links: Links) -> Iterator[tuple[str, Example]]:
    """Yield each kind of syntax with its example, from the index where it has one."""
    known = {sample.kind: sample for sample in samples(index)}
    for kind, (words, effect) in _EFFECTS.items():
        if kind in known:
            sample = known[kind]
            href = links.search(SearchState(words=sample.words))
            yield kind, Example(sample.words, href, sample.total, say(effect))
        else:
            yield kind, Example(say(words).unescape(), "", 0, say(effect))
