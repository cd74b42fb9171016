"""The language of a request: that of the mount, else of the URL, the host, the browser, else French."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import Response, current_app, request

from searchapp.catalogues import FRENCH, LANGUAGES

PARAMETER = "lang"
"""The parameter of a URL that names a language; every link of a page that was asked for so has it."""

Wanted = str | Callable[[], str | None] | None
"""What a mount says of its language: one, a function that names one or none, or nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold the language of a request and what decided it.

    `kept` is the language where the URL named it, so that links name it again, else the empty text;
    `fixed` tells that readers have no choice, `negotiated` that the browser was asked.
    """

    code: str = FRENCH
    kept: str = ""
    fixed: bool = False
    negotiated: bool = False


_DEFAULT = Choice()
# Not in Flask's `g`: it is asked hundreds of times a page, and a proxy takes thirty times as long.
_CURRENT = ContextVar("manchette_language", default=_DEFAULT)


def current() -> Choice:
    """Return the choice of this request; French outside of the requests of a mount."""
    return _CURRENT.get()


def choose(wanted: Wanted) -> None:
    """Decide the language of this request for all that is said in it, until `forget`."""
    _CURRENT.set(_choice(wanted))


def forget(_: BaseException | None = None) -> None:
    """End what `choose` began: the thread goes on to other requests."""
    _CURRENT.set(_DEFAULT)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say all that is said inside in one language, outside of requests."""
    token = _CURRENT.set(Choice(code))
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def choosing(wanted: Wanted) -> Iterator[None]:
    """Say what is said inside in the language that a mount has for this request, then go on as before."""
    token = _CURRENT.set(_choice(wanted))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def checked(wanted: Wanted) -> Wanted:
    """Return what a mount says of its language; raises ValueError where the interface has no such one."""
    if isinstance(wanted, str) and not supported(wanted):
        known = " and ".join(LANGUAGES)
        raise ValueError(f"language {wanted!r}: the interface speaks {known} only")
    return wanted


def supported(name: str | None) -> str:
    """Return the language of a name such as `en`, `en-GB` or `en_GB`; the empty text where there is none."""
    code = (name or "").replace("_", "-").partition("-")[0].strip().lower()
    return code if code in LANGUAGES else ""


def with_language(response: Response) -> Response:
    """Return the response with the language that it is in, and whether the browser's wish decided it."""
    choice = current()
    if request.endpoint and request.endpoint.endswith(".static"):
        return response
    response.headers.setdefault("Content-Language", choice.code)
    if choice.negotiated:
        response.vary.add("Accept-Language")
    return response


def _choice(wanted: Wanted) -> Choice:
    own = supported(wanted() if callable(wanted) else wanted)
    if own:
        return Choice(own, fixed=True)
    if asked := supported(request.args.get(PARAMETER)):
        return Choice(asked, kept=asked)
    if hosts := supported(_of_flask_babel()):
        return Choice(hosts)
    return Choice(request.accept_languages.best_match(LANGUAGES, FRENCH), negotiated=True)


def _of_flask_babel() -> str | None:
    """Return the language that Flask-Babel found, where the host has set it up."""
    if "babel" not in current_app.extensions:
        return None
    try:
        from flask_babel import get_locale
    except ImportError:  # another extension of that name
        return None
    locale = get_locale()
    return locale.language if locale else None
