"""Metrics for Prometheus: requests, their times, what the engine took, and how old the index is.

With several workers `PROMETHEUS_MULTIPROC_DIR` names a folder in which they add up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from indexer import Index, ManchetteError
from searchapp.observing import Observed

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"

_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """Count requests, and give all figures at `/metrics` of an app."""

    def __init__(self, app: Flask, index: Index) -> None:
        self._registry = CollectorRegistry()
        self._index = _IndexFigures(index)
        self._requests = Counter(
            "manchette_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = self._times("manchette_request_seconds", "Time to the answer.")
        self._engine = self._times("manchette_engine_seconds", "Time of the engine.")
        self._cut = Counter(
            "manchette_cut", "Answers that the budget cut short.", ["route"], registry=self._registry
        )
        app.add_url_rule("/metrics", "metrics", self._page)

    def count(self, observed: Observed) -> None:
        """Count a request under its route: addresses that lead nowhere are one, whatever is tried."""
        route = observed.route or "none"
        method = observed.method if observed.method in _METHODS else "other"
        self._requests.labels(method, route, str(observed.status)).inc()
        self._seconds.labels(route).observe(observed.seconds)
        if observed.engine:
            self._engine.labels(route).observe(observed.engine)
        if observed.cut:
            self._cut.labels(route).inc()

    def _times(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, ["route"], buckets=_BUCKETS, registry=self._registry)

    def _page(self) -> Response:
        shown = CollectorRegistry()
        if os.environ.get(DIRECTORY):
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]  # the library leaves it out
        else:
            shown.register(self._registry)
        shown.register(self._index)
        response = Response(generate_latest(shown), content_type=CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


class _IndexFigures(Collector):
    """Look at the index when the figures are asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def collect(self) -> Iterator[Metric]:
        try:
            info = self._index.info()
        except ManchetteError:
            yield _gauge("manchette_index_ready", "Whether the index answers.", 0)
            return
        built = datetime.fromisoformat(info.built).timestamp()
        yield _gauge("manchette_index_ready", "Whether the index answers.", 1)
        yield _gauge("manchette_index_articles", "Articles of the index.", info.articles)
        yield _gauge("manchette_index_bytes", "Size of the index.", info.bytes)
        yield _gauge("manchette_index_built_timestamp_seconds", "When the index was built.", built)
        labels = {"generation": info.generation, "engine": info.engine}
        yield InfoMetricFamily("manchette_index", "What answers.", value=labels)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
