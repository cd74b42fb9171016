"""Editions: two states of a small corpus, and what an index of each answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer import Index

TOPICS = ("grève", "budget", "climat", "hôpital", "élections", "justice", "transports")
PLACES = ("Nantes", "Lille", "Brest", "Lyon", "Dijon")
NAMES = ("Anne Hidalgo", "Claire Martin", "Paul Durand", "Édouard Philippe")


def rows(edition: str, count: int) -> Iterator[dict[str, Any]]:
    """Yield articles; two thirds of those of edition B are as in A, one in ten of A is not in B."""
    for number in range(count):
        if edition == "B" and number % 10 == 7:
            continue
        # What is told of an edition in its own articles makes an answer that mixes two be seen.
        changed = edition if number % 3 == 0 else "A"
        topic, place = TOPICS[number % 7], PLACES[number % 5]
        yield {
            "id": f"a{number:05}",
            "title": f"{topic.capitalize()} à {place} : le point du jour {number}",
            "body": f"Le maire de {place} et {NAMES[number % 4]} parlent de {topic}. "
            f"Une édition{changed} commune, au numéro {number}. " * 3,
            "date": f"2019-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "section": "Régions" if number % 2 else "Économie",
            "tags": [topic, place, f"édition {changed}"],
        }


def write(file: Path, edition: str, count: int) -> Path:
    """Write an edition as JSON lines."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows(edition, count))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def answers(directory: Path) -> list[Any]:
    """Return what an index answers to searches of all kinds, without what differs between two builds."""
    index = Index.open(directory)
    try:
        found: list[Any] = []
        words = (
            "",
            "grève",
            "éditionA",
            "éditionB",
            '"le point du jour"',
            "nant*",
            "budgte",
            "martin ou lyon",
        )
        for text in words:
            results = index.search(text, size=30, facet_size=50)
            hits = sorted((hit.id, hit.article.body, str(hit.title)) for hit in results.hits)
            facets = {
                name: [(value.value, value.count) for value in values]
                for name, values in results.facets.items()
            }
            found.append([text, results.total, hits if results.total <= 30 else len(hits), facets])
        found.append([suggestion.text for suggestion in index.complete("é")])
        found.append([item.article.id for item in index.related("a00003")])
        found.append([listed.id for listed in index.listed()])
        return found
    finally:
        index.close()
