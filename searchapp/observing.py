"""What is told of each request: to the access log, to the metrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from flask import Flask, Response, request

from indexer import current_budget

_START = "manchette.start"


@dataclass(frozen=True, slots=True)
class Observed:
    """Hold a request that was answered.

    `route` is the rule that matched, empty where none did; `engine` are the seconds of the engine among
    `seconds`, `cut` tells whether the budget did not do for all, `size` is None for a stream.
    """

    method: str
    path: str
    route: str
    status: int
    seconds: float
    engine: float
    cut: bool
    size: int | None
    address: str


def observe(app: Flask, *listeners: Callable[[Observed], None]) -> None:
    """Tell listeners of each request; nothing is measured where there is none."""
    if not listeners:
        return

    @app.before_request
    def started() -> None:
        request.environ[_START] = perf_counter()

    @app.after_request
    def answered(response: Response) -> Response:
        observed = _observed(response)
        for listener in listeners:
            listener(observed)
        return response


def _observed(response: Response) -> Observed:
    budget = current_budget()
    now = perf_counter()
    return Observed(
        method=request.method,
        path=request.path,
        route=request.url_rule.rule if request.url_rule else "",
        status=response.status_code,
        seconds=now - float(request.environ.get(_START, now)),
        engine=budget.engine if budget else 0.0,
        cut=bool(budget and budget.cut),
        size=response.content_length,
        address=request.remote_addr or "",
    )
