"""What search engines are asked to leave alone: lines for the robots.txt of a host (RFC 9309)."""

from __future__ import annotations

from searchapp.links import Links


def robots_lines(name: str = "search") -> tuple[str, ...]:
    """Return the lines for one mounted blueprint, to be put under `User-agent: *`, within a request.

    `name` is that of its endpoints: `search`, or `valleys.search` where it is nested. Articles, the front
    page and its pages are left open, all other searches and the faces for programs are not; the last line
    names the sitemap.
    """
    links = Links(f"{name}.")
    home = links.search()
    closed = (
        f"{home}*?",
        f"{home}valeurs/",
        f"{home}citation/",
        links.api(),
        links.suggestions(),
        f"{home}opensearch/",
    )
    return (
        f"Allow: {home}*?page=",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {links.sitemap()}",
    )
