"""axe-core finds nothing on any page, in either theme, with everything open."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

ARTEFACTS = Path(__file__).parents[1] / "artefacts"

PAGES = {
    "front": "/",
    "all": "/?tri=recents",
    "a month": "/?tag=espace&tag=climat&toustags=1&du=2015-12&au=2015-12",
    "persons": "/personnes?commence=e",
    "tags": "/tags?ordre=nom",
    "values": "/valeurs/tag?q=france&tag=espace",
    "help": "/aide",
    "accessibility": "/accessibilite",
    "english front": "/?lang=en",
    "results": "/?q=hidlago+mairie+espace&tag=espace",
    "corrected": "/?q=atterrisage+espace+mission",
    "nothing": "/?q=%22Rosetta+atterrisage%22+zorglub&section=Sport&du=2014&au=2014",
    "article": "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour?q=espace+station",
    "person": "/personne/Emmanuel%20Macron",
    "tag": "/tag/espace",
    "api": "/api/",
    "missing": "/article/aucun",
    "english results": "/?q=hidlago+mairie+espace&tag=espace&lang=en",
    "english article": "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour?q=espace&lang=en",
}
Theme = Literal["light", "dark"]


def found(page: Page) -> str:
    """Return what axe finds, the empty text for nothing."""
    results = Axe().run(page)
    return str(results.generate_report()) if results.violations_count else ""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, name: str, width: int, theme: Theme) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=theme, locale="fr-FR"
    )
    page = context.new_page()
    page.goto(PAGES[name])
    for details in page.locator("details > summary").all():
        if details.is_visible():
            details.click()
    assert found(page) == ""
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["histoire/karthala/4", "article/karthala/4?q=volcan"])
def test_axe_finds_nothing_on_a_story(
    browser: Browser, story_site: str, path: str, width: int, theme: Theme
) -> None:
    context = browser.new_context(
        base_url=story_site, viewport={"width": width, "height": 900}, color_scheme=theme, locale="fr-FR"
    )
    page = context.new_page()
    page.goto(f"/{path}")
    for details in page.locator("details > summary").all():
        details.click()
    assert found(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"karthala-{path[:7]}-{width}-{theme}.png", full_page=True)
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_suggestions_are_open(browser: Browser, site: str, theme: Theme) -> None:
    context = browser.new_context(base_url=site, color_scheme=theme, locale="fr-FR")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("esp")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press("ArrowDown")
    assert found(page) == ""
    context.close()
