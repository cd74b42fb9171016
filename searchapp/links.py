"""Links: a state, an article or a page of the blueprint → its URL, below wherever it is mounted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlencode

from flask import request, url_for

from searchapp.assets import VERSION, version_of
from searchapp.ids import id_to_url
from searchapp.language import PARAMETER
from searchapp.state import FACETS, PAGE, PERIOD, SearchState, days_of, page_of, quoted

UNLIT = "surligner=0"
"""The parameter of an article page that leaves the words of the search unmarked."""

_ID = "manchette-id"
"""Stands in a URL for the id of an article, which is put in later."""

_NAMED = re.compile(rf"[?&]{PARAMETER}=[a-z]+$")


@dataclass(slots=True)
class _Made:
    """Hold parts of URLs that many links of a page share, those of a state for the last one asked for.

    States are told apart by identity: to compare them takes longer than all the rest of a link.
    """

    bases: dict[str, str] = field(default_factory=dict)
    around: dict[str, tuple[SearchState, str, str]] = field(default_factory=dict)
    query: tuple[SearchState, str] | None = None
    here: str = ""
    article: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Make the URLs of one mounted blueprint, for one request; `endpoint` is `.` in its own, else its name.

    `language` is named last in every URL where the URL of the page named it, too.
    """

    endpoint: str = "."
    language: str = ""
    feeds: bool = True
    _made: _Made = field(default_factory=_Made, init=False, repr=False, compare=False)

    def search(self, state: SearchState | None = None) -> str:
        """Return the URL of a search page, or of the home page; that of all articles names their order."""
        return self._url(self._base("search"), _asked(state))

    def toggled(self, state: SearchState, facet: str, value: str) -> str:
        """Return the URL of a search with a value of a facet chosen, or no longer so."""
        if state.chosen(facet, value):
            return self.search(state.without(facet, value))
        before, after = self._around(state, facet)
        return before + quoted(value) + after

    def period(self, state: SearchState, first: date, last: date) -> str:
        """Return the URL of a search limited to these days."""
        before, after = self._around(state, PERIOD)
        return before + days_of(first, last) + after

    def paged(self, state: SearchState, page: int) -> str:
        """Return the URL of a page of a search."""
        if page == 1:
            return self.search(state.with_page(1))
        before, after = self._around(state, PAGE)
        return before + page_of(page) + after

    def canonical_search(self, state: SearchState | None = None) -> str:
        """Return the whole URL of a search page, or of the home page, host included."""
        return self._url(url_for(f"{self.endpoint}search", _external=True), _asked(state))

    def page(self, name: str, query: str = "") -> str:
        """Return the URL of a page of the mount that is no search, by the name of its endpoint."""
        return self._url(self._base(name), more=query)

    def canonical_page(self, name: str, query: str = "") -> str:
        """Return the whole URL of a page of the mount that is no search, host included."""
        return self._url(url_for(f"{self.endpoint}{name}", _external=True), more=query)

    def values(self, facet: str, state: SearchState, query: str = "") -> str:
        """Return the URL of the page of all values that a facet has under a search."""
        bases = self._made.bases
        if facet not in bases:
            bases[facet] = url_for(f"{self.endpoint}values", facet=FACETS[facet])
        return self._url(bases[facet], state, query)

    def article(self, id: str, state: SearchState | None = None, *, lit: bool = True) -> str:
        """Return the URL of an article page that leads back to a search, its words marked where `lit`."""
        before, after = self._article_path()
        return self._url(before + id_to_url(id) + after, state, "" if lit else UNLIT)

    def canonical_article(self, id: str) -> str:
        """Return the whole URL of an article, host included."""
        return self._url(url_for(f"{self.endpoint}article", id=id, _external=True))

    def short(self, code: str) -> str:
        """Return the whole URL that leads to an article by its code, host included: short, and for ever."""
        return url_for(f"{self.endpoint}short", code=code, _external=True)

    def short_path(self, code: str) -> str:
        """Return the same without the host."""
        return url_for(f"{self.endpoint}short", code=code)

    def citation(self, id: str, form: str) -> str:
        """Return the URL of the citation of an article, as BibTeX or RIS."""
        return self._url(url_for(f"{self.endpoint}citation", id=id), more=f"format={form}")

    def story(self, id: str) -> str:
        """Return the URL of the story of an article."""
        return self._url(url_for(f"{self.endpoint}story", id=id))

    def canonical_story(self, id: str) -> str:
        """Return the whole URL of the story of an article, host included."""
        return self._url(url_for(f"{self.endpoint}story", id=id, _external=True))

    def profile(self, facet: str, value: str) -> str:
        """Return the URL of the page of a person or a tag."""
        return self._url(url_for(f"{self.endpoint}{facet}", id=value))

    def canonical_profile(self, facet: str, value: str) -> str:
        """Return the whole URL of the page of a person or a tag, host included."""
        return self._url(url_for(f"{self.endpoint}{facet}", id=value, _external=True))

    def feed(self, state: SearchState) -> str:
        """Return the URL of the newest articles of a search as Atom; the empty text without feeds."""
        return self._url(self._base("feed"), state) if self.feeds else ""

    def canonical_feed(self, state: SearchState) -> str:
        """Return the whole URL of a feed, host included."""
        return self._url(url_for(f"{self.endpoint}feed", _external=True), state)

    def suggestions(self) -> str:
        """Return the URL that completes what is being typed."""
        return self._url(self._base("suggest"))

    def static(self, file: str) -> str:
        """Return the URL of a file of the blueprint, another one for each content."""
        return f"{url_for(f'{self.endpoint}static', filename=file)}?{VERSION}={version_of(file)}"

    def fields(self, state: SearchState | None = None) -> tuple[tuple[str, str], ...]:
        """Return what a form carries along so that nothing chosen is lost, and the page is the first."""
        kept = ((PARAMETER, self.language),) if self.language else ()
        return (*(state.with_page(1).pairs() if state else ()), *kept)

    def here(self, language: str) -> str:
        """Return the URL of this very page in another language."""
        if not self._made.here:
            pairs = [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]
            query = f"{urlencode(pairs)}&" if pairs else ""
            self._made.here = f"{request.script_root}{quote(request.path)}?{query}{PARAMETER}="
        return self._made.here + language

    def table(self, state: SearchState) -> str:
        """Return the URL of all articles of a search as CSV."""
        return self._url(url_for(f"{self.endpoint}table"), state)

    def opensearch(self) -> str:
        """Return the URL of the description by which browsers search here."""
        return self._url(url_for(f"{self.endpoint}opensearch"))

    def canonical_opensearch(self, state: SearchState) -> str:
        """Return the whole URL of a description, host included."""
        return self._url(url_for(f"{self.endpoint}opensearch", _external=True), state)

    def canonical_suggestions(self) -> str:
        """Return the whole URL of the suggestions for a browser's own search box."""
        return self._url(url_for(f"{self.endpoint}opensearch_suggestions", _external=True))

    def canonical_home(self) -> str:
        """Return the whole URL below which all others lie, host included, with a slash at its end."""
        return url_for(f"{self.endpoint}search", _external=True)

    def sitemap(self, part: int | None = None) -> str:
        """Return the whole URL of the sitemap, or of one of its parts, counted from 1."""
        if part is None:
            return url_for(f"{self.endpoint}sitemap", _external=True)
        return url_for(f"{self.endpoint}sitemap_part", part=part, _external=True)

    def api(self) -> str:
        """Return the URL of the page that shows the API."""
        return self._url(url_for(f"{self.endpoint}api"))

    def api_document(self) -> str:
        """Return the URL of the OpenAPI document."""
        return self._url(url_for(f"{self.endpoint}api_document"))

    def problem(self, name: str) -> str:
        """Return the whole URL that names and explains a kind of problem."""
        return url_for(f"{self.endpoint}api", _external=True, _anchor=f"probleme-{name}")

    def below(self, path: str, query: str) -> str:
        """Return the URL of a path of the mount that begins with a slash."""
        return self._url(url_for(f"{self.endpoint}search").rstrip("/") + path, more=query)

    def api_search(self, state: SearchState) -> str:
        """Return the URL of a search as JSON."""
        return self._url(self._base("api_search"), state)

    def canonical_api_search(self, state: SearchState) -> str:
        """Return the whole URL of a search as JSON, host included."""
        return self._url(url_for(f"{self.endpoint}api_search", _external=True), state)

    def api_values(self, facet: str, query: str = "") -> str:
        """Return the URL of the values of a facet as JSON."""
        return self._url(url_for(f"{self.endpoint}api_values", facet=facet), more=query)

    def api_article(self, id: str) -> str:
        """Return the URL of an article as JSON."""
        return self._url(url_for(f"{self.endpoint}api_article", id=id))

    def api_related(self, id: str) -> str:
        """Return the URL of the related articles as JSON."""
        return self._url(url_for(f"{self.endpoint}api_related", id=id))

    def api_story(self, id: str) -> str:
        """Return the URL of the story of an article as JSON."""
        return self._url(url_for(f"{self.endpoint}api_story", id=id))

    def _url(self, url: str, state: SearchState | None = None, more: str = "") -> str:
        kept = f"{PARAMETER}={self.language}" if self.language else ""
        query = "&".join(filter(None, (self._query(state) if state else "", more, kept)))
        return f"{url}?{query}" if query else url

    def _around(self, state: SearchState, part: str) -> tuple[str, str]:
        """Return what stands around one more value of a facet, or around another period, in a URL."""
        last = self._made.around.get(part)
        if last is None or last[0] is not state:
            before, after = state.around(part)
            kept = f"&{PARAMETER}={self.language}" if self.language else ""
            last = self._made.around[part] = state, f"{self._base('search')}?{before}", after + kept
        return last[1:]

    def _query(self, state: SearchState) -> str:
        """Return the query string of a state; every article of a page has the same one."""
        last = self._made.query
        if last is None or last[0] is not state:
            last = self._made.query = state, state.query()
        return last[1]

    def _article_path(self) -> tuple[str, str]:
        """Return what stands before and after the id of an article in its URL."""
        if self._made.article is None:
            before, _, after = url_for(f"{self.endpoint}article", id=_ID).rpartition(_ID)
            self._made.article = before, after
        return self._made.article

    def _base(self, view: str) -> str:
        bases = self._made.bases
        if view not in bases:
            bases[view] = url_for(f"{self.endpoint}{view}")
        return bases[view]


def _asked(state: SearchState | None) -> SearchState | None:
    """Return the state that a URL of a search is to name: without any parameter it is the home page."""
    return state.with_sort("newest") if state and state.bare else state


def in_language(url: str, language: str) -> str:
    """Return a URL of `Links` in another language; in that of the reader where it is the empty text."""
    plain = _NAMED.sub("", url)
    if not language:
        return plain
    return f"{plain}{'&' if '?' in plain else '?'}{PARAMETER}={language}"
