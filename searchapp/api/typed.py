"""What is being typed, read from a URL."""

from __future__ import annotations

from searchapp.api.suggestions import MAX_PREFIX
from searchapp.parameters import Parameters, Problem, clean


def read_typed(parameters: Parameters) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of `q` and, where it is too long, the problem."""
    text = clean((parameters.getlist("q") or [""])[-1])
    if len(text) > MAX_PREFIX:
        problem = Problem("q", text[:MAX_PREFIX], f"{MAX_PREFIX} signes au plus.")
        return text[:MAX_PREFIX], (problem,)
    return text, ()
