"""A newspaper that mounts two searches: its archive, of which some is for subscribers, and its valleys.

Run it with two folders of indexes:

    python examples/newspaper/app.py var/index var/vallees
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from flask import Blueprint, Flask, Response, render_template, session, url_for

from indexer import Index, Visible
from searchapp import ArticleViewed, Display, Hooks, SearchDone, create_blueprint, robots_lines

PORT = 8001
RESERVED = ("environnement",)
"""Sections for subscribers."""


def create_host(archive: Path, valleys: Path) -> Flask:
    """Return the app of the newspaper."""
    app = Flask(__name__)
    index = Index.open(archive)
    app.secret_key = os.environ.get("SECRET_KEY") or os.urandom(32)
    read, unfound = Counter[str](), Counter[str]()
    app.extensions["echo"] = {"read": read, "unfound": unfound}

    def viewed(event: ArticleViewed) -> None:
        read[event.article.id] += 1

    def searched(event: SearchDone) -> None:
        if not event.results.total:
            unfound[event.state.words] += 1

    # The archive, below /archives. The layout shows who reads, so that this is part of what pages depend on.
    app.register_blueprint(
        create_blueprint(
            index,
            name="archives",
            title="Archives",
            layout="host.html",
            language="fr",
            allowed=visible,
            variant=lambda: "subscriber" if session.get("subscriber") else "",
            hooks=Hooks(after_search=searched, article_viewed=viewed),
            display=Display(theme="light"),
        ),
        url_prefix="/archives",
    )

    # The valleys are a blueprint of the host; their search is nested in it, below /vallees/recherche.
    section = Blueprint("section", __name__)
    section.register_blueprint(
        create_blueprint(
            valleys,
            name="vallees",
            title="Vallées",
            layout="host.html",
            language="fr",
            variant=lambda: "subscriber" if session.get("subscriber") else "",
            display=Display(size=5, facets=("tag", "date"), theme="light", feeds=False),
        ),
        url_prefix="/recherche",
    )
    app.register_blueprint(section, url_prefix="/vallees")

    @app.get("/")
    def front() -> str:
        # Looked up as this reader may see them: the list names no article that is reserved.
        seen = index.restricted(visible())
        found = ((seen.article(id), times) for id, times in read.most_common(10))
        return render_template("front.html", read=[(one, times) for one, times in found if one][:3])

    # A real newspaper asks for a password and has a token in the form.
    @app.post("/abonnement")
    def subscribe() -> Response:
        session["subscriber"] = not session.get("subscriber", False)
        return Response(status=303, headers={"Location": url_for("front")})

    # A mounted search does not own this address; its lines are added to those of the host.
    @app.get("/robots.txt")
    def robots() -> Response:
        lines = ["User-agent: *", *robots_lines("archives"), *robots_lines("section.vallees"), ""]
        return Response("\n".join(lines), mimetype="text/plain")

    return app


def visible() -> Visible:
    """Return what the reader of this request may see."""
    return Visible() if session.get("subscriber") else Visible(not_sections=RESERVED)


if __name__ == "__main__":
    create_host(Path(sys.argv[1]), Path(sys.argv[2])).run(port=PORT)
