"""Embedding: what the other pages of a host show of a search, and the command of the host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app, render_template
from flask.sansio.app import App
from flask.sansio.blueprints import BlueprintSetupState
from jinja2 import Template
from markupsafe import Markup

from indexer import Place, host_command
from searchapp import typography
from searchapp.found import found
from searchapp.language import choosing, current
from searchapp.links import Links
from searchapp.mount import Mount
from searchapp.parts import Found
from searchapp.search import find
from searchapp.state import SearchState

EXTENSION = "manchette"
"""The key under which an app keeps what it has mounted: name of the endpoints → mount."""

COMMAND = "index"


@dataclass(frozen=True, slots=True)
class Embedded:
    """Be what `manchette_search` returns: `total`, `hits`, and `href`, the address of the search itself.

    `name` is that of the mount.
    """

    name: str
    total: int
    hits: tuple[Found, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Be `manchette` in the templates of embedded pieces.

    `home`, `stylesheet`, `script` and `suggestions` are URLs, `kept` the hidden fields of the box, `found`
    what is listed; `full` tells that the list shows snippets, persons and tags. `words`, `id` and `label` are
    those of the box.
    """

    name: str
    language: str
    theme: str
    home: str
    stylesheet: str
    script: str
    suggestions: str
    kept: tuple[tuple[str, str], ...]
    words: str = ""
    id: str = "q"
    label: str = ""
    found: Embedded | None = None
    full: bool = False


def add_mount(mount: Mount, setup: BlueprintSetupState) -> None:
    """Make a mount known to the app that it is registered in: to its templates and its command."""
    app = setup.app
    mounts = app.extensions.setdefault(EXTENSION, {})
    mounts[f"{setup.name_prefix}.{setup.name}".lstrip(".")] = mount
    app.jinja_env.globals.update(
        manchette_search=search, manchette_head=head, manchette_box=box, manchette_list=result_list
    )
    if isinstance(app, Flask) and COMMAND not in app.cli.commands:
        app.cli.add_command(host_command(lambda: _places(app)))


def search(
    words: str = "",
    *,
    name: str = "",
    size: int = 5,
    tags: Iterable[str] = (),
    persons: Iterable[str] = (),
    sections: Iterable[str] = (),
    first: date | None = None,
    last: date | None = None,
    sort: str = "relevance",
) -> Embedded:
    """Return what a mounted search finds, as this request may see it; `name` is needed among several."""
    state = SearchState(
        words=words,
        tags=tuple(tags),
        persons=tuple(persons),
        sections=tuple(sections),
        first=first,
        last=last,
        sort=sort,
        size=size,
        usual=size,
    )
    with _speaking(name) as (full_name, mount, links):
        index = mount.index
        results = find(index, state, facet_size=0)
        hits = tuple(found(hit, state, links, index.zone) for hit in results.hits)
        return Embedded(full_name, results.total, hits, links.search(state))


def head(name: str = "") -> Markup:
    """Return the stylesheet and the script of a search, for the head of a page."""
    with _speaking(name) as (_, mount, links):
        return _rendered("embed_head.html", mount, _piece(mount, links))


def box(
    name: str = "",
    words: str = "",
    id: str = "q",
    label: str = "",
    tags: Iterable[str] = (),
    persons: Iterable[str] = (),
    sections: Iterable[str] = (),
) -> Markup:
    """Return a search box; the filters that are given go with every search from it."""
    state = SearchState(tags=tuple(tags), persons=tuple(persons), sections=tuple(sections))
    with _speaking(name) as (_, mount, links):
        return _rendered("embed_box.html", mount, _piece(mount, links, state, words, id, label))


def result_list(embedded: Embedded, *, full: bool = False) -> Markup:
    """Return the list of what was found; `full` adds snippets, persons and tags."""
    with _speaking(embedded.name) as (_, mount, links):
        return _rendered("embed_list.html", mount, _piece(mount, links, found=embedded, full=full))


def _piece(
    mount: Mount,
    links: Links,
    state: SearchState | None = None,
    words: str = "",
    id: str = "q",
    label: str = "",
    found: Embedded | None = None,
    *,
    full: bool = False,
) -> Piece:
    return Piece(
        name=mount.name,
        language=current().code,
        theme=mount.display.theme,
        home=links.search(),
        stylesheet=links.static("search.css"),
        script=links.static("search.js"),
        suggestions=links.suggestions(),
        kept=links.fields(state),
        words=words,
        id=id,
        label=label,
        found=found,
        full=full,
    )


def _rendered(template: str, mount: Mount, piece: Piece) -> Markup:
    names: list[str | Template] = [f"searchapp/{mount.name}/{template}", f"searchapp/{template}"]
    return Markup(  # noqa: S704 - a template, which escapes
        render_template(
            names,
            manchette=piece,
            typography=typography,
            say=typography.say,
            say_many=typography.say_many,
        )
    )


@contextmanager
def _speaking(name: str) -> Iterator[tuple[str, Mount, Links]]:
    """Give a mount by its name and its links, from wherever the request is, in the language of the mount."""
    full_name, mount = _mounted(name)
    with choosing(mount.language):
        yield full_name, mount, Links(f"{full_name}.", current().kept, feeds=mount.display.feeds)


def _mounted(name: str) -> tuple[str, Mount]:
    mounts: dict[str, Mount] = current_app.extensions[EXTENSION]
    if not name and len(mounts) == 1:
        return next(iter(mounts.items()))
    if name not in mounts:
        wrong = f"no search is mounted as {name!r}" if name else "several searches are mounted, name one"
        raise LookupError(f"{wrong}: {', '.join(mounts)}")
    return name, mounts[name]


def _places(app: App) -> dict[str, Place]:
    mounts: dict[str, Mount] = app.extensions[EXTENSION]
    return {name: Place(mount.whole.directory, mount.whole.synonyms) for name, mount in mounts.items()}
