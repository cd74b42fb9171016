"""Rate limiting: how many requests one address may send, counted by Flask-Limiter."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many

from indexer import SettingsError
from searchapp.health import ENDPOINTS


def limit_rate(app: Flask, rate: str, storage: str) -> None:
    """Answer 429 to an address that sends more than this, over all routes but files and health.

    `rate` is written as `20 per second; 600 per minute`. Raises SettingsError where it cannot be read.
    """
    try:
        parse_many(rate)
        limiter = Limiter(
            get_remote_address, app=app, application_limits=[rate], storage_uri=storage, headers_enabled=True
        )
    except Exception as error:
        raise SettingsError(f"MANCHETTE_RATE: {rate!r} at {storage!r}: {error}") from error

    @limiter.request_filter
    def free() -> bool:
        endpoint = request.endpoint or ""
        return endpoint in ENDPOINTS or endpoint.rpartition(".")[2] == "static"
