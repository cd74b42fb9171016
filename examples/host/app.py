"""A newspaper that mounts two searches: its archive, and within its section of the valleys another.

Run it with two folders of indexes:

    python examples/host/app.py var/index var/vallees
"""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Blueprint, Flask, Response, render_template

from indexer import Index
from searchapp import create_blueprint, robots_lines

PORT = 8001


def create_host(archive: Path, valleys: Path) -> Flask:
    """Return the app of the newspaper."""
    app = Flask(__name__)
    index = Index.open(archive)

    # The archive, below /archives.
    app.register_blueprint(
        create_blueprint(index, name="archives", title="Archives", layout="host.html", language="fr"),
        url_prefix="/archives",
    )

    # The valleys are a blueprint of the host; their search is nested in it, below /vallees/recherche.
    section = Blueprint("section", __name__)
    section.register_blueprint(
        create_blueprint(valleys, name="vallees", title="Vallées", layout="host.html", language="fr"),
        url_prefix="/recherche",
    )
    app.register_blueprint(section, url_prefix="/vallees")

    @app.get("/")
    def front() -> str:
        newest = index.search(size=5, facet_size=5)
        return render_template("front.html", newest=newest)

    # A mounted search does not own this address; its lines are added to those of the host.
    @app.get("/robots.txt")
    def robots() -> Response:
        lines = ["User-agent: *", *robots_lines("archives"), *robots_lines("section.vallees"), ""]
        return Response("\n".join(lines), mimetype="text/plain")

    return app


if __name__ == "__main__":
    create_host(Path(sys.argv[1]), Path(sys.argv[2])).run(port=PORT)
