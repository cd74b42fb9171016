"""The blueprint: the routes of one index below one prefix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from indexer import Index, ManchetteError, Visible
from searchapp.api import add_api, described
from searchapp.api_page import api_page
from searchapp.article_page import article_page
from searchapp.assets import kept
from searchapp.compression import compressed
from searchapp.display import Display
from searchapp.embedding import add_mount
from searchapp.errors import broken_index, broken_page, errors_unkept, missing_page
from searchapp.faces import add_faces
from searchapp.front import PAGES, add_front
from searchapp.hooks import Hooks
from searchapp.ids import CONVERTER, IdConverter
from searchapp.language import Wanted, checked, forget, with_language
from searchapp.links import UNLIT
from searchapp.mount import Mount
from searchapp.profile_page import profile_page
from searchapp.service import add_service
from searchapp.story_page import LONGEST, story_page
from searchapp.typography import say
from searchapp.validators import Validator, Variant, same_for_all

_PAGES = PAGES | {"article", "short", "story", "citation", "person", "tag", "api"}
"""The endpoints that answer readers; all others answer programs."""

POLICY = "default-src 'self'"
"""The Content-Security-Policy: nothing inline, nothing from elsewhere."""


def create_blueprint(
    index: Index | str | Path,
    *,
    name: str = "search",
    layout: str = "searchapp/layout.html",
    title: str = "Manchette",
    policy: str | None = POLICY,
    variant: Variant = same_for_all,
    compress: bool = True,
    language: Wanted = None,
    allowed: Callable[[], Visible] | None = None,
    hooks: Hooks | None = None,
    display: Display | None = None,
    contact: str = "",
) -> Blueprint:
    """Return a blueprint that searches an index, or the folder of one.

    `name` parts several in one app, and names the folder of templates that are for this one alone:
    `searchapp/<name>/`. `layout` is the template that the pages extend, with the blocks title, head
    and content. `policy` is sent as Content-Security-Policy; None leaves that to the host. `language`
    is fr or en, or a function that returns one of them for the request; None leaves it to the reader: the
    URL (`?lang=en`), else Flask-Babel where the host has it, else the browser, else French. Raises
    ValueError where the interface does not speak the language. `contact` is an e-mail address or the URL of
    a page: the page on accessibility names it to those who have met a fault.

    Pages have an ETag. Where the layout shows more than the search, `variant` returns what that depends
    on, such as the reader's name; None for no ETag. `compress` set to False leaves that to the host.

    `allowed` returns which articles the current request may see; it is asked once a request, and all
    pages, lists, counts and suggestions obey it. `hooks` are told of searches and articles; `display`
    decides page size, facets, theme, feeds and whether search engines may list the pages.

    The app gets the command `flask index` and, in all its templates, what `searchapp/embed.html` needs.
    """
    opened = index if isinstance(index, Index) else Index.open(index)
    mount = Mount(
        opened,
        name,
        title,
        layout,
        checked(language),
        contact,
        allowed,
        hooks or Hooks(),
        display or Display(),
    )
    blueprint = Blueprint(
        name, "searchapp", template_folder="templates", static_folder="static", static_url_path="/assets"
    )
    blueprint.record(_teach_ids)
    blueprint.record(partial(add_mount, mount))
    blueprint.before_request(mount.choose_language)
    blueprint.teardown_request(forget)
    add_front(blueprint, mount)
    _add_pages(blueprint, mount)
    _add_profiles(blueprint, mount)
    add_faces(blueprint, mount)
    add_service(blueprint, mount)
    add_api(blueprint, mount)
    _add_errors(blueprint, mount)
    _add_headers(blueprint, Validator(mount, variant), policy, compress=compress)
    blueprint.after_request(with_language)
    return blueprint


def with_policy(response: Response, policy: str | None) -> Response:
    """Return the response with a Content-Security-Policy, where one is to be sent and none is there."""
    if policy is not None:
        response.headers.setdefault("Content-Security-Policy", policy)
    return response


def _add_pages(blueprint: Blueprint, mount: Mount) -> None:
    @blueprint.get("/article/<manchette_id:id>")
    def article(id: str) -> str | Response:
        index = mount.index
        found = index.article(id)
        if found is None:
            return missing_page(mount, say("Aucun article de ces archives n’a cette adresse."))
        state = mount.asked().state
        mount.article_viewed(found, state)
        lit = UNLIT not in request.query_string.decode("ascii", "replace").split("&")
        return mount.render(
            "article.html", article_page(index, found, state, mount.links, mount.title, lit=lit)
        )

    @blueprint.get("/a/<code>")
    def short(code: str) -> BaseResponse:
        id = mount.index.coded(code)
        if id is None:
            return missing_page(mount, say("Aucun article de ces archives n’a cette adresse."))
        return redirect(mount.links.article(id), 301)

    @blueprint.get("/histoire/<manchette_id:id>")
    def story(id: str) -> str | Response:
        index = mount.index
        found, chapters = index.article(id), index.story(id, LONGEST)
        if found is None or not chapters:
            return missing_page(mount, say("Aucune chronologie n’a cette adresse."))
        return mount.render("story.html", story_page(index, found, chapters, mount.links))

    @blueprint.get("/api/")
    def api() -> str:
        return mount.render("api.html", api_page(described(mount), mount.links))


def _add_profiles(blueprint: Blueprint, mount: Mount) -> None:
    def page(facet: str, value: str, missing: str) -> str | Response:
        index = mount.index
        profile = index.profile(facet, value)
        if profile is None:
            return missing_page(mount, missing)
        return mount.render("profile.html", profile_page(index, profile, mount.links))

    @blueprint.get("/personne/<manchette_id:id>")
    def person(id: str) -> str | Response:
        return page("person", id, say("Aucun article de ces archives ne nomme cette personne."))

    @blueprint.get("/tag/<manchette_id:id>")
    def tag(id: str) -> str | Response:
        return page("tag", id, say("Aucun article de ces archives n’a ce tag."))


def _add_errors(blueprint: Blueprint, mount: Mount) -> None:
    @blueprint.errorhandler(ManchetteError)
    def broken(error: ManchetteError) -> Response:
        page = (request.endpoint or "").rpartition(".")[2] in _PAGES
        return broken_page(mount, error) if page else broken_index(error, mount.links)


def _add_headers(blueprint: Blueprint, validator: Validator, policy: str | None, *, compress: bool) -> None:
    blueprint.before_request(validator.before)

    @blueprint.after_request
    def headers(response: Response) -> Response:
        file = (request.endpoint or "").rpartition(".")[2] == "static"
        response = kept(response) if file else validator.after(errors_unkept(response))
        response = with_policy(response, policy)
        if not validator.mount.display.indexed:
            response.headers["X-Robots-Tag"] = "noindex"
        return compressed(response, file=file) if compress else response


def _teach_ids(setup: BlueprintSetupState) -> None:
    setup.app.url_map.converters.setdefault(CONVERTER, IdConverter)
