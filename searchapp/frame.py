"""The frame: what every template gets beside its page, under the name `manchette`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from searchapp.pages import HomePage, Page
from searchapp.parts import Tongue


@dataclass(frozen=True, slots=True)
class Frame:
    """Be `manchette` in every template: the page, and what surrounds it.

    `name` is that of the blueprint, `title` that of the archive; `layout` is the template that pages
    extend. `home`, `all` (all articles), `persons`, `tags`, `help`, `accessibility`, `stylesheet`, `script`,
    `suggestions`, `icon`, `opensearch` and `api` are URLs. `language` is that of the
    page, `kept` the hidden fields of every form; `languages` are those that readers choose from, none
    where the host chose, and `alternates` the names and URLs for search engines. `theme` is light, dark or
    empty.
    """

    page: Page
    name: str
    title: str
    layout: str
    home: str
    all: str
    persons: str
    tags: str
    help: str
    accessibility: str
    stylesheet: str
    script: str
    suggestions: str
    icon: str
    language: str
    kept: tuple[tuple[str, str], ...]
    languages: tuple[Tongue, ...]
    alternates: tuple[tuple[str, str], ...]
    opensearch: str
    api: str
    theme: str = ""

    @property
    def front(self) -> bool:
        """Tell whether this is the home page."""
        return isinstance(self.page, HomePage)

    def templates(self, file: str) -> list[str]:
        """Return under which names a template is looked for: the blueprint's own, then everybody's."""
        return _found((f"searchapp/{self.name}/{file}", f"searchapp/{file}"))


def _found(names: tuple[str, ...]) -> list[str]:
    """Return the first of some templates that there is; all of them where they are read at each request."""
    environment = current_app.jinja_env
    if environment.auto_reload:
        return [*names]
    # Jinja keeps the templates that it finds, and looks for the others again each time.
    known: dict[tuple[str, ...], str | None] = current_app.extensions.setdefault("manchette.templates", {})
    if names not in known:
        known[names] = environment.select_template([*names]).name
    return [known[names] or names[-1]]
