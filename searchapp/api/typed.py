"""What is being typed, read from a URL."""

from __future__ import annotations

from searchapp.api.suggestions import MAX_PREFIX
from searchapp.parameters import Parameters, Problem, clean, read_language, too_long


def read_typed(parameters: Parameters) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of `q`, and what was wrong with it and with the language."""
    text = clean((parameters.getlist("q") or [""])[-1])
    problems = read_language(parameters)
    if len(text) > MAX_PREFIX:
        problems = (too_long("q", text, MAX_PREFIX), *problems)
    return text[:MAX_PREFIX], problems
