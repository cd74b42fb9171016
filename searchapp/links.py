"""Links: a state, an article or a page of the blueprint → its URL, below wherever it is mounted."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for

from searchapp.assets import VERSION, version_of
from searchapp.state import SearchState, quoted

UNLIT = "surligner=0"
"""The parameter of an article page that leaves the words of the search unmarked."""


@dataclass(frozen=True, slots=True)
class Links:
    """Make the URLs of one mounted blueprint, for one request; `endpoint` is `.` in its own, else its name.

    A page has a hundred links to searches: the part before the question mark is asked for once.
    """

    endpoint: str = "."
    _known: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _around: dict[tuple[SearchState, str], tuple[str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def search(self, state: SearchState | None = None) -> str:
        """Return the URL of a search page."""
        return _with_query(self._url("search"), state)

    def toggled(self, state: SearchState, facet: str, value: str) -> str:
        """Return the URL of a search with a value of a facet chosen, or no longer so."""
        if state.chosen(facet, value):
            return self.search(state.without(facet, value))
        if (state, facet) not in self._around:
            self._around[state, facet] = state.around(facet)
        before, after = self._around[state, facet]
        return f"{self._url('search')}?{before}{quoted(value)}{after}"

    def canonical_search(self, state: SearchState) -> str:
        """Return the whole URL of a search page, host included."""
        return _with_query(url_for(f"{self.endpoint}search", _external=True), state)

    def article(self, id: str, state: SearchState | None = None, *, lit: bool = True) -> str:
        """Return the URL of an article page that leads back to a search, its words marked where `lit`."""
        url = _with_query(url_for(f"{self.endpoint}article", id=id), state)
        return url if lit else f"{url}{'&' if '?' in url else '?'}{UNLIT}"

    def canonical_article(self, id: str) -> str:
        """Return the whole URL of an article, host included."""
        return url_for(f"{self.endpoint}article", id=id, _external=True)

    def profile(self, facet: str, value: str) -> str:
        """Return the URL of the page of a person or a tag."""
        return url_for(f"{self.endpoint}{facet}", id=value)

    def canonical_profile(self, facet: str, value: str) -> str:
        """Return the whole URL of the page of a person or a tag, host included."""
        return url_for(f"{self.endpoint}{facet}", id=value, _external=True)

    def feed(self, state: SearchState) -> str:
        """Return the URL of the newest articles of a search as Atom."""
        return _with_query(self._url("feed"), state)

    def canonical_feed(self, state: SearchState) -> str:
        """Return the whole URL of a feed, host included."""
        return _with_query(url_for(f"{self.endpoint}feed", _external=True), state)

    def suggestions(self) -> str:
        """Return the URL that completes what is being typed."""
        return self._url("suggest")

    def static(self, file: str) -> str:
        """Return the URL of a file of the blueprint, another one for each content."""
        return f"{url_for(f'{self.endpoint}static', filename=file)}?{VERSION}={version_of(file)}"

    def api_search(self, state: SearchState) -> str:
        """Return the URL of a search as JSON."""
        return _with_query(self._url("api_search"), state)

    def api_article(self, id: str) -> str:
        """Return the URL of an article as JSON."""
        return url_for(f"{self.endpoint}api_article", id=id)

    def api_related(self, id: str) -> str:
        """Return the URL of the related articles as JSON."""
        return url_for(f"{self.endpoint}api_related", id=id)

    def api_story(self, id: str) -> str:
        """Return the URL of the story of an article as JSON."""
        return url_for(f"{self.endpoint}api_story", id=id)

    def _url(self, view: str) -> str:
        if view not in self._known:
            self._known[view] = url_for(f"{self.endpoint}{view}")
        return self._known[view]


def _with_query(url: str, state: SearchState | None) -> str:
    query = state.query() if state else ""
    return f"{url}?{query}" if query else url
