"""Health: whether the app is alive, and whether its index answers, for what watches or balances it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, Response

from indexer import Index, ManchetteError
from searchapp.errors import MAX_MESSAGE
from searchapp.programs import as_json

ENDPOINTS = frozenset({"healthz", "readyz", "metrics"})
"""Endpoints of the app that are asked by machines every few seconds."""


def add_health(app: Flask, index: Index) -> None:
    """Register `/healthz` and `/readyz` on an app of its own; a mounted search leaves them to its host."""

    @app.get("/healthz")
    def healthz() -> Response:
        return _unkept(as_json({"status": "ok"}))

    @app.get("/readyz")
    def readyz() -> Response:
        try:
            info = index.info()
        except ManchetteError as error:
            response = as_json({"status": "unavailable", "reason": str(error)[:MAX_MESSAGE]})
            response.status_code = 503
            return _unkept(response)
        return _unkept(
            as_json(
                {
                    "status": "ok",
                    "engine": info.engine,
                    "generation": info.generation,
                    "built": info.built,
                    "age_seconds": age(info.built),
                    "articles": info.articles,
                }
            )
        )


def age(built: str) -> int:
    """Return how many seconds ago an index was built."""
    return max(0, round((datetime.now(UTC) - datetime.fromisoformat(built)).total_seconds()))


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
