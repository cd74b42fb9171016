"""Links from page to page, as all lists of the API have them."""

from __future__ import annotations

from collections.abc import Callable


def page_links(page: int, last: int, url: Callable[[int], str]) -> dict[str, str]:
    """Return `self`, `first` and `last`, and `prev` and `next` where there are such pages."""
    links = {"self": url(page), "first": url(1), "last": url(last)}
    if page > 1:
        links["prev"] = url(min(page - 1, last))
    if page < last:
        links["next"] = url(page + 1)
    return links
