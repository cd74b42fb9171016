"""What an operator has of an app: health, limits, logs, metrics, frames, settings that are checked."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from web_pages import Builder, parsed, text

from indexer import Article, Index, SettingsError
from searchapp import create_app, create_blueprint
from searchapp.config import SETTINGS

ARTICLES = [Article(id=f"a{n}", title=f"Sommet {n}", body="Un accord.", tags=("climat",)) for n in range(5)]


@pytest.fixture
def folder(build: Builder) -> Path:
    return build(ARTICLES)


def client_of(folder: Path, **settings: object) -> FlaskClient:
    named = {f"MANCHETTE_{name.upper()}": value for name, value in settings.items()}
    return create_app({"MANCHETTE_INDEX_DIR": str(folder), **named}).test_client()


def test_alive_and_ready_are_two_things(folder: Path, tmp_path: Path) -> None:
    nowhere = client_of(tmp_path / "none")
    assert nowhere.get("/healthz").status_code == 200
    answer = nowhere.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["status"] == "unavailable"
    assert "index rebuild" in answer.get_json()["reason"]
    Index.rebuild(tmp_path / "none", ARTICLES, engine="memory", persons="off")
    body = nowhere.get("/readyz").get_json()
    assert (body["articles"], body["engine"]) == (5, "memory")
    for path in ("/healthz", "/readyz"):
        assert client_of(folder).get(path).headers["Cache-Control"] == "no-store"


def test_a_mounted_search_leaves_health_to_its_host(folder: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(folder), url_prefix="/archives")
    client = app.test_client()
    for path in ("/archives/healthz", "/archives/readyz", "/archives/metrics", "/healthz"):
        assert client.get(path).status_code == 404


def test_an_address_that_sends_too_much_is_told_when_to_come_again(folder: Path) -> None:
    client = client_of(folder, rate="3 per minute")
    for _ in range(3):
        assert client.get("/?q=accord").status_code == 200
    answer = client.get("/?q=accord")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Trop de demandes" in text(parsed(answer, 429))
    assert "Too many requests" in client.get("/?lang=en").text
    problem = client.get("/api/v1/search")
    assert problem.status_code == 429
    assert problem.content_type == "application/problem+json"
    assert problem.get_json()["status"] == 429
    assert "Set-Cookie" not in problem.headers
    for path in ("/healthz", "/readyz", "/assets/search.css"):
        with client.get(path) as free:
            assert free.status_code == 200
    other = client.get("/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200
    spoofed = client.get("/", headers={"X-Forwarded-For": "192.0.2.8"})
    assert spoofed.status_code == 429


def test_addresses_are_those_before_the_proxies_that_are_there(folder: Path) -> None:
    client = client_of(folder, rate="1 per minute", proxies=1)
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 429
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 200
    # What a client writes itself stands before what the proxy adds.
    assert client.get("/", headers={"X-Forwarded-For": "9.9.9.9, 192.0.2.1"}).status_code == 429


def test_the_access_log_is_json_without_what_was_searched_for(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(folder, access_log=1)
    with caplog.at_level(logging.INFO, "manchette.access"):
        logging.getLogger("manchette.access").addHandler(caplog.handler)
        client.get("/?q=secret")
        client.get('/article/a"%0aX')
        logging.getLogger("manchette.access").removeHandler(caplog.handler)
    lines = [record.getMessage() for record in caplog.records if record.name == "manchette.access"]
    rows = {row["path"]: row for row in map(json.loads, lines)}
    assert all("\n" not in line and "secret" not in line for line in lines)
    assert rows["/"] | {"time": "", "ms": 0, "engine_ms": 0, "bytes": 0} == {
        "time": "",
        "address": "127.0.0.1",
        "method": "GET",
        "path": "/",
        "route": "/",
        "status": 200,
        "ms": 0,
        "engine_ms": 0,
        "cut": False,
        "bytes": 0,
    }
    assert rows["/"]["ms"] >= rows["/"]["engine_ms"] > 0
    assert rows['/article/a"\nX']["status"] == 404


def test_metrics(folder: Path) -> None:
    client = client_of(folder, metrics=1)
    client.get("/?q=accord")
    client.get("/article/a1")
    for number in range(3):
        client.get(f"/nothing/{number}")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    found = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["manchette_requests_total", (("method", "GET"), ("route", "/"), ("status", "200"))] == 1
    assert found["manchette_requests_total", (("method", "GET"), ("route", "none"), ("status", "404"))] == 3
    assert found["manchette_request_seconds_count", (("route", "/article/<manchette_id:id>"),)] == 1
    assert found["manchette_engine_seconds_count", (("route", "/"),)] == 1
    assert found["manchette_index_articles", ()] == 5
    assert found["manchette_index_ready", ()] == 1
    assert "nothing/" not in answer.text
    assert client_of(folder).get("/metrics").status_code == 404


def test_metrics_of_several_processes_add_up(folder: Path, tmp_path: Path) -> None:
    shared = tmp_path / "metrics"
    shared.mkdir()
    code = (
        "from searchapp import create_app\n"
        "client = create_app().test_client()\n"
        "client.get('/?q=accord')\n"
        "print(client.get('/metrics').text)"
    )
    settings = {
        **os.environ,
        "MANCHETTE_INDEX_DIR": str(folder),
        "MANCHETTE_METRICS": "1",
        "PROMETHEUS_MULTIPROC_DIR": str(shared),
    }
    shown = ""
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=settings,
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        shown = done.stdout
    assert 'manchette_requests_total{method="GET",route="/",status="200"} 2.0' in shown
    assert "manchette_index_articles 5.0" in shown


@pytest.mark.parametrize(
    ("frames", "ancestors", "options"),
    [
        ("'self'", "frame-ancestors 'self'", "SAMEORIGIN"),
        ("'none'", "frame-ancestors 'none'", "DENY"),
        ("https://a.example https://b.example", "frame-ancestors https://a.example https://b.example", None),
    ],
)
def test_frames_are_a_setting(folder: Path, frames: str, ancestors: str, options: str | None) -> None:
    for path in ("/", "/api/v1/search", "/nothing", "/healthz"):
        answer = client_of(folder, frames=frames).get(path)
        assert answer.headers["Content-Security-Policy"].endswith(ancestors)
        assert answer.headers.get("X-Frame-Options") == options


@pytest.mark.parametrize(
    "settings",
    [
        {"frames": "'self'; script-src *"},
        {"frames": "a, b"},
        {"frames": ""},
        {"budget": "-1"},
        {"budget": "1.5"},
        {"rate": "many"},
        {"rate": "1 per minute", "rate_storage": "nowhere://"},
        {"proxies": "all"},
        {"language": "de"},
        {"metrics": "perhaps"},
    ],
)
def test_a_setting_that_means_nothing_is_named(folder: Path, settings: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=f"MANCHETTE_{next(iter(settings)).upper()}"):
        client_of(folder, **settings)


def test_what_is_not_installed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchapp.app.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"manchette\[metrics\]"):
        client_of(folder, metrics=1)
    with pytest.raises(SettingsError, match=r"manchette\[limits\]"):
        client_of(folder, rate="1 per second")
    monkeypatch.delenv("MANCHETTE_RATE")
    assert client_of(folder).get("/").status_code == 200


def test_a_host_may_set_the_headers_itself(folder: Path) -> None:
    app = Flask("host")
    app.register_blueprint(create_blueprint(folder, policy=None))

    @app.after_request
    def own(response):  # type: ignore[no-untyped-def]
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    answer = app.test_client().get("/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_setting_has_a_name_and_a_text() -> None:
    assert len({each.name for each in SETTINGS}) == len(SETTINGS)
    assert all(each.name.startswith("MANCHETTE_") and each.text for each in SETTINGS)
