"""How pages look: nothing sticks out at any width; screenshots are kept as artefacts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

ARTEFACTS = Path(__file__).parents[1] / "artefacts"

PAGES = {
    "front": "/",
    "all": "/?tri=recents",
    "a month": "/?tag=espace&du=2014-11&au=2014-11",
    "persons": "/personnes",
    "values": "/valeurs/tag?q=france&tag=espace",
    "help": "/aide",
    "accessibility": "/accessibilite",
    "results": "/?q=espace+mission&tag=espace&du=2016&au=2021",
    "corrected": "/?q=la+atterrisage+espace+zorglub+lieu:paris",
    "nothing": "/?q=Rosetta+atterrisage+zorglub&section=Sport&du=2014&au=2014",
    "article": "/article/pages/sciences/20161118-pesquet-decolle-de-baikonour?q=espace+station",
    "person": "/personne/Emmanuel%20Macron",
    "tag": "/tag/espace",
    "api": "/api/",
    "missing": "/article/aucun",
}


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return where screenshots are kept."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return ARTEFACTS


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_screenshots(browser: Browser, site: str, folder: Path, name: str, width: int, theme: str) -> None:
    scheme = "dark" if theme == "dark" else "light"
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
    )
    page = context.new_page()
    answer = page.goto(PAGES[name])
    assert answer
    assert answer.ok or name == "missing"
    page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out(browser: Browser, site: str, name: str, locale: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, locale=locale)
    page = context.new_page()
    page.goto(PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if name != "article" and page.locator(".drawer > summary").is_visible():
        page.locator(".drawer > summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
