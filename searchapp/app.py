"""The app: one index at the root of a site of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound, TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer import Index, Settings, SettingsError
from searchapp.access_log import log, start_log
from searchapp.blueprint import READ, create_blueprint
from searchapp.config import INDEX_DIR, SETTINGS, AppConfig
from searchapp.errors import errors_unkept, missing_page, problem, too_many
from searchapp.health import add_health
from searchapp.language import forget, with_language
from searchapp.mount import Mount
from searchapp.observing import Observed, observe
from searchapp.robots import robots_lines
from searchapp.typography import say

__all__ = ["INDEX_DIR", "create_app"]


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return an app that searches one index.

    Settings are those of `SETTINGS`, from `config`, else from environment variables of the same names;
    Flask's own may stand in `config` beside them. Raises SettingsError where `index.toml` or one of them
    is wrong, or an extra is not installed that one of them asks for.
    """
    app = Flask("searchapp", static_folder=None)
    app.config.update({each.name: each.default for each in SETTINGS})
    app.config.update(config or {})
    given = AppConfig.read(config or {})
    settings = Settings.load()
    index = Index.open(given.index_dir or settings.index_dir, synonyms=settings.synonyms)
    mount = Mount(index, "search", given.title, given.layout, given.language, given.contact)
    app.register_blueprint(
        create_blueprint(
            index,
            title=given.title,
            layout=given.layout,
            policy=given.protection.policy,
            frames=given.protection.frames,
            language=given.language,
            contact=given.contact,
            budget=given.budget,
        )
    )
    add_health(app, index)
    _observe(app, index, given)
    _limit(app, given)
    _add_errors(app, mount, given)

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response("\n".join(("User-agent: *", *robots_lines(), "")), mimetype="text/plain")

    app.after_request(given.protection.on)
    app.teardown_request(forget)
    if given.proxies:
        count = given.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask says to
    return app


def _observe(app: Flask, index: Index, given: AppConfig) -> None:
    listeners: list[Callable[[Observed], None]] = []
    if given.access_log:
        start_log()
        listeners.append(log)
    if given.metrics:
        if not find_spec("prometheus_client"):
            raise SettingsError("MANCHETTE_METRICS needs the extra: pip install 'manchette[metrics]'")
        from searchapp.metrics import Metrics

        listeners.append(Metrics(app, index).count)
    observe(app, *listeners)


def _limit(app: Flask, given: AppConfig) -> None:
    if not given.rate:
        return
    if find_spec("flask_limiter"):
        from searchapp.limiting import limit_rate

        limit_rate(app, given.rate, given.rate_storage)
    elif given.rate_given:
        raise SettingsError("MANCHETTE_RATE needs the extra: pip install 'manchette[limits]'")


def _add_errors(app: Flask, mount: Mount, given: AppConfig) -> None:
    def finished(response: Response) -> Response:
        return with_language(given.protection.on(errors_unkept(response)))

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> Response:
        mount.choose_language()
        machine = request.path.startswith("/api/")
        return finished(problem(404, say("Rien n’a cette adresse.")) if machine else missing_page(mount))

    @app.errorhandler(TooManyRequests)
    def limited(_: TooManyRequests) -> Response:
        mount.choose_language()
        page = (request.endpoint or "").rpartition(".")[2] in READ or not request.endpoint
        return finished(too_many(mount, page=page))
