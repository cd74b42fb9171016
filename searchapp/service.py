"""What crawlers and operators ask for: the sitemap, and whether the index answers."""

from __future__ import annotations

from flask import Blueprint, Response, stream_with_context

from searchapp.errors import missing_page
from searchapp.mount import Mount
from searchapp.programs import as_json
from searchapp.sitemap import TYPE as SITEMAP_TYPE
from searchapp.sitemap import parts
from searchapp.sitemap import sitemap as sitemap_of
from searchapp.sitemap import sitemap_part as sitemap_part_of


def add_service(blueprint: Blueprint, mount: Mount) -> None:
    """Register it on a blueprint."""

    @blueprint.get("/sitemap.xml")
    def sitemap() -> Response:
        return Response(sitemap_of(mount.index, mount.links), content_type=SITEMAP_TYPE)

    @blueprint.get("/sitemap-<int:part>.xml")
    def sitemap_part(part: int) -> Response:
        if not 1 <= part <= parts(mount.index):
            return missing_page(mount)
        return Response(
            stream_with_context(sitemap_part_of(mount.index, part, mount.links)), content_type=SITEMAP_TYPE
        )

    @blueprint.get("/healthz")
    def healthz() -> Response:
        info = mount.index.info()
        state = {"status": "ok", "engine": info.engine, "generation": info.generation}
        response = as_json({**state, "articles": info.articles})
        response.headers["Cache-Control"] = "no-store"
        return response
