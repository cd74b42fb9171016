"""The app: one index at the root of a site of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from indexer import Index, Settings, SettingsError
from searchapp.blueprint import POLICY, create_blueprint, with_policy
from searchapp.errors import errors_unkept, missing_page, problem
from searchapp.language import Wanted, checked, forget, with_language
from searchapp.mount import Mount
from searchapp.robots import robots_lines
from searchapp.typography import say

DEFAULTS = {
    "MANCHETTE_TITLE": "Manchette",
    "MANCHETTE_LAYOUT": "searchapp/layout.html",
    "MANCHETTE_POLICY": POLICY,
    "MANCHETTE_LANGUAGE": "",
    "MANCHETTE_CONTACT": "",
}
"""Settings of the pages: title of the archive, layout, Content-Security-Policy (empty: none is sent),
language (fr or en; empty: that of the reader), e-mail address or page for those who have met a fault."""

INDEX_DIR = "MANCHETTE_INDEX_DIR"
"""The setting that names the folder of the index; without it, the one of the `index` command."""


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Return an app that searches one index.

    Settings are `MANCHETTE_INDEX_DIR` and those of `DEFAULTS`, from `config`, else from environment
    variables of the same names; Flask's own may stand in `config` beside them. Raises SettingsError
    where `index.toml` or the language is wrong.
    """
    app = Flask("searchapp", static_folder=None)
    app.config.update({key: os.environ.get(key, value) for key, value in DEFAULTS.items()})
    app.config.update(config or {})
    settings = Settings.load()
    directory = str(app.config.get(INDEX_DIR) or settings.index_dir)
    index = Index.open(directory, synonyms=settings.synonyms)
    title, layout, policy, language, contact = (str(app.config[key] or "") for key in DEFAULTS)
    mount = Mount(index, "search", title, layout, _language(language), contact)
    app.register_blueprint(
        create_blueprint(
            index,
            title=title,
            layout=layout,
            policy=policy or None,
            language=mount.language,
            contact=contact,
        )
    )

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> Response:
        mount.choose_language()
        machine = request.path.startswith("/api/")
        response = problem(404, say("Rien n’a cette adresse.")) if machine else missing_page(mount)
        return with_language(with_policy(errors_unkept(response), policy or None))

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response("\n".join(("User-agent: *", *robots_lines(), "")), mimetype="text/plain")

    app.teardown_request(forget)
    return app


def _language(name: str) -> Wanted:
    try:
        return checked(name or None)
    except ValueError as error:
        raise SettingsError(f"MANCHETTE_LANGUAGE: {error}") from None
