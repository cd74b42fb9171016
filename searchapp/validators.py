"""Validators: a weak ETag for every page and JSON body, known before anything is searched.

A body follows from the generation and the synonyms of the index, the version of the product, the
templates and static files, how the blueprint is mounted, the URL, and what a host adds of its own. All of
these are known beforehand, so that a 304 costs no search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flask import Response, current_app, g, request
from jinja2 import Environment, TemplateNotFound
from jinja2.meta import find_referenced_templates

from indexer import ManchetteError
from searchapp.assets import STATIC, version_of
from searchapp.language import current
from searchapp.mount import Mount
from searchapp.parameters import NAMES

Variant = Callable[[], str | None]
"""What tells what else the pages of this request depend on; None where they are not to have an ETag."""

CACHE_CONTROL = "private, no-cache"
"""The browser keeps a page and asks each time whether it still holds; nobody in between keeps it.

A search is the reader's own affair, and the page of a host may name the reader.
"""

_UNTAGGED = frozenset({"static", "healthz"})
_READ = frozenset(alias for aliases in NAMES.values() for alias in aliases)
_TEMPLATES = Path(__file__).parent / "templates" / "searchapp"


def same_for_all() -> str:
    """Say that pages depend on nothing else."""
    return ""


@dataclass(frozen=True, slots=True)
class Validator:
    """Answer conditional requests of one mount."""

    mount: Mount
    variant: Variant = same_for_all

    def before(self) -> Response | None:
        """Return 304 where the client has what would be sent, before anything is searched."""
        stamp = self._stamp()
        if stamp is None:
            return None
        tag = self._tag(stamp)
        known = request.if_none_match
        # A star asks whether there is a page at all, which only the page itself can tell.
        if not known.star_tag and known.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        g.manchette_tag = tag, stamp
        return None

    def after(self, response: Response) -> Response:
        """Return the response with its ETag; errors have none."""
        if self.mount.allowed is not None:
            # What has no ETag either, such as the way from a short address: others may see something else.
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        tag, stamp = g.pop("manchette_tag", ("", ""))
        if not tag or response.status_code != 200 or "ETag" in response.headers:
            return response
        # Another generation may have gone live while this page was made.
        if stamp != self.mount.index.stamp:
            return response
        _tagged(response, tag).make_conditional(request)
        return response

    def _stamp(self) -> str | None:
        """Return what the index says of itself; None for requests whose answer gets no ETag."""
        asked = (request.endpoint or "").rpartition(".")[2]
        # Templates that are read again at each request may change at any time.
        if request.method not in {"GET", "HEAD"} or asked in _UNTAGGED or current_app.jinja_env.auto_reload:
            return None
        if self.variant() is None:
            return None
        try:
            return self.mount.index.stamp
        except ManchetteError:  # what is asked for may be wrong besides, and its page says it better
            return None

    def _tag(self, stamp: str) -> str:
        mount = self.mount
        parts = (
            stamp,
            _product(),
            _looks(current_app.jinja_env, mount.name, mount.layout),
            mount.name,
            mount.title,
            repr(mount.display),
            *_spoken(),
            self.variant() or "",
            request.root_url,
            request.path,
            *_normalised(mount),
        )
        return _digest(parts)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    return response


def _spoken() -> tuple[str, ...]:
    """Return what the language of a page and its links depend on."""
    choice = current()
    return choice.code, choice.kept, str(choice.fixed)


def _normalised(mount: Mount) -> Iterator[str]:
    """Yield the parameters as they are read, what was wrong with them, and those of others as they are."""
    reading = mount.asked()
    yield reading.state.query()
    for problem in reading.problems:
        yield from (problem.parameter, problem.value, problem.message)
    for name in sorted(request.args.keys() - _READ):
        yield name
        yield from request.args.getlist(name)


@lru_cache(maxsize=1)
def _product() -> str:
    try:
        return version("manchette")
    except PackageNotFoundError:  # run from a folder, not installed
        return ""


@lru_cache(maxsize=64)
def _looks(environment: Environment, name: str, layout: str) -> str:
    """Return what changes with any template that the pages of a mount are made of, or any static file."""
    own = sorted(file.name for file in _TEMPLATES.iterdir())
    names = [layout, *(f"searchapp/{folder}{file}" for file in own for folder in (f"{name}/", ""))]
    sources: dict[str, str] = {}
    while names:
        wanted = names.pop()
        if wanted in sources or environment.loader is None:
            continue
        try:
            sources[wanted] = environment.loader.get_source(environment, wanted)[0]
        except TemplateNotFound:
            continue
        named = find_referenced_templates(environment.parse(sources[wanted]))
        names.extend(other for other in named if other)
    assets = sorted(file.name for file in STATIC.iterdir())
    return _digest([*(f"{key}\0{sources[key]}" for key in sorted(sources)), *map(version_of, assets)])


def _digest(parts: list[str] | tuple[str, ...]) -> str:
    """Return a short text for many; lengths keep apart what is cut elsewhere."""
    digest = blake2b(digest_size=15)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()
